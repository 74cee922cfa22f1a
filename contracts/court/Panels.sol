// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Cases} from "contracts/court/Cases.sol";
import {ICourt} from "contracts/interfaces/ICourt.sol";
import {Median} from "contracts/libraries/Median.sol";
import {SeatWords, VoteWords} from "contracts/libraries/PanelWords.sol";
import {Case, CaseStatus, Panel, PanelState, Seat, SeatState} from "contracts/types/Court.sol";
import {JuryRules} from "contracts/types/Rules.sol";

/// @title The panels: how one is asked for, who sits on it, and what it voted
abstract contract Panels is Cases {
    using SeatWords for uint256[2];
    using VoteWords for uint256;

    struct Bench {
        Panel panel;
        uint256[2] seats; // SeatWords
        mapping(uint256 seat => uint256) votes; // VoteWords
        mapping(uint256 position => bool) struck; // in the evidence period: not drawn again
    }

    mapping(bytes32 caseId => mapping(uint256 number => Bench)) private _benches;

    /// @inheritdoc ICourt
    function panelOf(bytes32 caseId, uint256 round, uint256 attempt)
        external
        view
        returns (Panel memory panel, Seat[] memory seats)
    {
        Bench storage bench = _bench(caseId, round, attempt);
        panel = bench.panel;
        seats = new Seat[](panel.jurors);
        for (uint256 i; i < seats.length; ++i) {
            uint256 vote = bench.votes[i];
            seats[i].state = _stateOf(bench, i);
            if (seats[i].state != SeatState.Empty) seats[i].juror = _jurorAt(bench, i);
            if (vote.isRevealed()) seats[i].performerBps = uint16(vote.choice());
            if (vote.isCommitment()) seats[i].commitment = bytes32(vote);
        }
    }

    /// @inheritdoc ICourt
    function commitmentOf(
        bytes32 caseId,
        uint256 round,
        uint256 attempt,
        address juror,
        uint256 performerBps,
        bytes32 salt
    ) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), caseId, round, attempt, juror, performerBps, salt));
    }

    /// @dev Begins the evidence period of the case's round, and asks for its panel.
    function _convene(bytes32 caseId, Case memory c, JuryRules memory rules) internal {
        Panel storage panel = _benchOf(caseId, c).panel;
        // At most 31: the rule book sees to it.
        // forge-lint: disable-next-line(unsafe-typecast)
        panel.jurors = uint8(_size(rules, c.round));
        panel.state = PanelState.Sitting;
        _start(caseId, c, CaseStatus.Evidence, block.timestamp + rules.evidencePeriod);
        // Randomness that fails must not keep a side from joining: whoever draws asks again.
        try _randomness.request() returns (uint256 requestId) {
            _requested(caseId, c, panel, requestId);
        } catch {}
    }

    function _requested(bytes32 caseId, Case memory c, Panel storage panel, uint256 requestId) internal {
        uint256 epoch = _pool.currentEpoch() - 1;
        // forge-lint: disable-next-line(unsafe-typecast)
        (panel.requestId, panel.epoch) = (uint64(requestId), uint32(epoch));
        emit PanelRequested(caseId, c.round, _attempt(c, c.round), requestId, epoch, panel.jurors);
    }

    /// @dev The median of what was revealed; somebody has.
    function _median(Bench storage bench, uint256 jurors, uint256 reveals) internal view returns (uint256) {
        uint256[] memory choices = new uint256[](reveals);
        uint256 found = 0;
        for (uint256 i; i < jurors; ++i) {
            uint256 vote = bench.votes[i];
            if (vote.isRevealed()) choices[found++] = vote.choice();
        }
        return Median.ofVotes(choices);
    }

    function _bench(bytes32 caseId, uint256 round, uint256 attempt) internal view returns (Bench storage) {
        return _benches[caseId][round * 2 + attempt];
    }

    /// @dev The panel of the case's present round.
    function _benchOf(bytes32 caseId, Case memory c) internal view returns (Bench storage) {
        return _bench(caseId, c.round, _attempt(c, c.round));
    }

    function _jurorAt(Bench storage bench, uint256 seat) internal view returns (address) {
        return _pool.jurorAt(bench.seats.at(seat) - 1, bench.panel.epoch);
    }

    function _stateOf(Bench storage bench, uint256 seat) internal view returns (SeatState) {
        if (seat >= bench.panel.jurors || bench.seats.at(seat) == 0) return SeatState.Empty;
        uint256 vote = bench.votes[seat];
        if (vote == 0) return SeatState.Seated;
        if (vote.isCommitment()) return SeatState.Committed;
        if (vote == VoteWords.STRUCK) return SeatState.Struck;
        return vote == VoteWords.DENOUNCED ? SeatState.Denounced : SeatState.Revealed;
    }

    /// @dev Which attempt at a round's panel counts.
    function _attempt(Case memory c, uint256 round) internal pure returns (uint256) {
        return c.redrawn == round + 1 ? 1 : 0;
    }

    /// @dev How many jurors sit on a round's panel.
    function _size(JuryRules memory rules, uint256 round) internal pure returns (uint256) {
        return ((uint256(rules.jurors) + 1) << round) - 1;
    }

    /// @dev How many must reveal for the panel to rule.
    function _majority(uint256 jurors) internal pure returns (uint256) {
        return jurors / 2 + 1;
    }
}
