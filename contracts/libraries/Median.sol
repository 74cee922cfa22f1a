// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The median of the votes of a panel
library Median {
    /// @dev Of an even number of votes, the mean of the two in the middle, rounded down. Sorts `votes` in place; there
    /// must be at least one.
    function ofVotes(uint256[] memory votes) internal pure returns (uint256) {
        uint256 count = votes.length;
        for (uint256 i = 1; i < count; ++i) {
            uint256 vote = votes[i];
            uint256 j = i;
            for (; j > 0 && votes[j - 1] > vote; --j) {
                votes[j] = votes[j - 1];
            }
            votes[j] = vote;
        }
        uint256 middle = count / 2;
        return count % 2 == 1 ? votes[middle] : (votes[middle - 1] + votes[middle]) / 2;
    }
}
