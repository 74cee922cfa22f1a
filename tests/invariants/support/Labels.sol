// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILabels} from "contracts/interfaces/ILabels.sol";

/// @title Labels as a test gives and takes them
contract Labels is ILabels {
    mapping(address account => uint256) public labelsOf;

    function set(address account, uint256 mask) external {
        labelsOf[account] = mask;
    }
}
