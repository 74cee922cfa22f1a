// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRandomness} from "contracts/interfaces/IRandomness.sol";

/// @title Seeds set by hand, for tests: anyone may ask, anyone may answer
contract StubRandomness is IRandomness {
    error StubRandomness_Down();

    uint256 public requests;
    bool public down;
    mapping(uint256 requestId => uint256) public seedOf;

    function request() external returns (uint256 requestId) {
        if (down) revert StubRandomness_Down();
        requestId = ++requests;
        emit SeedRequested(requestId, msg.sender);
    }

    function setDown(bool down_) external {
        down = down_;
    }

    function set(uint256 requestId, uint256 seed) external {
        seedOf[requestId] = seed;
        emit SeedSet(requestId, seed);
    }
}
