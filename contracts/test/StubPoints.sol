// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Reputation as the tests say it is
contract StubPoints {
    mapping(address account => uint256) public pointsOf;

    function set(address[] calldata accounts, uint256 points) external {
        for (uint256 i; i < accounts.length; ++i) {
            pointsOf[accounts[i]] = points;
        }
    }
}
