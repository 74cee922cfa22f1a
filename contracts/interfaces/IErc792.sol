// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title An arbitrator by ERC-792
/// @notice What this repository needs of the standard; an arbitrator such as Kleros' offers more.
interface IArbitrator {
    /// @notice What `createDispute` costs now, in wei.
    function arbitrationCost(bytes calldata extraData) external view returns (uint256 cost);

    /// @notice A contract asks for a ruling from 1 to `choices`, or 0: refused.
    function createDispute(uint256 choices, bytes calldata extraData) external payable returns (uint256 disputeID);

    /// @notice What `appeal` costs now, in wei.
    function appealCost(uint256 disputeID, bytes calldata extraData) external view returns (uint256 cost);

    /// @notice Ask for another ruling; of many arbitrators only the contract that created the dispute may.
    function appeal(uint256 disputeID, bytes calldata extraData) external payable;
}

/// @title A contract that is ruled on, by ERC-792
interface IArbitrable {
    /// @notice The arbitrator ruled.
    event Ruling(IArbitrator indexed arbitrator, uint256 indexed disputeID, uint256 ruling);

    /// @notice The arbitrator gives its ruling.
    function rule(uint256 disputeID, uint256 ruling) external;
}

/// @title What an arbitrator's jurors are shown, by ERC-1497
interface IEvidence {
    /// @notice Where the description of what is asked, and of what each ruling means, is found.
    event MetaEvidence(uint256 indexed metaEvidenceID, string evidence);
    /// @notice Somebody showed evidence to a group of them.
    event Evidence(
        IArbitrator indexed arbitrator, uint256 indexed evidenceGroupID, address indexed party, string evidence
    );
    /// @notice A dispute was created; its evidence has this group.
    event Dispute(
        IArbitrator indexed arbitrator, uint256 indexed disputeID, uint256 metaEvidenceID, uint256 evidenceGroupID
    );
}
