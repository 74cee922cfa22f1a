// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IJurorPool} from "contracts/interfaces/IJurorPool.sol";

/// @title Jurors' money in and out
/// @dev Ledgers decide, never balances: what is donated belongs to nobody.
abstract contract StakeVault is IJurorPool, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @inheritdoc IJurorPool
    address public immutable asset;

    /// @inheritdoc IJurorPool
    mapping(address account => uint256) public creditOf;

    constructor(address asset_) {
        asset = asset_;
    }

    /// @inheritdoc IJurorPool
    function withdrawCredit(address account, address to) external nonReentrant returns (uint256 amount) {
        if (to == address(0)) revert JurorPool_ZeroAddress();
        if (to != account && msg.sender != account) revert JurorPool_NotOwner(account);
        amount = creditOf[account];
        if (amount == 0) revert JurorPool_NoCredit(account);
        delete creditOf[account];
        emit CreditWithdrawn(account, to, amount);
        if (!_send(to, amount)) revert JurorPool_PayoutFailed(to);
    }

    /// @dev Takes `amount` from the caller, all of it or nothing.
    function _pull(uint256 amount) internal {
        if (asset == address(0)) {
            if (msg.value != amount) revert JurorPool_WrongValue(msg.value, amount);
            return;
        }
        if (msg.value != 0) revert JurorPool_WrongValue(msg.value, 0);
        uint256 before = IERC20(asset).balanceOf(address(this));
        IERC20(asset).safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = IERC20(asset).balanceOf(address(this)) - before;
        if (received != amount) revert JurorPool_ReceivedLess(received, amount);
    }

    function _credit(address account, uint256 amount) internal {
        creditOf[account] += amount;
        emit Credited(account, amount);
    }

    /// @return ok true only if the receiver's or the token's code ran without fault; nothing of its answer is copied
    function _send(address to, uint256 amount) internal returns (bool ok) {
        if (asset != address(0)) return IERC20(asset).trySafeTransfer(to, amount);
        assembly ("memory-safe") {
            ok := call(gas(), to, amount, 0, 0, 0, 0)
        }
    }
}
