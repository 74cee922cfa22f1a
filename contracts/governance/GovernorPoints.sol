// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {GovernorBounded} from "contracts/governance/GovernorBounded.sol";
import {IMarketGovernor} from "contracts/interfaces/IMarketGovernor.sol";
import {IReputation} from "contracts/interfaces/IReputation.sol";
import {GovernorParameters} from "contracts/types/Governance.sol";
import {BPS} from "contracts/types/Rules.sol";

/// @title A threshold and a floor of the quorum in points, for votes in growing units
/// @dev Bounds are checked in the public setters, after their own check of the caller: OpenZeppelin's constructors call
/// the internal ones before the bounds are known.
abstract contract GovernorPoints is GovernorBounded, GovernorSettings, GovernorVotes {
    uint96 private immutable _quorumFloor;

    constructor(IReputation reputation, GovernorParameters memory parameters)
        GovernorBounded(parameters)
        GovernorSettings(parameters.votingDelay, parameters.votingPeriod, parameters.proposalThreshold)
        GovernorVotes(IVotes(address(reputation)))
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

    /// @dev Basis points of all units at `timepoint`, rounded down, or the floor if that is more: never zero.
    function _quorumAt(uint256 timepoint, uint256 bps) internal view returns (uint256) {
        return Math.max(
            token().getPastTotalSupply(timepoint) * bps / BPS, //
            _quorumFloor * _indexAt(timepoint)
        );
    }

    function _indexAt(uint256 timepoint) private view returns (uint256) {
        return IReputation(address(token())).indexAt(timepoint);
    }
}
