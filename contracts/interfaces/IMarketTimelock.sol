// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Bounds} from "contracts/types/Rules.sol";

/// @title What the market's timelock adds to OpenZeppelin's `TimelockController`
/// @notice The delay between a vote and its execution stays within bounds fixed at deployment, and moves by a largest
/// step per vote.
interface IMarketTimelock {
    /// @dev Deployment only: the limits contradict themselves or the first delay, or would allow none.
    error MarketTimelock_BadBounds();
    /// @notice The delay would leave its bounds (seconds).
    error MarketTimelock_OutOfBounds(uint256 value, uint256 min, uint256 max);
    /// @notice The delay would change by more than one vote may change it (seconds).
    error MarketTimelock_StepTooLarge(uint256 oldValue, uint256 newValue, uint256 step);

    /// @notice The limits of the delay in seconds; `notice` is zero: a new delay counts from its execution.
    function delayBounds() external view returns (Bounds memory);
}
