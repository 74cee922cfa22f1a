// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ProposalTerms, ProposalType} from "contracts/types/Proposals.sol";
import {Bounds} from "contracts/types/Rules.sol";

/// @title What a proposal is about, and what it takes
/// @notice Five types of proposals, each with its own quorum, approval and delay:
/// `Fees` (`RuleBook.setFeeRules`), `DisputeRules` (`setDisputeRules`, `setJuryRules`), `AssetsAndArbitrator`
/// (`setAssetRule`, and beside `DisputeRules` a `setDisputeRules` that names another arbitrator than the newest version
/// does), `Treasury` (coin that goes with a call, `transfer` and `approve` of a token, `Escrow.withdraw`) and
/// `Anything` (all else, and what cannot be read). A proposal of several types takes the strictest of each number.
/// `Anything` can do what every other type does, so that no other may ever be stricter in any number.
/// @dev The governed numbers, by the name under which `boundsOf` and the errors know them: `quorumBps`, `approvalBps`,
/// `delay`. New terms count for proposals whose snapshot is `notice` or more after the vote's execution: later than any
/// proposal that existed then, so that no proposal ever changes.
interface IProposalTypes {
    /// @notice Members changed the terms of a type; deployment emits it from terms that are all zero, with
    /// `effectiveAt` zero.
    /// @param effectiveAt unix seconds: the earliest snapshot of a proposal that takes the new terms
    event ProposalTermsSet(
        ProposalType indexed proposalType, uint48 effectiveAt, ProposalTerms oldTerms, ProposalTerms newTerms
    );

    /// @notice Only the timelock changes terms.
    error ProposalTypes_NotTimelock(address caller);
    /// @dev Deployment only.
    error ProposalTypes_ZeroAddress();
    /// @dev Deployment only: limits that contradict themselves, exceed the ceilings in code, or differ in their notice.
    error ProposalTypes_BadBounds(bytes32 field);
    /// @notice There is no type zero.
    error ProposalTypes_UnknownType(ProposalType proposalType);
    /// @notice A number would leave its bounds.
    error ProposalTypes_OutOfBounds(bytes32 field, uint256 value, uint256 min, uint256 max);
    /// @notice A number would change by more than one vote may change it.
    error ProposalTypes_StepTooLarge(bytes32 field, uint256 oldValue, uint256 newValue, uint256 step);
    /// @notice A type would be stricter than `Anything`, which is a way around it.
    error ProposalTypes_StricterThanAnything(ProposalType proposalType, bytes32 field, uint256 value, uint256 largest);
    /// @notice The terms are those that hold already.
    error ProposalTypes_NothingChanged();
    /// @notice The last change of this type has not taken effect.
    error ProposalTypes_ChangePending(ProposalType proposalType, uint256 effectiveAt);

    /// @notice By vote only: new terms of a type, for proposals whose snapshot is `notice` or more from now.
    function setTerms(ProposalType proposalType, ProposalTerms calldata terms) external;

    /// @notice The types of a proposal's calls as of now, type t as bit t - 1; `Anything` where the lists differ in
    /// length. Zero for no calls.
    function typesOf(address[] calldata targets, uint256[] calldata values, bytes[] calldata calldatas)
        external
        view
        returns (uint8 types);

    /// @notice The strictest of each number among these types, for a proposal with this snapshot (unix seconds). Bits
    /// that stand for no type are ignored.
    function termsOf(uint8 types, uint48 snapshot) external view returns (ProposalTerms memory);

    /// @notice Seconds between the execution of a vote on terms and the earliest snapshot that they count for.
    function notice() external view returns (uint256);

    /// @notice The limits of "quorumBps", "approvalBps" (basis points) or "delay" (seconds), the same for every type;
    /// all zero for an unknown field.
    function boundsOf(bytes32 field) external view returns (Bounds memory);

    /// @notice The only account that may change terms, and the treasury.
    function timelock() external view returns (address);

    /// @notice The rule book whose setters have types.
    function ruleBook() external view returns (address);

    /// @notice The escrow whose credits are the treasury's income.
    function escrow() external view returns (address);
}
