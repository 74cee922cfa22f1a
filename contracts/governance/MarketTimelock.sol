// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IMarketTimelock} from "contracts/interfaces/IMarketTimelock.sol";
import {Bounds} from "contracts/types/Rules.sol";

/// @title The market's timelock
/// @notice See `IMarketTimelock`. It holds every right that members vote on.
contract MarketTimelock is IMarketTimelock, TimelockController {
    uint96 private immutable _min;
    uint96 private immutable _max;
    uint96 private immutable _step;

    /// @param minDelay seconds between queueing and execution, at first
    /// @param admin gives the governor its roles, then renounces
    /// @param bounds the limits of the delay in seconds; `notice` must be zero
    constructor(
        uint256 minDelay,
        address[] memory proposers,
        address[] memory executors,
        address admin,
        Bounds memory bounds
    ) TimelockController(minDelay, proposers, executors, admin) {
        if (bounds.min == 0 || bounds.notice != 0 || minDelay < bounds.min || minDelay > bounds.max) {
            revert MarketTimelock_BadBounds();
        }
        _min = bounds.min;
        _max = bounds.max;
        _step = bounds.step;
    }

    /// @inheritdoc IMarketTimelock
    function delayBounds() public view returns (Bounds memory) {
        return Bounds({min: _min, max: _max, step: _step, notice: 0});
    }

    /// @notice By the timelock itself only: seconds between queueing and execution, for what is queued from now on.
    function updateDelay(uint256 newDelay) public override {
        uint256 oldDelay = getMinDelay();
        super.updateDelay(newDelay);
        if (newDelay < _min || newDelay > _max) {
            revert MarketTimelock_OutOfBounds(newDelay, _min, _max);
        }
        uint256 change = newDelay > oldDelay ? newDelay - oldDelay : oldDelay - newDelay;
        if (change > _step) revert MarketTimelock_StepTooLarge(oldDelay, newDelay, _step);
    }
}
