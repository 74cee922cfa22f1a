// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title A few seats as the bits of a byte, seat 0 lowest
library SeatBits {
    function has(uint8 bits, uint256 seat) internal pure returns (bool) {
        return (bits >> seat) & 1 == 1;
    }

    function with(uint8 bits, uint256 seat) internal pure returns (uint8) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return bits | uint8(2 ** seat);
    }

    function count(uint8 bits) internal pure returns (uint256 found) {
        for (; bits != 0; bits &= bits - 1) {
            ++found;
        }
    }
}
