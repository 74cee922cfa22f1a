// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {JuryRuleBook} from "contracts/governance/JuryRuleBook.sol";
import {OpeningPause} from "contracts/governance/OpeningPause.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {JuryLimits} from "contracts/libraries/JuryLimits.sol";
import {Limits} from "contracts/libraries/Limits.sol";
import {
    AssetRule,
    BPS,
    Bounds,
    DisputeRules,
    FeeRules,
    JuryRules,
    KINDS,
    RuleBookSetup
} from "contracts/types/Rules.sol";
import {AssetGate, PackedFees, RulesHead, RulesHeads} from "contracts/types/RulesHead.sol";

/// @title RuleBook: see IRuleBook
contract RuleBook is JuryRuleBook {
    using Checkpoints for Checkpoints.Trace208;
    using JuryLimits for JuryRules;
    using Limits for Bounds;
    using RulesHeads for AssetGate;
    using RulesHeads for PackedFees;
    using RulesHeads for RulesHead;

    // Ceilings above whatever a deployment says.
    uint256 private constant FEE_CEILING = 1_000;
    uint256 private constant RULING_PERIOD_CEILING = 365 days;

    bytes32 private constant FEE = "feeBps";
    bytes32 private constant RULING_PERIOD = "rulingPeriod";
    bytes32 private constant DEFAULT_PERFORMER = "defaultPerformerBps";
    bytes32 private constant RATE = "rate";

    mapping(address asset => AssetGate) private _gates; // the native coin's is in the head
    mapping(address asset => Checkpoints.Trace208) private _assetRules; // rate << 1 | allowed, by effective time

    constructor(RuleBookSetup memory setup)
        OpeningPause(setup.timelock, setup.guardian, setup.guardianUntil, setup.maxPause)
        JuryRuleBook(setup.juryBounds)
    {
        setup.feeBounds.checkSane(FEE, 0, FEE_CEILING);
        setup.rulingPeriodBounds.checkSane(RULING_PERIOD, 1, RULING_PERIOD_CEILING);
        setup.defaultPerformerBounds.checkSane(DEFAULT_PERFORMER, 0, BPS);
        setup.rateBounds.checkSane(RATE, 1, type(uint96).max);
        // A relative step must let the smallest rate change at all.
        if (uint256(setup.rateBounds.min) * setup.rateBounds.step < BPS) {
            revert RuleBook_BadBounds(RATE);
        }
        _bounds[FEE] = setup.feeBounds;
        _bounds[RULING_PERIOD] = setup.rulingPeriodBounds;
        _bounds[DEFAULT_PERFORMER] = setup.defaultPerformerBounds;
        _bounds[RATE] = setup.rateBounds;

        _openFirstVersion(setup.fees, setup.disputes, setup.jury);

        if (setup.assets.length != setup.assetRules.length) {
            revert RuleBook_LengthMismatch(setup.assets.length, setup.assetRules.length);
        }
        for (uint256 i; i < setup.assets.length; ++i) {
            _setAssetRule(setup.assets[i], setup.assetRules[i], uint40(block.timestamp));
        }
    }

    /// @inheritdoc IRuleBook
    function setFeeRules(FeeRules calldata rules) external onlyTimelock returns (uint32 version) {
        RulesHead head = _head;
        FeeRules memory oldRules = head.fees().unpack();
        Bounds memory limits = _bounds[FEE];
        bool changed;
        for (uint256 i; i < KINDS; ++i) {
            limits.checkChange(FEE, oldRules.feeBps[i], rules.feeBps[i]);
            changed = changed || rules.feeBps[i] != oldRules.feeBps[i];
        }
        if (!changed) revert RuleBook_NothingChanged();

        Version memory next = _versions[head.version()];
        version = _append(head, next, RulesHeads.pack(rules), _juries[head.version()], limits.notice);
        emit FeeRulesSet(version, next.effectiveAt, oldRules, rules);
    }

    /// @inheritdoc IRuleBook
    function setDisputeRules(DisputeRules calldata rules) external onlyTimelock returns (uint32 version) {
        RulesHead head = _head;
        Version memory next = _versions[head.version()];
        JuryRules memory jury = _juries[head.version()];
        DisputeRules memory oldRules = _disputeRules(next);
        Bounds memory period = _bounds[RULING_PERIOD];
        Bounds memory share = _bounds[DEFAULT_PERFORMER];
        if (rules.arbitrator == address(0)) revert RuleBook_ZeroAddress();
        period.checkChange(RULING_PERIOD, oldRules.rulingPeriod, rules.rulingPeriod);
        share.checkChange(DEFAULT_PERFORMER, oldRules.defaultPerformerBps, rules.defaultPerformerBps);
        jury.checkLength(rules.rulingPeriod);
        if (
            rules.arbitrator == oldRules.arbitrator && rules.rulingPeriod == oldRules.rulingPeriod
                && rules.defaultPerformerBps == oldRules.defaultPerformerBps
        ) revert RuleBook_NothingChanged();

        (next.arbitrator, next.rulingPeriod, next.defaultPerformerBps) =
        (rules.arbitrator, rules.rulingPeriod, rules.defaultPerformerBps);
        version = _append(head, next, head.fees(), jury, Math.max(period.notice, share.notice));
        emit DisputeRulesSet(version, next.effectiveAt, oldRules, rules);
    }

    /// @inheritdoc IRuleBook
    function setAssetRule(address asset, AssetRule calldata rule) external onlyTimelock {
        _setAssetRule(asset, rule, uint40(block.timestamp + _bounds[RATE].notice));
    }

    /// @inheritdoc IRuleBook
    function quote(uint256 kind, address asset) external view returns (uint32 version, uint16 feeBps) {
        RulesHead head = _head;
        if (block.timestamp <= head.pausedUntil()) {
            revert RuleBook_OpeningIsPaused(head.pausedUntil());
        }
        if (kind == 0 || kind > KINDS) revert RuleBook_UnknownKind(kind);
        AssetGate gate = asset == address(0) ? head.nativeGate() : _gates[asset];
        if (!gate.isOpen()) revert RuleBook_AssetNotAllowed(asset);

        version = head.version();
        PackedFees fees = head.fees();
        if (block.timestamp < head.effectiveAt()) {
            version = _versionInForce(head);
            fees = _fees[version];
        }
        feeBps = fees.ofKind(kind);
    }

    /// @inheritdoc IRuleBook
    function assetRule(address asset) external view returns (AssetRule memory) {
        return assetRuleAt(asset, uint40(block.timestamp));
    }

    /// @inheritdoc IRuleBook
    function assetRuleAt(address asset, uint40 time) public view returns (AssetRule memory) {
        return _unpackAssetRule(_assetRules[asset].upperLookupRecent(time));
    }

    function _openFirstVersion(FeeRules memory fees, DisputeRules memory disputes, JuryRules memory jury) private {
        for (uint256 i; i < KINDS; ++i) {
            _bounds[FEE].checkValue(FEE, fees.feeBps[i]);
        }
        if (disputes.arbitrator == address(0)) revert RuleBook_ZeroAddress();
        _bounds[RULING_PERIOD].checkValue(RULING_PERIOD, disputes.rulingPeriod);
        _bounds[DEFAULT_PERFORMER].checkValue(DEFAULT_PERFORMER, disputes.defaultPerformerBps);
        _checkFirst(jury, disputes.rulingPeriod);

        FeeRules memory noFees;
        DisputeRules memory noDisputes;
        JuryRules memory noJury;
        Version memory first = Version({
            arbitrator: disputes.arbitrator,
            rulingPeriod: disputes.rulingPeriod,
            defaultPerformerBps: disputes.defaultPerformerBps,
            effectiveAt: 0
        });
        uint32 version = _append(_head, first, RulesHeads.pack(fees), jury, 0);
        emit FeeRulesSet(version, first.effectiveAt, noFees, fees);
        emit DisputeRulesSet(version, first.effectiveAt, noDisputes, disputes);
        emit JuryRulesSet(version, first.effectiveAt, noJury, jury);
    }

    function _setAssetRule(address asset, AssetRule memory rule, uint40 from) private {
        Checkpoints.Trace208 storage history = _assetRules[asset];
        (bool known, uint48 lastFrom, uint208 packed) = history.latestCheckpoint();
        if (lastFrom > block.timestamp) {
            revert RuleBook_AssetChangePending(asset, lastFrom);
        }
        AssetRule memory oldRule = _unpackAssetRule(packed);
        if (!known) {
            _bounds[RATE].checkValue(RATE, rule.rate);
        } else {
            _bounds[RATE].checkRelativeChange(RATE, oldRule.rate, rule.rate);
            if (rule.allowed == oldRule.allowed && rule.rate == oldRule.rate) {
                revert RuleBook_NothingChanged();
            }
        }

        AssetGate gate = RulesHeads.newGate(oldRule.allowed, rule.allowed, from);
        if (asset == address(0)) _head = _head.withNativeGate(gate);
        else _gates[asset] = gate;
        // What it returns is the old and the new value, known here.
        // slither-disable-next-line unused-return
        history.push(from, uint208(rule.rate) << 1 | (rule.allowed ? 1 : 0));
        emit AssetRuleSet(asset, from, oldRule, rule);
    }

    // The cast cuts off nothing: 97 bits were packed.
    // forge-lint: disable-next-item(unsafe-typecast)
    function _unpackAssetRule(uint208 packed) private pure returns (AssetRule memory) {
        return AssetRule({allowed: packed & 1 != 0, rate: uint96(packed >> 1)});
    }
}
