// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Progress} from "contracts/court/Progress.sol";
import {ICourt} from "contracts/interfaces/ICourt.sol";
import {VoteWords} from "contracts/libraries/PanelWords.sol";
import {Case, CaseStatus, Panel, SeatState} from "contracts/types/Court.sol";
import {BPS, JuryRules} from "contracts/types/Rules.sol";

// Every action is behind one guard, and calls what the Court was deployed with and nothing else.
// slither-disable-start reentrancy-no-eth

/// @title Votes: committed, revealed, or given away
abstract contract Voting is Progress {
    using VoteWords for uint256;

    /// @inheritdoc ICourt
    function commit(bytes32 caseId, uint256 seat, bytes32 commitment) external nonReentrant {
        (Case memory c, Bench storage bench) = _at(caseId, CaseStatus.Commit);
        if (!uint256(commitment).isCommitment()) revert Court_BadCommitment(commitment);
        _checkState(bench, seat, SeatState.Seated);
        if (_jurorAt(bench, seat) != msg.sender) revert Court_NotSeated(seat, msg.sender);

        bench.votes[seat] = uint256(commitment);
        ++bench.panel.commits;
        emit VoteCommitted(caseId, msg.sender, c.round, seat, commitment);
        _moveOn(caseId, c);
    }

    /// @inheritdoc ICourt
    function reveal(bytes32 caseId, uint256 seat, uint256 performerBps, bytes32 salt) external nonReentrant {
        (Case memory c, Bench storage bench) = _at(caseId, CaseStatus.Reveal);
        address juror = _checkOpening(caseId, c, bench, seat, performerBps, salt);
        if (performerBps > BPS) revert Court_BadSplit(performerBps);

        bench.votes[seat] = VoteWords.reveal(performerBps);
        ++bench.panel.reveals;
        emit VoteRevealed(caseId, juror, c.round, seat, performerBps, salt);
        _moveOn(caseId, c);
    }

    /// @inheritdoc ICourt
    function denounce(bytes32 caseId, uint256 seat, uint256 performerBps, bytes32 salt) external nonReentrant {
        (Case memory c, Bench storage bench) = _at(caseId, CaseStatus.Commit);
        address juror = _checkOpening(caseId, c, bench, seat, performerBps, salt);
        if (juror == msg.sender) revert Court_OwnVote(juror);

        bench.votes[seat] = VoteWords.DENOUNCED;
        ++bench.panel.voids;
        --bench.panel.commits;
        JuryRules memory rules = _rulesOf(c);
        uint256 reward = rules.seatStake - _slash(rules);
        emit VoteDenounced(caseId, juror, c.round, seat, msg.sender, reward);
        _moveOn(caseId, c);
        _pool.slash(juror, rules.seatStake);
        _pool.award(msg.sender, reward);
    }

    /// @dev What a juror loses who did not reveal, or whose vote is far from the ruling: base units of the stake.
    function _slash(JuryRules memory rules) internal pure returns (uint256) {
        return uint256(rules.seatStake) * rules.slashBps / BPS;
    }

    /// @dev The case, moved on as far as it is due, and its panel; it must have come to this status.
    function _at(bytes32 caseId, CaseStatus status) private returns (Case memory c, Bench storage bench) {
        c = _current(caseId);
        if (c.status != status) _revertWrongStatus(caseId, c);
        bench = _benchOf(caseId, c);
    }

    function _checkOpening(
        bytes32 caseId,
        Case memory c,
        Bench storage bench,
        uint256 seat,
        uint256 performerBps,
        bytes32 salt
    ) private view returns (address juror) {
        _checkState(bench, seat, SeatState.Committed);
        juror = _jurorAt(bench, seat);
        bytes32 opened = commitmentOf(caseId, c.round, _attempt(c, c.round), juror, performerBps, salt);
        if (bench.votes[seat] != uint256(opened)) revert Court_WrongOpening(seat);
    }

    function _checkState(Bench storage bench, uint256 seat, SeatState needed) private view {
        SeatState state = _stateOf(bench, seat);
        if (state != needed) revert Court_WrongSeat(seat, state);
    }
}

// slither-disable-end reentrancy-no-eth
