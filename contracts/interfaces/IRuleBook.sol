// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AssetRule, DisputeRules, FeeRules} from "contracts/types/Rules.sol";

/// @title The rules that members vote on
/// @notice Append-only versions of fees and dispute rules, the allowed assets, and the pause of opening. Only the
/// timelock writes. A version takes effect after its notice; a trade keeps the version under which it was opened.
interface IRuleBook {
    /// @notice A new version with new fees; its dispute rules are those of the version before.
    event FeeRulesSet(uint32 indexed version, uint40 effectiveAt, FeeRules oldRules, FeeRules newRules);
    /// @notice A new version with new dispute rules; its fees are those of the version before.
    event DisputeRulesSet(uint32 indexed version, uint40 effectiveAt, DisputeRules oldRules, DisputeRules newRules);
    /// @notice An asset was allowed, forbidden, or given another rate of reputation.
    event AssetRuleSet(address indexed asset, uint40 effectiveAt, AssetRule oldRule, AssetRule newRule);
    /// @notice No trade can be opened up to and including `until` (unix seconds); closing goes on.
    event OpeningPaused(address indexed by, uint40 until);
    /// @notice Trades can be opened again.
    event OpeningResumed(address indexed by);

    error RuleBook_NotTimelock(address caller);
    error RuleBook_NotGuardian(address caller);
    error RuleBook_ZeroAddress();
    error RuleBook_BadBounds(bytes32 field);
    /// @param field the governed number's name
    error RuleBook_OutOfBounds(bytes32 field, uint256 value, uint256 min, uint256 max);
    error RuleBook_StepTooLarge(bytes32 field, uint256 oldValue, uint256 newValue, uint256 step);
    error RuleBook_NothingChanged();
    error RuleBook_TooManyPending(uint256 pending);
    error RuleBook_PauseTooLong(uint256 duration, uint256 longest);
    error RuleBook_NotPaused();
    error RuleBook_UnknownVersion(uint32 version);
    error RuleBook_UnknownKind(uint8 kind);
    error RuleBook_AssetNotAllowed(address asset);
    error RuleBook_OpeningIsPaused(uint40 until);

    /// @notice Timelock only: append a version with new fees (basis points per kind).
    /// @return version its number
    function setFeeRules(FeeRules calldata rules) external returns (uint32 version);

    /// @notice Timelock only: append a version with new dispute rules.
    /// @return version its number
    function setDisputeRules(DisputeRules calldata rules) external returns (uint32 version);

    /// @notice Timelock only: allow or forbid an asset (zero address: the chain's own coin) and set its rate.
    function setAssetRule(address asset, AssetRule calldata rule) external;

    /// @notice Timelock, or the guardian before its expiry: stop opening for `duration` seconds, at most `maxPause`.
    function pauseOpening(uint40 duration) external;

    /// @notice Timelock only: end a pause early.
    function resumeOpening() external;

    /// @notice What a trade opened now would pin; reverts where it could not be opened.
    /// @return version the version in force
    /// @return feeBps the fee of this kind in basis points
    function quote(address asset, uint8 kind) external view returns (uint32 version, uint16 feeBps);

    /// @notice The version in force now.
    function currentVersion() external view returns (uint32);

    /// @notice The newest version, in force or not. The first is 1.
    function latestVersion() external view returns (uint32);

    /// @notice From when on (unix seconds) a version is in force.
    function effectiveAt(uint32 version) external view returns (uint40);

    /// @notice The fees of a version in basis points per kind.
    function feeRules(uint32 version) external view returns (FeeRules memory);

    /// @notice The dispute rules of a version.
    function disputeRules(uint32 version) external view returns (DisputeRules memory);

    /// @notice An asset's rule now.
    function assetRule(address asset) external view returns (AssetRule memory);

    /// @notice An asset's rule as it was, or as far as known will be, at `time` (unix seconds).
    function assetRuleAt(address asset, uint40 time) external view returns (AssetRule memory);

    /// @notice The last second of the pause of opening; in the past if there is none.
    function pausedUntil() external view returns (uint40);

    /// @notice The only account that may write.
    function timelock() external view returns (address);

    /// @notice The account that may pause opening until `guardianUntil`.
    function guardian() external view returns (address);

    /// @notice The last second (unix) in which the guardian may act.
    function guardianUntil() external view returns (uint40);
}
