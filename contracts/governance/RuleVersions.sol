// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {OpeningPause} from "contracts/governance/OpeningPause.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {Bounds, DisputeRules, FeeRules, JuryRules} from "contracts/types/Rules.sol";
import {PackedFees, RulesHead, RulesHeads} from "contracts/types/RulesHead.sol";

/// @title The versions of the rules, as they are kept and read
/// @dev Part of the RuleBook. A version is complete in itself: reading the rules of a trade never looks at another.
abstract contract RuleVersions is OpeningPause {
    using RulesHeads for PackedFees;
    using RulesHeads for RulesHead;

    /// One version of the rules but for its fees and its jury: one slot.
    struct Version {
        address arbitrator;
        uint40 rulingPeriod;
        uint16 defaultPerformerBps;
        uint40 effectiveAt;
    }

    uint256 private constant MAX_PENDING = 4;

    mapping(uint32 version => Version) internal _versions;
    mapping(uint32 version => PackedFees) internal _fees;
    mapping(uint32 version => JuryRules) internal _juries;
    mapping(bytes32 field => Bounds) internal _bounds; // written by the constructor only

    /// @inheritdoc IRuleBook
    function currentVersion() external view returns (uint32) {
        return _versionInForce(_head);
    }

    /// @inheritdoc IRuleBook
    function latestVersion() external view returns (uint32) {
        return _head.version();
    }

    /// @inheritdoc IRuleBook
    function effectiveAt(uint32 version) external view returns (uint40) {
        return _version(version).effectiveAt;
    }

    /// @inheritdoc IRuleBook
    function feeRules(uint32 version) external view returns (FeeRules memory) {
        _version(version);
        return _fees[version].unpack();
    }

    /// @inheritdoc IRuleBook
    function disputeRules(uint32 version) external view returns (DisputeRules memory) {
        return _disputeRules(_version(version));
    }

    /// @inheritdoc IRuleBook
    function juryRules(uint32 version) external view returns (JuryRules memory found) {
        found = _juries[version];
        if (found.jurors == 0) revert RuleBook_UnknownVersion(version);
    }

    /// @inheritdoc IRuleBook
    function boundsOf(bytes32 field) external view returns (Bounds memory) {
        return _bounds[field];
    }

    /// Stores `next` as the newest version and sets its `effectiveAt`, in memory too.
    function _append(RulesHead head, Version memory next, PackedFees fees, JuryRules memory jury, uint256 notice)
        internal
        returns (uint32 version)
    {
        uint32 latest = head.version();
        uint256 pending = latest - _versionInForce(head);
        if (pending >= MAX_PENDING) revert RuleBook_TooManyPending(pending);

        version = latest + 1;
        next.effectiveAt = uint40(Math.max(block.timestamp + notice, head.effectiveAt()));
        _versions[version] = next;
        _fees[version] = fees;
        _juries[version] = jury;
        _head = head.withVersion(version, next.effectiveAt, fees);
    }

    function _versionInForce(RulesHead head) internal view returns (uint32 version) {
        version = head.version();
        uint40 from = head.effectiveAt();
        while (block.timestamp < from) {
            from = _versions[--version].effectiveAt;
        }
    }

    function _version(uint32 version) private view returns (Version memory found) {
        found = _versions[version];
        if (found.effectiveAt == 0) revert RuleBook_UnknownVersion(version);
    }

    function _disputeRules(Version memory version) internal pure returns (DisputeRules memory) {
        return DisputeRules(version.arbitrator, version.rulingPeriod, version.defaultPerformerBps);
    }
}
