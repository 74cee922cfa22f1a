// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Who has which labels: what the Escrow asks of the attestations
interface ILabels {
    /// @notice The labels that an account has now; bit i is label i.
    function labelsOf(address account) external view returns (uint256 mask);
}
