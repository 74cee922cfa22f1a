// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILabels} from "contracts/interfaces/ILabels.sol";

/// @title Labels that anyone can give and take
contract StubLabels is ILabels {
    mapping(address account => uint256) public labelsOf;

    function set(address account, uint256 mask) external {
        labelsOf[account] = mask;
    }
}
