// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Progress} from "contracts/court/Progress.sol";
import {ICourt} from "contracts/interfaces/ICourt.sol";
import {Appeal, Case, CaseStatus, Panel, PanelState, Side} from "contracts/types/Court.sol";
import {BPS, JuryRules} from "contracts/types/Rules.sol";

// Every action is behind one guard, and calls what the Court was deployed with and nothing else.
// slither-disable-start reentrancy-no-eth

/// @title Appeals, and what comes back of what was put up for them
abstract contract Appeals is Progress {
    /// What is left of an appeal's money to share, and of the contributions that share it, in wei: one slot.
    struct Estate {
        uint128 contributions;
        uint128 money;
    }

    mapping(bytes32 caseId => mapping(uint256 round => mapping(Side side => mapping(address by => uint256)))) private
        _contributions;
    mapping(bytes32 caseId => mapping(uint256 round => Estate)) private _estates;

    /// @inheritdoc ICourt
    function fundAppeal(bytes32 caseId, Side side) external payable nonReentrant {
        if (side == Side.None) revert Court_BadSide();
        Case memory c = _current(caseId);
        if (c.status != CaseStatus.Appeal) _revertWrongStatus(caseId, c);
        JuryRules memory rules = _rulesOf(c);
        uint256 needed = _perSide(rules, c.round);
        Appeal memory appeal = _appeals[caseId][c.round];
        uint256 raised = side == Side.Performer ? appeal.performerRaised : appeal.checkerRaised;
        if (raised >= needed) revert Court_AppealIsFunded(side);
        if (msg.value == 0) revert Court_WrongValue(0, needed - raised);

        uint256 amount = msg.value < needed - raised ? msg.value : needed - raised;
        _contributions[caseId][c.round][side][msg.sender] += amount;
        raised += amount;
        // No cut: a fee of 96 bits, times 31 jurors, times a multiplier of less than seven.
        // forge-lint: disable-start(unsafe-typecast)
        if (side == Side.Performer) appeal.performerRaised = uint120(raised);
        else appeal.checkerRaised = uint120(raised);
        // forge-lint: disable-end(unsafe-typecast)
        emit AppealFunded(caseId, c.round, side, msg.sender, amount, raised, needed);
        _credit(msg.sender, msg.value - amount);

        bool made = raised == needed && appeal.appellant != Side.None;
        if (raised == needed && !made) appeal.appellant = side;
        _appeals[caseId][c.round] = appeal;
        if (!made) return;
        ++c.round;
        _convene(caseId, c, rules);
        _save(caseId, c);
    }

    /// @inheritdoc ICourt
    function claimAppeal(bytes32 caseId, uint256 round, Side side, address contributor)
        external
        nonReentrant
        returns (uint256 amount)
    {
        Case memory c = _current(caseId);
        if (c.status < CaseStatus.Decided) _revertWrongStatus(caseId, c);
        uint256 contribution = _contributions[caseId][round][side][contributor];
        if (contribution == 0) revert Court_NothingToClaim(contributor);
        amount = contribution;
        if (round < c.round) {
            (Side winner, uint256 contributions, uint256 money) = _estateOf(caseId, c, round);
            if (winner != Side.None && winner != side) revert Court_NothingToClaim(contributor);
            amount = _inherit(caseId, round, contribution, contributions, money);
        }
        delete _contributions[caseId][round][side][contributor];
        emit AppealClaimed(caseId, round, side, contributor, amount);
        _credit(contributor, amount);
    }

    /// @inheritdoc ICourt
    function appealOf(bytes32 caseId, uint256 round) external view returns (Appeal memory) {
        return _appeals[caseId][round];
    }

    /// @inheritdoc ICourt
    function contributionOf(bytes32 caseId, uint256 round, Side side, address contributor)
        external
        view
        returns (uint256)
    {
        return _contributions[caseId][round][side][contributor];
    }

    /// @inheritdoc ICourt
    function appealCostOf(bytes32 caseId) external view returns (uint256 perSide, uint256 firstUntil, uint256 until) {
        Case memory c = _known(caseId);
        if (c.status != CaseStatus.Appeal) return (0, 0, 0);
        JuryRules memory rules = _rulesOf(c);
        return (_perSide(rules, c.round), _firstUntil(c, rules), c.deadline);
    }

    /// @dev Of the contributions that share the money, each the same part; the last one gets what is left.
    function _inherit(bytes32 caseId, uint256 round, uint256 contribution, uint256 contributions, uint256 money)
        private
        returns (uint256 share)
    {
        Estate memory left = _estates[caseId][round];
        // No cut: see fundAppeal.
        // forge-lint: disable-next-item(unsafe-typecast)
        if (left.contributions == 0) left = Estate(uint128(contributions), uint128(money));
        share = left.money * contribution / left.contributions;
        // forge-lint: disable-next-item(unsafe-typecast)
        (left.contributions, left.money) = (left.contributions - uint128(contribution), left.money - uint128(share));
        _estates[caseId][round] = left;
    }

    /// @dev What becomes of an appeal that was made.
    /// @return winner the side whose contributors share, or neither: those of both do
    /// @return contributions what the sharers put up in all, in wei
    /// @return money what they share, in wei
    function _estateOf(bytes32 caseId, Case memory c, uint256 round)
        private
        view
        returns (Side winner, uint256 contributions, uint256 money)
    {
        JuryRules memory rules = _rulesOf(c);
        Panel memory panel = _bench(caseId, round + 1, _attempt(c, round + 1)).panel;
        contributions = 2 * _perSide(rules, round);
        money = contributions;
        if (panel.state == PanelState.Dismissed) money -= uint256(rules.jurorFee) * panel.commits;
        if (panel.state == PanelState.Ruled) {
            winner = _winner(caseId, c, round);
            contributions /= 2;
            money -= uint256(rules.jurorFee) * panel.jurors;
        }
    }

    /// @dev Who won the appeal against the ruling of a round.
    function _winner(bytes32 caseId, Case memory c, uint256 round) private view returns (Side) {
        uint256 before = _bench(caseId, round, _attempt(c, round)).panel.performerBps;
        if (c.performerBps > before) return Side.Performer;
        if (c.performerBps < before) return Side.Checker;
        return _appeals[caseId][round].appellant == Side.Performer ? Side.Checker : Side.Performer;
    }

    /// @dev What each side needs for an appeal against the ruling of a round, in wei.
    function _perSide(JuryRules memory rules, uint256 round) private pure returns (uint256) {
        return uint256(rules.jurorFee) * _size(rules, round + 1) * rules.appealMultiplierBps / BPS;
    }
}

// slither-disable-end reentrancy-no-eth
