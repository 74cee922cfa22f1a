// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ReviewState, ReviewStatus, ReviewWord} from "contracts/types/Review.sol";

/// @title What is stored of a review; the layout is drawn beside the type
/// @dev The casts cut fields out of words.
// forge-lint: disable-next-item(unsafe-typecast)
library ReviewWords {
    uint256 private constant STATUS = 248;
    uint256 private constant TIME = 208;
    uint256 private constant REPLIED = 1 << 8;

    function committed(bytes26 commitment_, uint40 commitUntil_) internal pure returns (ReviewWord) {
        return _pack(ReviewStatus.Committed, commitUntil_, uint208(commitment_));
    }

    function revealed(uint8 rating) internal view returns (ReviewWord) {
        return _pack(ReviewStatus.Revealed, uint40(block.timestamp), rating);
    }

    function withReply(ReviewWord self) internal pure returns (ReviewWord) {
        return ReviewWord.wrap(ReviewWord.unwrap(self) | REPLIED);
    }

    function status(ReviewWord self) internal pure returns (ReviewStatus) {
        return ReviewStatus(ReviewWord.unwrap(self) >> STATUS);
    }

    /// @return the last second (unix) of commitments, of a committed review
    function commitUntil(ReviewWord self) internal pure returns (uint256) {
        return uint40(ReviewWord.unwrap(self) >> TIME);
    }

    function commitment(ReviewWord self) internal pure returns (bytes26) {
        return bytes26(uint208(ReviewWord.unwrap(self)));
    }

    function isReplied(ReviewWord self) internal pure returns (bool) {
        return ReviewWord.unwrap(self) & REPLIED != 0;
    }

    function stateOf(ReviewWord self) internal pure returns (ReviewState memory state) {
        state.status = status(self);
        uint40 time = uint40(commitUntil(self));
        if (state.status == ReviewStatus.Committed) {
            (state.commitUntil, state.commitment) = (time, commitment(self));
        } else if (state.status == ReviewStatus.Revealed) {
            state.revealedAt = time;
            (state.rating, state.replied) = (uint8(ReviewWord.unwrap(self)), isReplied(self));
        }
    }

    function _pack(ReviewStatus status_, uint40 time, uint208 rest) private pure returns (ReviewWord) {
        return ReviewWord.wrap((uint256(status_) << STATUS) | (uint256(time) << TIME) | rest);
    }
}
