// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IReputation} from "contracts/interfaces/IReputation.sol";
import {ProposalTerms} from "contracts/types/Proposals.sol";

// The contracts are deployed from their own build, so that what is tested is what is deployed, to the byte; the tests
// know their faces only.

interface ReputationFace is IReputation, IVotes {}

interface GovernorFace is IGovernor {
    function setVotingDelay(uint48 votingDelay) external;
    function setVotingPeriod(uint32 votingPeriod) external;
    function setProposalThreshold(uint256 points) external;
    function setLateQuorumVoteExtension(uint48 extension) external;
    function proposalTerms(uint256 proposal) external view returns (uint8 types, ProposalTerms memory terms);
    function proposalQuorum(uint256 proposal) external view returns (uint256);
    function lateQuorumVoteExtension() external view returns (uint48);
}
