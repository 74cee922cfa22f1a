// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {
    GovernorVotesQuorumFraction
} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {GovernorBounded} from "contracts/governance/GovernorBounded.sol";
import {IMarketGovernor} from "contracts/interfaces/IMarketGovernor.sol";
import {IReputation} from "contracts/interfaces/IReputation.sol";
import {GovernorParameters} from "contracts/types/Governance.sol";

/// @title A threshold and a quorum in points, for votes in growing units
/// @dev Bounds are checked in the public setters, after their own check of the caller: OpenZeppelin's constructors call
/// the internal ones before the bounds are known.
abstract contract GovernorPoints is GovernorBounded, GovernorSettings, GovernorVotesQuorumFraction {
    uint96 private immutable _quorumFloor;

    constructor(IReputation reputation, GovernorParameters memory parameters)
        GovernorBounded(parameters)
        GovernorSettings(parameters.votingDelay, parameters.votingPeriod, parameters.proposalThreshold)
        GovernorVotes(IVotes(address(reputation)))
        GovernorVotesQuorumFraction(parameters.quorumNumerator)
    {
        if (token().clock() != block.timestamp) revert MarketGovernor_NotTimestampMode();
        if (parameters.quorumFloor == 0) revert MarketGovernor_BadBounds("quorumFloor");
        _quorumFloor = parameters.quorumFloor;
    }

    /// @inheritdoc IMarketGovernor
    function proposalThresholdPoints() public view returns (uint256) {
        return GovernorSettings.proposalThreshold();
    }

    /// @inheritdoc IMarketGovernor
    function quorumFloor() public view returns (uint256) {
        return _quorumFloor;
    }

    /// @notice Units it takes to propose now: the points at the index of the second before, when votes are weighed.
    function proposalThreshold() public view virtual override(Governor, GovernorSettings) returns (uint256) {
        return proposalThresholdPoints() * _indexAt(clock() - 1);
    }

    /// @notice Units that must vote for or abstain: the fraction of all units at `timepoint`, rounded down, or the floor
    /// if that is more. Never zero.
    function quorum(uint256 timepoint) public view override(Governor, GovernorVotesQuorumFraction) returns (uint256) {
        return Math.max(
            token().getPastTotalSupply(timepoint) * quorumNumerator(timepoint) / quorumDenominator(),
            _quorumFloor * _indexAt(timepoint)
        );
    }

    /// @notice Unix seconds.
    function clock() public view override(Governor, GovernorVotes) returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice ERC-6372: `mode=timestamp`.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override(Governor, GovernorVotes) returns (string memory) {
        return "mode=timestamp";
    }

    /// @notice By vote only: seconds between a proposal and its snapshot.
    function setVotingDelay(uint48 newVotingDelay) public override {
        uint256 oldValue = votingDelay();
        super.setVotingDelay(newVotingDelay);
        _checkBounds(VOTING_DELAY, oldValue, newVotingDelay);
    }

    /// @notice By vote only: seconds between a proposal's snapshot and its deadline.
    function setVotingPeriod(uint32 newVotingPeriod) public override {
        uint256 oldValue = votingPeriod();
        super.setVotingPeriod(newVotingPeriod);
        _checkBounds(VOTING_PERIOD, oldValue, newVotingPeriod);
    }

    /// @notice By vote only: points (6 decimals) it takes to propose.
    function setProposalThreshold(uint256 newProposalThreshold) public override {
        uint256 oldValue = proposalThresholdPoints();
        super.setProposalThreshold(newProposalThreshold);
        _checkBounds(PROPOSAL_THRESHOLD, oldValue, newProposalThreshold);
    }

    /// @notice By vote only: percent of all units that must vote for or abstain.
    function updateQuorumNumerator(uint256 newQuorumNumerator) public override {
        uint256 oldValue = quorumNumerator();
        super.updateQuorumNumerator(newQuorumNumerator);
        _checkBounds(QUORUM_NUMERATOR, oldValue, newQuorumNumerator);
    }

    function _indexAt(uint256 timepoint) private view returns (uint256) {
        return IReputation(address(token())).indexAt(timepoint);
    }
}
