// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorCountingFractional} from "@openzeppelin/contracts/governance/extensions/GovernorCountingFractional.sol";
import {GovernorNoncesKeyed} from "@openzeppelin/contracts/governance/extensions/GovernorNoncesKeyed.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {GovernorGuarded} from "contracts/governance/GovernorGuarded.sol";
import {GovernorPoints} from "contracts/governance/GovernorPoints.sol";
import {GovernorTyped} from "contracts/governance/GovernorTyped.sol";
import {IMarketGovernor} from "contracts/interfaces/IMarketGovernor.sol";
import {IProposalTypes} from "contracts/interfaces/IProposalTypes.sol";
import {IReputation} from "contracts/interfaces/IReputation.sol";
import {GovernorParameters} from "contracts/types/Governance.sol";

/// @title The market's governor
/// @notice See `IMarketGovernor`.
contract MarketGovernor is
    GovernorTyped,
    GovernorGuarded,
    GovernorCountingFractional,
    GovernorPreventLateQuorum,
    GovernorNoncesKeyed,
    GovernorTimelockControl
{
    uint40 private immutable _grace;

    /// @param reputation the votes: ERC-5805 in timestamp mode, with `indexAt`
    /// @param timelock_ executes; this governor must be its only proposer, canceller and executor
    /// @param types what proposals take, and that only `timelock_` changes
    constructor(
        IReputation reputation,
        TimelockController timelock_,
        IProposalTypes types,
        GovernorParameters memory parameters
    )
        Governor("MarketGovernor")
        GovernorPoints(reputation, parameters)
        GovernorTyped(types, address(timelock_))
        GovernorGuarded(parameters.guardian, parameters.guardianUntil)
        GovernorPreventLateQuorum(parameters.lateQuorumVoteExtension)
        GovernorTimelockControl(timelock_)
    {
        if (parameters.grace == 0) revert MarketGovernor_BadBounds("grace");
        _grace = parameters.grace;
    }

    /// @inheritdoc IMarketGovernor
    function grace() public view returns (uint256) {
        return _grace;
    }

    /// @inheritdoc Governor
    function state(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (ProposalState current)
    {
        current = super.state(proposalId);
        bool late = current == ProposalState.Queued && clock() > proposalEta(proposalId) + _grace;
        bool forgotten = current == ProposalState.Succeeded && clock() > proposalDeadline(proposalId) + _grace;
        if (late || forgotten) current = ProposalState.Expired;
    }

    /// @notice By vote only: seconds that a vote stays open after quorum is reached.
    function setLateQuorumVoteExtension(uint48 newVoteExtension) public override {
        uint256 oldValue = lateQuorumVoteExtension();
        super.setLateQuorumVoteExtension(newVoteExtension);
        _checkBounds(LATE_QUORUM_VOTE_EXTENSION, oldValue, newVoteExtension);
    }

    /// @inheritdoc Governor
    function proposalDeadline(uint256 proposalId)
        public
        view
        override(Governor, GovernorPreventLateQuorum)
        returns (uint256 deadline)
    {
        deadline = Governor.proposalDeadline(proposalId);
        // Before then no vote can have extended it: the reading is saved.
        if (clock() + _largestExtension() > deadline) {
            deadline = super.proposalDeadline(proposalId);
        }
    }

    /// @inheritdoc GovernorPoints
    function proposalThreshold() public view override(Governor, GovernorPoints) returns (uint256) {
        return super.proposalThreshold();
    }

    /// @inheritdoc Governor
    function proposalNeedsQueuing(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (bool)
    {
        return super.proposalNeedsQueuing(proposalId);
    }

    /// @notice Always reverts: whoever holds the market's roles would be left behind.
    function updateTimelock(TimelockController) public pure override {
        revert MarketGovernor_TimelockIsFixed();
    }

    /// @inheritdoc GovernorGuarded
    function cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) public override(Governor, GovernorGuarded) returns (uint256) {
        return super.cancel(targets, values, calldatas, descriptionHash);
    }

    /// @dev Quorum is weighed only where reaching it can extend the deadline: an earlier vote saves the reading. As
    /// quorum, once reached, stays reached, the outcome is that of `GovernorPreventLateQuorum`.
    function _countVote(uint256 proposalId, address account, uint8 support, uint256 totalWeight, bytes memory params)
        internal
        override(Governor, GovernorCountingFractional)
        returns (uint256 votedWeight)
    {
        uint256 before = _isLate(proposalId) ? _votesForQuorum(proposalId) : type(uint256).max;
        votedWeight = super._countVote(proposalId, account, support, totalWeight, params);
        if (before == type(uint256).max) return votedWeight;
        uint256 enough = proposalQuorum(proposalId);
        bool brought = before < enough && enough <= _votesForQuorum(proposalId);
        if (brought) GovernorPreventLateQuorum._tallyUpdated(proposalId);
    }

    function _isLate(uint256 proposalId) private view returns (bool) {
        uint256 left = proposalDeadline(proposalId) - clock();
        return left < _largestExtension() && left < lateQuorumVoteExtension();
    }

    /// @dev Done by `_countVote`.
    function _tallyUpdated(uint256) internal override(Governor, GovernorPreventLateQuorum) {}

    function _quorumReached(uint256 proposalId)
        internal
        view
        override(Governor, GovernorCountingFractional)
        returns (bool)
    {
        return _votesForQuorum(proposalId) >= proposalQuorum(proposalId);
    }

    function _votesForQuorum(uint256 proposalId) private view returns (uint256) {
        (, uint256 votesFor, uint256 abstentions) = proposalVotes(proposalId);
        return votesFor + abstentions;
    }

    function _voteSucceeded(uint256 proposalId)
        internal
        view
        override(Governor, GovernorCountingFractional)
        returns (bool)
    {
        (uint256 against, uint256 votesFor,) = proposalVotes(proposalId);
        return _isApproved(proposalId, votesFor, against);
    }

    function _validateCancel(uint256 proposalId, address caller)
        internal
        view
        override(Governor, GovernorGuarded)
        returns (bool)
    {
        return super._validateCancel(proposalId, caller);
    }

    function _validateVoteSig(uint256 proposalId, uint8 support, address voter, bytes memory signature)
        internal
        override(Governor, GovernorNoncesKeyed)
        returns (bool)
    {
        return super._validateVoteSig(proposalId, support, voter, signature);
    }

    function _validateExtendedVoteSig(
        uint256 proposalId,
        uint8 support,
        address voter,
        string memory reason,
        bytes memory params,
        bytes memory signature
    ) internal override(Governor, GovernorNoncesKeyed) returns (bool) {
        return super._validateExtendedVoteSig(proposalId, support, voter, reason, params, signature);
    }

    function _useCheckedNonce(address owner, uint256 nonce) internal override(Nonces, GovernorNoncesKeyed) {
        super._useCheckedNonce(owner, nonce);
    }

    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override(Governor, GovernorTyped) returns (uint256) {
        return super._propose(targets, values, calldatas, description, proposer);
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        uint48 eta = super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
        return _etaAfter(proposalId, eta);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        _checkExecutable(proposalId, targets, values, calldatas);
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }
}
