// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AssetRule, Bounds, DisputeRules, FeeRules, JuryRules} from "contracts/types/Rules.sol";

/// @title The rules that members vote on
/// @notice Append-only versions of fees, dispute rules and jury rules, the allowed assets, and the pause of opening. Only the
/// timelock writes. A version takes effect after its notice; a trade keeps the version under which it was opened.
/// @dev The governed numbers, by the name under which `boundsOf` and the errors know them: `feeBps` (of every kind),
/// `rulingPeriod` (seconds), `defaultPerformerBps`, `rate`, and each field of JuryRules by its own name. No notice is zero, so that what was in force at any past
/// moment never changes.
interface IRuleBook {
    /// @notice A new version with new fees; all else is as in the version before.
    event FeeRulesSet(uint32 indexed version, uint40 effectiveAt, FeeRules oldRules, FeeRules newRules);
    /// @notice A new version with new dispute rules; all else is as in the version before.
    event DisputeRulesSet(uint32 indexed version, uint40 effectiveAt, DisputeRules oldRules, DisputeRules newRules);
    /// @notice A new version with new jury rules; all else is as in the version before. Version 1 is told of by all three
    /// events, in this order, from rules that are all zero.
    event JuryRulesSet(uint32 indexed version, uint40 effectiveAt, JuryRules oldRules, JuryRules newRules);
    /// @notice An asset was allowed, forbidden, or given another rate of reputation.
    event AssetRuleSet(address indexed asset, uint40 effectiveAt, AssetRule oldRule, AssetRule newRule);
    /// @notice No trade can be opened up to and including `until` (unix seconds); closing goes on.
    event OpeningPaused(address indexed by, uint40 until);
    /// @notice Trades can be opened again.
    event OpeningResumed(address indexed by);

    /// @notice The caller is not the timelock.
    error RuleBook_NotTimelock(address caller);
    /// @notice The caller is neither the timelock nor the guardian, or the guardian's time is over.
    error RuleBook_NotGuardian(address caller);
    /// @notice The timelock or the arbitrator would be the zero address.
    error RuleBook_ZeroAddress();
    /// @notice Deployment: the limits of `field` contradict themselves or go beyond the ceilings in code.
    error RuleBook_BadBounds(bytes32 field);
    /// @notice Deployment: each asset needs one rule.
    error RuleBook_LengthMismatch(uint256 assets, uint256 rules);
    /// @notice A governed number would leave its bounds.
    /// @param field the governed number's name
    error RuleBook_OutOfBounds(bytes32 field, uint256 value, uint256 min, uint256 max);
    /// @notice A governed number would change by more than one vote may change it.
    /// @param step the largest change, in the unit of the values; for a rate worked out from the old one
    error RuleBook_StepTooLarge(bytes32 field, uint256 oldValue, uint256 newValue, uint256 step);
    /// @notice A first jury has an odd number of jurors.
    error RuleBook_EvenJury(uint256 jurors);
    /// @notice The panel of the last appeal would have `jurors` jurors, more than `most`.
    error RuleBook_PanelTooLarge(uint256 jurors, uint256 most);
    /// @notice A ruling would be due after `rulingPeriod` seconds, before the longest case is over.
    /// @param longestCase the seconds that opening a case and the case itself take at most
    error RuleBook_RulingPeriodTooShort(uint256 rulingPeriod, uint256 longestCase);
    /// @notice The newest rules say just that; or the pause would end no later than it does.
    error RuleBook_NothingChanged();
    /// @notice So many versions are not in force yet that no further one is taken.
    error RuleBook_TooManyPending(uint256 pending);
    /// @notice A change of this asset's rule is not in force yet.
    error RuleBook_AssetChangePending(address asset, uint256 effectiveAt);
    /// @notice A pause lasts `longest` seconds at most.
    error RuleBook_PauseTooLong(uint256 duration, uint256 longest);
    /// @notice The guardian cannot pause again up to and including `until` (unix seconds).
    error RuleBook_GuardianMustWait(uint40 until);
    /// @notice There is no pause to end.
    error RuleBook_NotPaused();
    /// @notice There is no such version.
    error RuleBook_UnknownVersion(uint32 version);
    /// @notice Kinds of trade are numbered from 1 to 10.
    error RuleBook_UnknownKind(uint256 kind);
    /// @notice No trade can be opened in this asset now.
    error RuleBook_AssetNotAllowed(address asset);
    /// @notice No trade can be opened up to and including `until` (unix seconds); closing goes on.
    error RuleBook_OpeningIsPaused(uint40 until);

    /// @notice Timelock only: append a version with new fees (basis points per kind), in force after the notice of
    /// `feeBps`, yet never before the version that precedes it. Steps are measured from the newest version, in force or
    /// not; at most 4 versions may be pending.
    /// @return version its number
    function setFeeRules(FeeRules calldata rules) external returns (uint32 version);

    /// @notice Timelock only: append a version with new dispute rules, in the same manner. The notice is the longer one
    /// of `rulingPeriod` and `defaultPerformerBps`, whichever of the rules changes, the arbitrator included. The ruling
    /// period must be long enough for the newest jury rules.
    /// @return version its number
    function setDisputeRules(DisputeRules calldata rules) external returns (uint32 version);

    /// @notice Timelock only: append a version with new jury rules, in the same manner. The notice is the longest one of
    /// the fields of JuryRules, whichever of them changes. The longest case that they allow must fit into the ruling
    /// period of the newest dispute rules, and leave a deposit period in which to open it: twice `depositPeriod`, then
    /// `maxAppeals` + 2 rounds (one of them drawn again), each of `evidencePeriod`, twice `commitPeriod` and
    /// `revealPeriod`, and `maxAppeals` + 1 times `appealPeriod`. Where both
    /// grow, the call that lengthens the ruling period comes first; where both shrink, last.
    /// @return version its number
    function setJuryRules(JuryRules calldata rules) external returns (uint32 version);

    /// @notice Timelock only: allow or forbid an asset (zero address: the chain's own coin) and set its rate, after the
    /// notice of `rate`. A new asset may have any rate within bounds, a known one, forbidden or not, a step at a time.
    /// One change per asset may be pending.
    function setAssetRule(address asset, AssetRule calldata rule) external;

    /// @notice Timelock, or the guardian up to and including `guardianUntil`: stop opening for `duration` seconds from
    /// now, at most `maxPause`. A pause can be made longer, not shorter. The guardian alone cannot hold the market shut:
    /// from the end of any pause it must wait for `maxPause` seconds.
    function pauseOpening(uint40 duration) external;

    /// @notice Timelock only: end a pause early, within this second.
    function resumeOpening() external;

    /// @notice What a trade opened now would pin; reverts where it could not be opened.
    /// @return version the version in force
    /// @return feeBps the fee of this kind in basis points
    /// @dev In this order the selector is small, and so found early: it saves opening a trade some 260 gas.
    function quote(uint256 kind, address asset) external view returns (uint32 version, uint16 feeBps);

    /// @notice The version in force now.
    function currentVersion() external view returns (uint32);

    /// @notice The newest version, in force or not. The first is 1.
    function latestVersion() external view returns (uint32);

    /// @notice From when on (unix seconds) a version is in force, until the next one is. Of two that start at once only
    /// the later one ever is.
    function effectiveAt(uint32 version) external view returns (uint40);

    /// @notice The fees of a version in basis points per kind.
    function feeRules(uint32 version) external view returns (FeeRules memory);

    /// @notice The dispute rules of a version.
    function disputeRules(uint32 version) external view returns (DisputeRules memory);

    /// @notice The jury rules of a version.
    function juryRules(uint32 version) external view returns (JuryRules memory);

    /// @notice An asset's rule now; all zero if it was never listed.
    function assetRule(address asset) external view returns (AssetRule memory);

    /// @notice An asset's rule as it was, or as far as known will be, at `time` (unix seconds).
    function assetRuleAt(address asset, uint40 time) external view returns (AssetRule memory);

    /// @notice The limits of a governed number; all zero for an unknown name.
    function boundsOf(bytes32 field) external view returns (Bounds memory);

    /// @notice The last second of the pause of opening; in the past if there is none.
    function pausedUntil() external view returns (uint40);

    /// @notice The longest pause, in seconds.
    function maxPause() external view returns (uint40);

    /// @notice The only account that may write.
    function timelock() external view returns (address);

    /// @notice The account that may pause opening until `guardianUntil`; zero if there is none.
    function guardian() external view returns (address);

    /// @notice The last second (unix) in which the guardian may act.
    function guardianUntil() external view returns (uint40);
}
