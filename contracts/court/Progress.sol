// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Panels} from "contracts/court/Panels.sol";
import {ICourt} from "contracts/interfaces/ICourt.sol";
import {Appeal, Case, CaseStatus, Decision, Panel, PanelState, Side} from "contracts/types/Court.sol";
import {BPS, JuryRules} from "contracts/types/Rules.sol";

/// @title How time moves a case on
/// @dev A period starts where the one before ended, however late somebody moved the case on; but the evidence of a new
/// panel starts when the panel is asked for.
abstract contract Progress is Panels {
    mapping(bytes32 caseId => mapping(uint256 round => Appeal)) internal _appeals;

    /// @inheritdoc ICourt
    function advance(bytes32 caseId) external nonReentrant {
        if (!_moveOn(caseId, _known(caseId))) {
            (, uint256 at) = nextStep(caseId);
            revert Court_NotDue(caseId, at);
        }
    }

    /// @inheritdoc ICourt
    function nextStep(bytes32 caseId) public view returns (CaseStatus next, uint256 at) {
        Case memory c = _known(caseId);
        if (c.status == CaseStatus.Closed) return (CaseStatus.None, 0);
        if (c.status == CaseStatus.Decided) return (CaseStatus.Closed, 0);
        at = uint256(c.deadline) + 1;
        if (c.status == CaseStatus.Deposits) return (CaseStatus.Decided, at);
        if (c.status == CaseStatus.Commit) return (CaseStatus.Reveal, at);
        JuryRules memory rules = _rulesOf(c);
        Panel memory panel = _benchOf(caseId, c).panel;
        CaseStatus failed = c.redrawn == 0 ? CaseStatus.Evidence : CaseStatus.Decided;
        if (c.status == CaseStatus.Evidence) {
            if (panel.seated == panel.jurors) return (CaseStatus.Commit, at);
            return (failed, at + rules.commitPeriod);
        }
        if (c.status == CaseStatus.Reveal) {
            if (panel.reveals < _majority(panel.jurors)) return (failed, at);
            return (c.round < rules.maxAppeals ? CaseStatus.Appeal : CaseStatus.Decided, at);
        }
        if (_appeals[caseId][c.round].appellant == Side.None) at = _firstUntil(c, rules) + 1;
        return (CaseStatus.Decided, at);
    }

    /// @dev The case, moved on as far as it is due.
    function _current(bytes32 caseId) internal returns (Case memory c) {
        c = _known(caseId);
        _moveOn(caseId, c);
    }

    /// @dev Every step that is due; if any was, the case is stored.
    function _moveOn(bytes32 caseId, Case memory c) internal returns (bool moved) {
        while (_step(caseId, c)) moved = true;
        if (moved) _save(caseId, c);
    }

    function _decide(bytes32 caseId, Case memory c, Decision decision, uint256 performerBps) private {
        c.status = CaseStatus.Decided;
        c.decision = decision;
        // forge-lint: disable-next-line(unsafe-typecast)
        c.performerBps = uint16(performerBps);
        emit CaseDecided(caseId, performerBps, decision);
        uint256 fee = _fee(_rulesOf(c));
        if (decision == Decision.MissingDeposit) {
            _credit(c.depositor == Side.Performer ? c.performer : c.checker, fee);
        } else if (decision == Decision.NoPanel) {
            _credit(c.performer, fee);
            _credit(c.checker, fee);
        } else {
            uint256 toPerformer = fee * performerBps / BPS;
            _credit(c.performer, toPerformer);
            _credit(c.checker, fee - toPerformer);
        }
    }

    /// @dev The last second in which both sides may be funded.
    function _firstUntil(Case memory c, JuryRules memory rules) internal pure returns (uint256) {
        return uint256(c.deadline) - rules.appealPeriod + rules.appealPeriod / 2;
    }

    function _step(bytes32 caseId, Case memory c) private returns (bool) {
        if (c.status == CaseStatus.Evidence) return _endEvidence(caseId, c);
        if (c.status == CaseStatus.Commit) return _endCommit(caseId, c);
        if (c.status == CaseStatus.Reveal) return _endReveal(caseId, c);
        if (c.status == CaseStatus.Appeal) return _endAppeal(caseId, c);
        if (c.status != CaseStatus.Deposits || block.timestamp <= c.deadline) return false;
        _decide(caseId, c, Decision.MissingDeposit, c.depositor == Side.Performer ? BPS : 0);
        return true;
    }

    function _endEvidence(bytes32 caseId, Case memory c) private returns (bool) {
        if (block.timestamp <= c.deadline) return false;
        Panel storage panel = _benchOf(caseId, c).panel;
        JuryRules memory rules = _rulesOf(c);
        uint256 until = uint256(c.deadline) + rules.commitPeriod;
        if (panel.seated == panel.jurors) {
            _start(caseId, c, CaseStatus.Commit, until);
            return true;
        }
        if (block.timestamp <= until) return false;
        _fail(caseId, c, rules, panel, PanelState.Missing);
        return true;
    }

    function _endCommit(bytes32 caseId, Case memory c) private returns (bool) {
        Panel memory panel = _benchOf(caseId, c).panel;
        if (panel.commits + panel.voids < panel.jurors && block.timestamp <= c.deadline) return false;
        _start(caseId, c, CaseStatus.Reveal, _ended(c) + _rulesOf(c).revealPeriod);
        return true;
    }

    function _endReveal(bytes32 caseId, Case memory c) private returns (bool) {
        Bench storage bench = _benchOf(caseId, c);
        Panel memory panel = bench.panel;
        if (panel.reveals < panel.commits && block.timestamp <= c.deadline) return false;
        JuryRules memory rules = _rulesOf(c);
        if (panel.reveals < _majority(panel.jurors)) {
            _fail(caseId, c, rules, bench.panel, PanelState.Silent);
            return true;
        }
        uint256 performerBps = _median(bench, panel.jurors, panel.reveals);
        // forge-lint: disable-next-line(unsafe-typecast)
        (bench.panel.state, bench.panel.performerBps) = (PanelState.Ruled, uint16(performerBps));
        // forge-lint: disable-next-line(unsafe-typecast)
        c.performerBps = uint16(performerBps);
        ++c.ruledRounds;
        emit PanelRuled(caseId, c.round, performerBps, panel.reveals);
        if (c.round < rules.maxAppeals) _start(caseId, c, CaseStatus.Appeal, _ended(c) + rules.appealPeriod);
        else _decide(caseId, c, Decision.Jury, performerBps);
        return true;
    }

    /// @dev An appeal that both sides funded has begun a round already.
    function _endAppeal(bytes32 caseId, Case memory c) private returns (bool) {
        Side appellant = _appeals[caseId][c.round].appellant;
        if (appellant == Side.None) {
            if (block.timestamp <= _firstUntil(c, _rulesOf(c))) return false;
            _decide(caseId, c, Decision.Jury, c.performerBps);
            return true;
        }
        if (block.timestamp <= c.deadline) return false;
        _decide(caseId, c, Decision.MissingAppeal, appellant == Side.Performer ? BPS : 0);
        return true;
    }

    /// @dev One panel of a case is drawn again. If another fails, the last ruling holds, or there is none.
    function _fail(bytes32 caseId, Case memory c, JuryRules memory rules, Panel storage panel, PanelState state)
        private
    {
        panel.state = state;
        uint256 needed = _majority(panel.jurors);
        emit PanelFailed(caseId, c.round, _attempt(c, c.round), state, panel.reveals, needed);
        if (c.redrawn == 0) {
            c.redrawn = c.round + 1;
            _convene(caseId, c, rules);
        } else if (c.ruledRounds == 0) {
            _decide(caseId, c, Decision.NoPanel, 0);
        } else {
            _decide(caseId, c, Decision.Jury, c.performerBps);
        }
    }

    /// @dev When the present period ended: with its deadline, or now if before.
    function _ended(Case memory c) private view returns (uint256) {
        return block.timestamp < c.deadline ? block.timestamp : c.deadline;
    }
}
