// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ProposalTerms} from "contracts/types/Proposals.sol";
import {Bounds} from "contracts/types/Rules.sol";

/// @title What the market's governor adds to OpenZeppelin's
/// @notice Members propose, vote and, through the timelock, execute. Votes are reputation *units* at the proposal's
/// snapshot, so that the settings below, which are in *points* (6 decimals), mean the same in every year. A vote may be
/// cast by signature (EIP-712, ERC-1271 wallets too) and in parts. A proposal that reaches quorum late stays open for
/// longer. What a proposal takes, its quorum, its approval and its delay, follows from what its calls change
/// (`IProposalTypes`) and is fixed when it is made. One whose description ends in `#proposer=0x...` can be made by that account only. What is decided and not
/// done in time expires. Every setting stays within bounds fixed at deployment and moves by a largest step per vote;
/// the timelock cannot be exchanged.
/// @dev `proposalThreshold`, `quorum`, `getVotes` and `proposalVotes` are in units; `ProposalThresholdSet` tells of
/// points. Times are unix seconds (ERC-6372 `mode=timestamp`).
interface IMarketGovernor {
    /// @notice Members dismissed the guardian before its time.
    event GuardianDismissed(address indexed guardian);

    /// @dev Deployment only: the limits contradict themselves or the first value, or a fixed number is zero.
    error MarketGovernor_BadBounds(bytes32 field);
    /// @dev Deployment only: the reputation does not count time in seconds.
    error MarketGovernor_NotTimestampMode();
    /// @notice A setting would leave its bounds.
    /// @param field the setting's name, as its getter is called
    error MarketGovernor_OutOfBounds(bytes32 field, uint256 value, uint256 min, uint256 max);
    /// @notice A setting would change by more than one vote may change it.
    error MarketGovernor_StepTooLarge(bytes32 field, uint256 oldValue, uint256 newValue, uint256 step);
    /// @notice The timelock holds the market's roles and cannot be changed.
    error MarketGovernor_TimelockIsFixed();
    /// @notice The guardian cannot cancel its own dismissal.
    error MarketGovernor_DismissalIsProtected(uint256 proposalId);
    /// @notice The guardian is dismissed already.
    error MarketGovernor_AlreadyDismissed();

    /// @dev Deployment only: the types obey another timelock, or a change of them could reach a proposal that exists.
    error MarketGovernor_UnfitTypes(address types);
    /// @notice The delay of the proposal's types has not passed.
    error MarketGovernor_NotDue(uint256 proposalId, uint256 eta);
    /// @notice What the calls would change now takes other terms than those voted under: `setDisputeRules` names an
    /// arbitrator that was the current one when it was proposed, and no longer is.
    /// @param proposed types as of the proposal, type t as bit t - 1
    /// @param current types as of now
    error MarketGovernor_TypesChanged(uint256 proposalId, uint8 proposed, uint8 current);

    /// @notice By vote only: the guardian can cancel nothing from now on. A proposal of this call alone is the one that
    /// the guardian cannot cancel (`MarketGovernor_DismissalIsProtected`).
    function dismissGuardian() external;

    /// @notice The limits of a setting; `notice` is zero. Reverts `MarketGovernor_BadBounds` for an unknown one.
    /// @param field "votingDelay", "votingPeriod" or "lateQuorumVoteExtension" (seconds), "proposalThreshold" (points,
    /// 6 decimals)
    function boundsOf(bytes32 field) external view returns (Bounds memory);

    /// @notice The points (6 decimals) it takes to propose; `proposalThreshold` is the same in units as of now.
    function proposalThresholdPoints() external view returns (uint256);

    /// @notice The points (6 decimals) that must vote for or abstain, however small the total.
    function quorumFloor() external view returns (uint256);

    /// @notice Seconds within which a proposal that succeeded must be queued, counted from its deadline, and one that is
    /// queued must be executed, counted from its eta. The last second counts; after it the state is `Expired`.
    function grace() external view returns (uint256);

    /// @notice The contract that knows what each type of proposal takes.
    function proposalTypes() external view returns (address);

    /// @notice The types of a proposal, type t as bit t - 1, and what it takes: the strictest of each number among them.
    /// The timelock's own delay, where it is longer, counts instead of `delay`.
    function proposalTerms(uint256 proposalId) external view returns (uint8 types, ProposalTerms memory terms);

    /// @notice The units that must vote for or abstain: the share of all units at the proposal's snapshot, rounded down,
    /// or the floor if that is more. Never zero; reverts until the snapshot has passed.
    function proposalQuorum(uint256 proposalId) external view returns (uint256);

    /// @notice The account that may cancel a proposal that is pending, active, succeeded or queued.
    function guardian() external view returns (address);

    /// @notice The last second (unix) in which the guardian may act.
    function guardianUntil() external view returns (uint256);

    /// @notice Whether members dismissed the guardian.
    function guardianDismissed() external view returns (bool);
}
