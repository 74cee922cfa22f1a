// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Progress} from "contracts/court/Progress.sol";
import {ICourt} from "contracts/interfaces/ICourt.sol";
import {JuryLimits} from "contracts/libraries/JuryLimits.sol";
import {PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {Case, CaseStatus, Side} from "contracts/types/Court.sol";
import {DisputeRules, JuryRules} from "contracts/types/Rules.sol";
import {Pin, Trade, Tranche, TrancheState, TrancheStatus} from "contracts/types/Trade.sol";

// Every action is behind one guard, and calls what the Court was deployed with and nothing else.
// slither-disable-start reentrancy-no-eth

/// @title The beginning of a case: both sides deposit, and show evidence
abstract contract Deposits is Progress {
    using JuryLimits for JuryRules;
    using PinWord for Pin;
    using TrancheWord for Tranche;

    /// @inheritdoc ICourt
    function openCase(Trade calldata trade, uint256 tranche) external payable nonReentrant returns (bytes32 caseId) {
        (bytes32 tradeId, TrancheState[] memory states) = _escrow.tranchesOf(trade);
        if (tranche >= states.length) revert Court_NotDisputed(tradeId, tranche, TrancheStatus.None);
        TrancheState memory state = states[tranche];
        if (state.status != TrancheStatus.Disputed) revert Court_NotDisputed(tradeId, tranche, state.status);
        caseId = caseIdOf(tradeId, tranche);
        if (_cases[caseId].status != CaseStatus.None) revert Court_CaseExists(caseId);

        Case memory c;
        c.rulesVersion = trade.pin.rulesVersion();
        DisputeRules memory disputes = _ruleBook.disputeRules(c.rulesVersion);
        if (disputes.arbitrator != address(this)) revert Court_NotArbitrator(disputes.arbitrator);
        JuryRules memory rules = _rulesOf(c);
        _checkTime(caseId, state.since + disputes.rulingPeriod, rules);

        Tranche t = trade.tranches[tranche];
        c.performer = trade.parties[t.performer()];
        c.checker = trade.parties[t.checker()];
        c.depositor = _sideOf(c, msg.sender);
        if (c.depositor == Side.None) revert Court_NotSide(msg.sender);
        _checkValue(_fee(rules));

        c.status = CaseStatus.Deposits;
        // No cut: at most 20 tranches, times of 32 bits.
        // forge-lint: disable-next-line(unsafe-typecast)
        (c.tranche, c.openedAt) = (uint8(tranche), uint40(block.timestamp));
        c.deadline = c.openedAt + rules.depositPeriod;
        _save(caseId, c);
        emit CaseOpened(
            caseId, tradeId, tranche, c.performer, c.checker, c.rulesVersion, c.depositor, msg.value, c.deadline
        );
    }

    /// @inheritdoc ICourt
    function join(bytes32 caseId) external payable nonReentrant {
        Case memory c = _known(caseId);
        if (c.status != CaseStatus.Deposits) _revertWrongStatus(caseId, c);
        if (block.timestamp > c.deadline) revert Court_TooLate(caseId, c.deadline);
        Side side = _sideOf(c, msg.sender);
        if (side == Side.None || side == c.depositor) revert Court_NotSide(msg.sender);
        JuryRules memory rules = _rulesOf(c);
        _checkValue(_fee(rules));
        // forge-lint: disable-next-line(unsafe-typecast)
        emit CaseJoined(caseId, msg.value, uint40(block.timestamp + rules.evidencePeriod));
        _convene(caseId, c, rules);
        _save(caseId, c);
    }

    /// @inheritdoc ICourt
    function submitEvidence(bytes32 caseId, bytes32 contentHash, string calldata uri) external nonReentrant {
        Case memory c = _current(caseId);
        if (_sideOf(c, msg.sender) == Side.None) revert Court_NotSide(msg.sender);
        bool heard = c.status == CaseStatus.Deposits || c.status == CaseStatus.Evidence || c.status == CaseStatus.Appeal;
        if (!heard) _revertWrongStatus(caseId, c);
        if (block.timestamp > c.deadline) revert Court_TooLate(caseId, c.deadline);
        emit EvidenceSubmitted(caseId, msg.sender, contentHash, uri);
        emit Evidence(address(this), uint256(caseId), msg.sender, uri);
    }

    /// @dev The rule book leaves one deposit period in which to open a case, and time for all of it.
    function _checkTime(bytes32 caseId, uint256 rulingUntil, JuryRules memory rules) private view {
        uint256 lastOpening = rulingUntil + rules.depositPeriod - rules.longestCase();
        if (block.timestamp > lastOpening) revert Court_NoTimeLeft(caseId, lastOpening);
    }

    function _checkValue(uint256 needed) private view {
        if (msg.value != needed) revert Court_WrongValue(msg.value, needed);
    }
}

// slither-disable-end reentrancy-no-eth
