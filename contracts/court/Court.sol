// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Appeals} from "contracts/court/Appeals.sol";
import {Cases} from "contracts/court/Cases.sol";
import {Deposits} from "contracts/court/Deposits.sol";
import {Drawing} from "contracts/court/Drawing.sol";
import {Settlement} from "contracts/court/Settlement.sol";
import {ICourt} from "contracts/interfaces/ICourt.sol";
import {Case, CaseStatus, Closing, Decision, Panel, PanelState, Side} from "contracts/types/Court.sol";
import {JuryRules} from "contracts/types/Rules.sol";
import {Trade, TrancheState, TrancheStatus} from "contracts/types/Trade.sol";

// Every action is behind one guard, and calls what the Court was deployed with and nothing else.
// slither-disable-start reentrancy-no-eth

/// @title Court: see ICourt
contract Court is Deposits, Drawing, Settlement, Appeals {
    constructor(address escrow_, address pool_, address randomness_, address treasury_)
        Cases(escrow_, pool_, randomness_, treasury_)
    {}

    /// @inheritdoc ICourt
    function execute(bytes32 caseId, Trade calldata trade) external nonReentrant {
        Case memory c = _known(caseId);
        if (c.status == CaseStatus.Closed) _revertWrongStatus(caseId, c);
        (bytes32 tradeId, TrancheState[] memory states) = _escrow.tranchesOf(trade);
        if (caseIdOf(tradeId, c.tranche) != caseId) revert Court_WrongTrade(tradeId);
        bool disputed = states[c.tranche].status == TrancheStatus.Disputed;
        // What is due counts, even if the parties have settled since.
        _moveOn(caseId, c);
        bool decided = c.status == CaseStatus.Decided;
        if (disputed && !decided) _revertWrongStatus(caseId, c);
        if (!decided) _dismiss(caseId, c, states[c.tranche].status);
        c.status = CaseStatus.Closed;
        _save(caseId, c);

        bool declined = c.decision == Decision.NoPanel;
        emit CaseClosed(caseId, !disputed ? Closing.Settled : declined ? Closing.Declined : Closing.Ruled);
        if (!disputed) return;
        if (declined) _escrow.decline(trade, c.tranche);
        else _escrow.rule(trade, c.tranche, c.performerBps);
    }

    /// @dev The tranche was closed without the court. Jurors who have ruled or committed are paid out of the deposits: by
    /// the side that gave up at the Escrow, else by both alike.
    function _dismiss(bytes32 caseId, Case memory c, TrancheStatus outcome) private {
        JuryRules memory rules = _rulesOf(c);
        uint256 fee = _fee(rules);
        if (c.status == CaseStatus.Deposits) {
            _credit(c.depositor == Side.Performer ? c.performer : c.checker, fee);
            return;
        }
        Panel storage panel = _benchOf(caseId, c).panel;
        if (panel.state == PanelState.Sitting) panel.state = PanelState.Dismissed;
        // At least one fee: no more jurors commit than it pays.
        uint256 left = c.ruledRounds > 0 ? fee : 2 * fee - uint256(rules.jurorFee) * panel.commits;
        uint256 toPerformer = left / 2;
        if (outcome == TrancheStatus.Accepted) toPerformer = fee;
        else if (outcome == TrancheStatus.Refunded) toPerformer = left - fee;
        _credit(c.performer, toPerformer);
        _credit(c.checker, left - toPerformer);
    }
}

// slither-disable-end reentrancy-no-eth
