// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The seats of a panel: 16 to a word, each a juror's position in the pool plus one, or zero
///
///   255    240                  31     16 15      0
///   [ seat 15 ]  ...             [ seat 1 ][ seat 0 ]     word 0; seats 16 to 30 in word 1
library SeatWords {
    uint256 private constant PER_WORD = 16;
    uint256 private constant BITS = 16;

    function at(uint256[2] storage self, uint256 seat) internal view returns (uint256) {
        return _at(self[seat / PER_WORD], seat % PER_WORD);
    }

    function set(uint256[2] storage self, uint256 seat, uint256 value) internal {
        uint256 shift = (seat % PER_WORD) * BITS;
        self[seat / PER_WORD] = (self[seat / PER_WORD] & ~(uint256(type(uint16).max) << shift)) | (value << shift);
    }

    /// @return free the first seat that is empty, or `count`
    /// @return taken whether this value sits in one of the first `count` seats
    function find(uint256[2] storage self, uint256 count, uint256 value)
        internal
        view
        returns (uint256 free, bool taken)
    {
        free = count;
        uint256 word = self[0];
        for (uint256 i; i < count; ++i) {
            if (i == PER_WORD) word = self[1];
            uint256 found = _at(word, i % PER_WORD);
            if (found == value) return (free, true);
            if (found == 0 && free == count) free = i;
        }
    }

    function _at(uint256 word, uint256 place) private pure returns (uint256) {
        return (word >> (place * BITS)) & type(uint16).max;
    }
}

/// @title What is kept of a seat's vote, in one word: nothing, a commitment, or below 2^32 a mark
///
///   31     19     18        17       16      15        0
///   [ zero  ][ denounced ][ struck ][ revealed ][ choice ]
library VoteWords {
    uint256 private constant REVEALED = 1 << 16;
    uint256 internal constant STRUCK = 1 << 17;
    uint256 internal constant DENOUNCED = 1 << 18;
    uint256 private constant FIRST_COMMITMENT = 1 << 32;

    function reveal(uint256 choice_) internal pure returns (uint256) {
        return REVEALED | choice_;
    }

    function isCommitment(uint256 word) internal pure returns (bool) {
        return word >= FIRST_COMMITMENT;
    }

    function isRevealed(uint256 word) internal pure returns (bool) {
        return word < FIRST_COMMITMENT && word & REVEALED != 0;
    }

    function isVoid(uint256 word) internal pure returns (bool) {
        return word == STRUCK || word == DENOUNCED;
    }

    function choice(uint256 word) internal pure returns (uint256) {
        return word & type(uint16).max;
    }
}
