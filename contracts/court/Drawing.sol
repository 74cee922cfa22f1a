// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Progress} from "contracts/court/Progress.sol";
import {ICourt} from "contracts/interfaces/ICourt.sol";
import {PinWord} from "contracts/libraries/Packed.sol";
import {SeatWords, VoteWords} from "contracts/libraries/PanelWords.sol";
import {Case, CaseStatus, Panel, SeatState} from "contracts/types/Court.sol";
import {JuryRules} from "contracts/types/Rules.sol";
import {Pin, Trade} from "contracts/types/Trade.sol";

// Every action is behind one guard, and calls what the Court was deployed with and nothing else.
// slither-disable-start reentrancy-no-eth

/// @title Who comes onto a panel, and who must leave it
abstract contract Drawing is Progress {
    using PinWord for Pin;
    using SeatWords for uint256[2];
    using VoteWords for uint256;

    /// @inheritdoc ICourt
    function draw(bytes32 caseId, uint256 most) external nonReentrant returns (uint256 drawn) {
        Case memory c = _current(caseId);
        if (c.status != CaseStatus.Evidence) _revertWrongStatus(caseId, c);
        Bench storage bench = _benchOf(caseId, c);
        Panel memory panel = bench.panel;
        if (panel.seated == panel.jurors) revert Court_PanelFull(caseId);
        if (panel.requestId == 0) {
            _requested(caseId, c, bench.panel, _randomness.request());
            return 0;
        }
        uint256 seed = _randomness.seedOf(panel.requestId);
        if (seed == 0) revert Court_NoSeed(panel.requestId);

        JuryRules memory rules = _rulesOf(c);
        uint256 attempt = _attempt(c, c.round);
        for (; most > 0 && panel.draws < type(uint16).max && panel.seated < panel.jurors; --most) {
            uint256 number = uint256(keccak256(abi.encode(seed, caseId, c.round, attempt, panel.draws)));
            (address juror, uint256 position) = _pool.draw(panel.epoch, number);
            if (_seat(caseId, c, bench, panel, juror, position, rules.seatStake)) {
                ++drawn;
                ++panel.seated;
            }
            ++panel.draws;
        }
        (bench.panel.draws, bench.panel.seated) = (panel.draws, panel.seated);
        if (panel.seated == panel.jurors && block.timestamp > c.deadline) {
            _start(caseId, c, CaseStatus.Commit, block.timestamp + rules.commitPeriod);
            _save(caseId, c);
        }
    }

    /// @inheritdoc ICourt
    function strike(bytes32 caseId, uint256 seat, Trade calldata trade) external nonReentrant {
        Case memory c = _current(caseId);
        if (c.status != CaseStatus.Evidence && c.status != CaseStatus.Commit) _revertWrongStatus(caseId, c);
        Bench storage bench = _benchOf(caseId, c);
        SeatState state = _stateOf(bench, seat);
        if (state != SeatState.Seated && state != SeatState.Committed) revert Court_WrongSeat(seat, state);
        address juror = _jurorAt(bench, seat);
        JuryRules memory rules = _rulesOf(c);
        bytes32 tradeId = _conflict(caseId, c, juror, trade, rules.conflictPeriod);

        if (c.status == CaseStatus.Evidence) {
            bench.struck[bench.seats.at(seat) - 1] = true;
            bench.panel.replaced = true;
            bench.seats.set(seat, 0);
            --bench.panel.seated;
        } else {
            bench.votes[seat] = VoteWords.STRUCK;
            ++bench.panel.voids;
            if (state == SeatState.Committed) --bench.panel.commits;
        }
        emit JurorStruck(caseId, juror, c.round, seat, tradeId);
        _moveOn(caseId, c);
        _pool.unlock(juror, rules.seatStake);
    }

    function _seat(
        bytes32 caseId,
        Case memory c,
        Bench storage bench,
        Panel memory panel,
        address juror,
        uint256 position,
        uint256 stake
    ) private returns (bool) {
        if (juror == c.performer || juror == c.checker || juror == address(0)) return false;
        if (panel.replaced && bench.struck[position]) return false;
        (uint256 free, bool taken) = bench.seats.find(panel.jurors, position + 1);
        if (taken || !_pool.lock(juror, stake)) return false;
        bench.seats.set(free, position + 1);
        emit JurorDrawn(caseId, juror, c.round, free, panel.draws);
        return true;
    }

    /// @dev Reverts unless the juror and a side were parties of this trade, and it is recent or the disputed one.
    function _conflict(bytes32 caseId, Case memory c, address juror, Trade calldata trade, uint256 period)
        private
        view
        returns (bytes32 tradeId)
    {
        // Reverts for a trade that was never opened.
        // slither-disable-next-line unused-return
        (tradeId,) = _escrow.tranchesOf(trade);
        uint256 openedAt = trade.pin.openedAt();
        bool recent = openedAt <= c.openedAt && openedAt + period >= c.openedAt;
        bool party = false;
        bool side = false;
        for (uint256 i; i < trade.parties.length; ++i) {
            address account = trade.parties[i];
            if (account == juror) party = true;
            if (account == c.performer || account == c.checker) side = true;
        }
        if (!party || !side || !(recent || caseIdOf(tradeId, c.tranche) == caseId)) {
            revert Court_NoConflict(juror, tradeId);
        }
    }
}

// slither-disable-end reentrancy-no-eth
