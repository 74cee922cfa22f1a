// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";

/// @title Money in and out
/// @dev Invariant: for each asset, what this contract holds covers the amounts of the tranches that are not final plus
/// all budgets and all credits. Ledgers decide, never balances: what is donated belongs to nobody. The zero address stands for the
/// chain's own coin.
abstract contract Vault is IEscrow, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev Gas for a payee, enough for a wallet contract's receiver; a payee that wants more gets a credit.
    uint256 private constant COIN_GAS = 50_000;
    /// @dev Gas for a token's transfer, several times what known tokens use.
    uint256 private constant TOKEN_GAS = 300_000;
    /// @dev Gas that must be left beside the push: the call itself, a credit in its place, and its event.
    uint256 private constant RESERVE = 75_000;
    uint256 private constant COIN_NEEDS = COIN_GAS + COIN_GAS / 63 + RESERVE;
    uint256 private constant TOKEN_NEEDS = TOKEN_GAS + TOKEN_GAS / 63 + RESERVE;

    mapping(address account => mapping(address asset => uint256)) private _credits;

    /// @inheritdoc IEscrow
    function withdraw(address account, address asset, address to) external nonReentrant returns (uint256 amount) {
        if (to == address(0)) revert Escrow_ZeroAddress();
        if (to != account && msg.sender != account) revert Escrow_NotOwner(account);
        amount = _credits[account][asset];
        if (amount == 0) revert Escrow_NoCredit(account, asset);
        delete _credits[account][asset];
        emit Withdrawn(account, asset, to, amount);
        if (!_send(asset, to, amount, gasleft())) revert Escrow_PayoutFailed(to, asset);
    }

    /// @inheritdoc IEscrow
    function creditOf(address account, address asset) external view returns (uint256) {
        return _credits[account][asset];
    }

    /// @dev Pay, or owe if paying fails. The caller of the transaction must bring enough gas for the push, so that
    /// nobody can turn another's payment into a credit by giving too little.
    function _push(address asset, address to, uint256 amount) internal {
        if (amount == 0) return;
        bool coin = asset == address(0);
        if (gasleft() < (coin ? COIN_NEEDS : TOKEN_NEEDS)) revert Escrow_GasTooLow();
        if (!_send(asset, to, amount, coin ? COIN_GAS : TOKEN_GAS)) {
            _credits[to][asset] += amount;
            emit Credited(to, asset, amount);
        }
    }

    /// @dev Owe without an attempt to pay and without an event: the event that tells of the fee is enough.
    function _credit(address asset, address to, uint256 amount) internal {
        if (amount == 0) return;
        // No overflow: each credit is backed by coin or tokens that came in.
        unchecked {
            _credits[to][asset] += amount;
        }
    }

    function _pull(address asset, address from, uint256 amount) internal {
        // `from` is the caller, or has signed the offer whose tranche it funds.
        // slither-disable-next-line arbitrary-send-erc20
        IERC20(asset).safeTransferFrom(from, address(this), amount);
    }

    /// @param before what was held of the token before it was asked for
    function _checkReceived(address asset, uint256 before, uint256 needed) internal view {
        uint256 held = _balance(asset);
        uint256 received = held > before ? held - before : 0;
        if (received < needed) revert Escrow_ReceivedLess(asset, received, needed);
    }

    function _balance(address asset) internal view returns (uint256) {
        return IERC20(asset).balanceOf(address(this));
    }

    /// @dev True only if the payee's or the token's code ran without fault. At most one word of what it returns is
    /// copied, so that a long answer costs the sender nothing.
    function _send(address asset, address to, uint256 amount, uint256 gas_) private returns (bool ok) {
        if (asset == address(0)) {
            assembly ("memory-safe") {
                ok := call(gas_, to, amount, 0, 0, 0, 0)
            }
            return ok;
        }
        bytes memory data = abi.encodeCall(IERC20.transfer, (to, amount));
        assembly ("memory-safe") {
            mstore(0, 0)
            ok := call(gas_, asset, 0, add(data, 0x20), mload(data), 0, 0x20)
            if ok {
                switch returndatasize()
                case 0 { ok := iszero(iszero(extcodesize(asset))) }
                default { ok := and(gt(returndatasize(), 0x1f), eq(mload(0), 1)) }
            }
        }
    }
}
