// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IReputation} from "contracts/interfaces/IReputation.sol";

// The contracts are deployed from their own build, so that what is tested is what is deployed, to the byte; the tests
// know their faces only.

interface ReputationFace is IReputation, IVotes {}

interface GovernorFace is IGovernor {
    function setVotingDelay(uint48 votingDelay) external;
    function setVotingPeriod(uint32 votingPeriod) external;
    function setProposalThreshold(uint256 points) external;
    function updateQuorumNumerator(uint256 percent) external;
    function setLateQuorumVoteExtension(uint48 extension) external;
    function lateQuorumVoteExtension() external view returns (uint48);
}
