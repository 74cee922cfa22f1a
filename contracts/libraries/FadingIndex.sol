// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title An index that doubles every 13 weeks
/// @notice In week w from the start it is TABLE[w % 13] << (w / 13), where TABLE[k] is 2^(k/13) * 2^32, rounded down:
/// the largest integer whose 13th power is at most 2^(k + 416). In Python:
///
///     def table(k):
///         low, high = 2**32, 2**33
///         while high - low > 1:
///             middle = (low + high) // 2
///             low, high = (middle, high) if middle**13 <= 2 ** (k + 416) else (low, middle)
///         return low
///
/// @dev Every entry is at least 2^32 and less than 2^33: what is above 2^32 is packed in 32 bits each, entry 0 lowest.
library FadingIndex {
    uint256 private constant ENTRIES_0_TO_7 = 0x73d1fbfa6083b0ff4e3603be3cdba13c2c67e79a1ccedce10e05264b00000000;
    uint256 private constant ENTRIES_8_TO_12 = 0x000000000000000000000000e56a6a7ccc3631dbb450fd299da96753882ef27b;

    uint256 private constant WEEKS_TO_DOUBLE = 13;

    /// The last week whose index fits a word, more than 55 years on. There the index stands still.
    uint256 private constant LAST_WEEK = 2_911;

    /// @param elapsed seconds since the start
    function at(uint256 elapsed) internal pure returns (uint256) {
        uint256 week = elapsed / 1 weeks;
        if (week > LAST_WEEK) week = LAST_WEEK;
        uint256 k = week % WEEKS_TO_DOUBLE;
        uint256 entry = k < 8 ? ENTRIES_0_TO_7 >> (32 * k) : ENTRIES_8_TO_12 >> (32 * (k - 8));
        return (1 << 32 | (entry & type(uint32).max)) << (week / WEEKS_TO_DOUBLE);
    }
}
