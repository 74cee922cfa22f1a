// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {StubVotes} from "contracts/test/StubVotes.sol";

/// @title Votes that count time in blocks
contract StubBlockVotes is StubVotes {
    function clock() public view override returns (uint48) {
        return uint48(block.number);
    }
}
