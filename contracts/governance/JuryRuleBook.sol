// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {RuleVersions} from "contracts/governance/RuleVersions.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {JuryLimits} from "contracts/libraries/JuryLimits.sol";
import {Limits} from "contracts/libraries/Limits.sol";
import {Bounds, JURY_FIELDS, JuryRules} from "contracts/types/Rules.sol";
import {RulesHead, RulesHeads} from "contracts/types/RulesHead.sol";

/// @title How a jury settles a dispute, as members vote it
/// @dev Part of the RuleBook.
abstract contract JuryRuleBook is RuleVersions {
    using JuryLimits for Bounds[JURY_FIELDS];
    using JuryLimits for JuryRules;
    using Limits for Bounds;
    using RulesHeads for RulesHead;

    constructor(Bounds[JURY_FIELDS] memory bounds) {
        bounds.checkSane();
        bytes32[JURY_FIELDS] memory fields = JuryLimits.names();
        for (uint256 i; i < JURY_FIELDS; ++i) {
            _bounds[fields[i]] = bounds[i];
        }
    }

    /// @inheritdoc IRuleBook
    function setJuryRules(JuryRules calldata rules) external onlyTimelock returns (uint32 version) {
        RulesHead head = _head;
        Version memory next = _versions[head.version()];
        JuryRules memory oldRules = _juries[head.version()];
        JuryRules memory newRules = rules;
        uint256 notice = _checkEach(oldRules, newRules);
        newRules.checkTogether(next.rulingPeriod);
        if (!newRules.differs(oldRules)) revert RuleBook_NothingChanged();

        version = _append(head, next, head.fees(), newRules, notice);
        emit JuryRulesSet(version, next.effectiveAt, oldRules, newRules);
    }

    /// Of the first version: each value within its bounds, all of them fit to be a case.
    function _checkFirst(JuryRules memory rules, uint40 rulingPeriod) internal view {
        bytes32[JURY_FIELDS] memory fields = JuryLimits.names();
        uint256[JURY_FIELDS] memory values = rules.values();
        for (uint256 i; i < JURY_FIELDS; ++i) {
            _bounds[fields[i]].checkValue(fields[i], values[i]);
        }
        rules.checkTogether(rulingPeriod);
    }

    /// Each value within its bounds and no further than a step from the old one; returns the longest notice.
    function _checkEach(JuryRules memory oldRules, JuryRules memory newRules) private view returns (uint256 notice) {
        bytes32[JURY_FIELDS] memory fields = JuryLimits.names();
        uint256[JURY_FIELDS] memory oldValues = oldRules.values();
        uint256[JURY_FIELDS] memory newValues = newRules.values();
        for (uint256 i; i < JURY_FIELDS; ++i) {
            Bounds memory limits = _bounds[fields[i]];
            limits.checkChange(fields[i], oldValues[i], newValues[i]);
            notice = Math.max(notice, limits.notice);
        }
    }
}
