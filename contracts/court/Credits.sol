// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ICourt} from "contracts/interfaces/ICourt.sol";

/// @title What the Court owes, in coin
/// @dev Nothing is ever pushed: who cannot be paid holds up nobody else.
abstract contract Credits is ICourt, ReentrancyGuardTransient {
    mapping(address account => uint256) private _credits;

    /// @inheritdoc ICourt
    function withdraw(address account, address to) external nonReentrant returns (uint256 amount) {
        if (to == address(0)) revert Court_ZeroAddress();
        if (to != account && msg.sender != account) revert Court_NotOwner(account);
        amount = _credits[account];
        if (amount == 0) revert Court_NoCredit(account);
        delete _credits[account];
        emit Withdrawn(account, to, amount);
        bool ok;
        // Nothing of what the payee returns is copied.
        assembly ("memory-safe") {
            ok := call(gas(), to, amount, 0, 0, 0, 0)
        }
        if (!ok) revert Court_PayoutFailed(to);
    }

    /// @inheritdoc ICourt
    function creditOf(address account) external view returns (uint256) {
        return _credits[account];
    }

    function _credit(address account, uint256 amount) internal {
        if (amount == 0) return;
        _credits[account] += amount;
        emit Credited(account, amount);
    }
}
