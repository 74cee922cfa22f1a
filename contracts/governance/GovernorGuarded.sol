// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {IMarketGovernor} from "contracts/interfaces/IMarketGovernor.sol";

/// @title A guardian that may cancel proposals for a time, and can be dismissed
abstract contract GovernorGuarded is IMarketGovernor, Governor {
    address private immutable _guardian;
    uint40 private immutable _guardianUntil;

    bool private _dismissed;

    constructor(address guardian_, uint40 guardianUntil_) {
        _guardian = guardian_;
        _guardianUntil = guardianUntil_;
    }

    /// @inheritdoc IMarketGovernor
    function guardian() public view returns (address) {
        return _guardian;
    }

    /// @inheritdoc IMarketGovernor
    function guardianUntil() public view returns (uint256) {
        return _guardianUntil;
    }

    /// @inheritdoc IMarketGovernor
    function guardianDismissed() public view returns (bool) {
        return _dismissed;
    }

    /// @inheritdoc IMarketGovernor
    function dismissGuardian() public onlyGovernance {
        if (_dismissed) revert MarketGovernor_AlreadyDismissed();
        _dismissed = true;
        emit GuardianDismissed(_guardian);
    }

    /// @notice The proposer, while the proposal is pending; the guardian, until it succeeds to be executed or expires.
    function cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) public virtual override returns (uint256) {
        if (msg.sender == _guardian && _isDismissal(targets, calldatas)) {
            revert MarketGovernor_DismissalIsProtected(getProposalId(targets, values, calldatas, descriptionHash));
        }
        return super.cancel(targets, values, calldatas, descriptionHash);
    }

    function _validateCancel(uint256 proposalId, address caller) internal view virtual override returns (bool) {
        return _guardianMayCancel(proposalId, caller) || super._validateCancel(proposalId, caller);
    }

    function _guardianMayCancel(uint256 proposalId, address caller) private view returns (bool) {
        if (caller != _guardian || _dismissed || clock() > _guardianUntil) return false;
        bytes32 cancellable = _encodeStateBitmap(ProposalState.Pending) | _encodeStateBitmap(ProposalState.Active)
            | _encodeStateBitmap(ProposalState.Succeeded) | _encodeStateBitmap(ProposalState.Queued);
        return _encodeStateBitmap(state(proposalId)) & cancellable != 0;
    }

    /// @dev With anything beside it, a dismissal could carry a hostile action past the guardian.
    function _isDismissal(address[] memory targets, bytes[] memory calldatas) private view returns (bool) {
        return targets.length == 1 && calldatas.length == 1 && targets[0] == address(this)
            && bytes4(calldatas[0]) == IMarketGovernor.dismissGuardian.selector;
    }
}
