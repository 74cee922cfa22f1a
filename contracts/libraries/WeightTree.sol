// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Weights of 32,768 leaves, summed in a tree of eight branches and five levels, that remembers every epoch
/// @dev Nodes are numbered as in a heap: the root is 1, the children of n are 8n to 8n + 7, and position p is leaf
/// 32,768 + p, whose word tells who holds it. A word carries the epoch in which it last changed:
///
///   255        224 223    196             55     28 27      0
///   [   epoch     ][ child 7 ]    ...    [ child 1 ][ child 0 ]      a node: the sums of its children
///   [   epoch     ][                0    ][      holder       ]      a leaf (160 bits)
///
/// The first change of a word in an epoch keeps what it was under (epoch - 1, number): the older words of a number are
/// a list, each naming the epoch under whose predecessor the next stands. So a word as it was at the end of an epoch is
/// found in one read if it has not changed since, in one more for every epoch since then in which it did. Epochs count
/// from 1; at the end of epoch 0 there was nothing.
///
/// A leaf weighs at most MAX_WEIGHT, so that a child of the root (4,096 leaves) has room in 28 bits.
// Holders are cut out of words.
// forge-lint: disable-next-item(unsafe-typecast)
library WeightTree {
    struct Tree {
        uint256[65_536] words;
        mapping(uint256 epochAndNumber => uint256) older;
    }

    uint256 internal constant POSITIONS = 32_768;
    uint256 internal constant MAX_WEIGHT = 65_535;

    uint256 private constant ROOT = 1;
    uint256 private constant CELL_BITS = 28;
    uint256 private constant CELL = 2 ** CELL_BITS - 1;
    uint256 private constant EPOCH_SHIFT = 224;
    uint256 private constant BODY = 2 ** EPOCH_SHIFT - 1;

    /// @notice The position that `number`, modulo the total weight, falls on, at the end of an epoch, and its holder.
    /// @return holder zero if nothing had any weight
    function draw(Tree storage tree, uint256 epoch, uint256 number)
        internal
        view
        returns (address holder, uint256 position)
    {
        unchecked {
            uint256 word = _wordAt(tree, ROOT, epoch);
            uint256 total = _sum(word);
            if (total == 0) return (address(0), 0);
            uint256 left = number % total;
            uint256 node = ROOT;
            while (true) {
                node <<= 3;
                uint256 weight = word & CELL;
                // Ends within the node: `left` is less than the sum of its cells.
                while (left >= weight) {
                    left -= weight;
                    word >>= CELL_BITS;
                    weight = word & CELL;
                    ++node;
                }
                word = _wordAt(tree, node, epoch);
                if (node >= POSITIONS) return (address(uint160(word)), node - POSITIONS);
            }
        }
    }

    /// @notice Sets a leaf's weight, at most MAX_WEIGHT, in an epoch not before that of any change so far.
    function setWeight(Tree storage tree, uint256 epoch, uint256 position, uint256 weight) internal {
        unchecked {
            // Modulo 2^256: adds a negative difference as well.
            uint256 difference = weight - weightOf(tree, position);
            uint256 node = POSITIONS + position;
            while (node > ROOT) {
                uint256 shift = (node & 7) * CELL_BITS;
                node >>= 3;
                _write(tree, node, epoch, tree.words[node] + (difference << shift));
            }
        }
    }

    /// @notice Says who holds a position from an epoch on.
    function setHolder(Tree storage tree, uint256 epoch, uint256 position, address holder) internal {
        _write(tree, POSITIONS + position, epoch, uint160(holder));
    }

    /// @return a leaf's weight now
    function weightOf(Tree storage tree, uint256 position) internal view returns (uint256) {
        return (tree.words[(POSITIONS + position) >> 3] >> ((position & 7) * CELL_BITS)) & CELL;
    }

    /// @return who held a position at the end of an epoch
    function holderAt(Tree storage tree, uint256 epoch, uint256 position) internal view returns (address) {
        return address(uint160(_wordAt(tree, POSITIONS + position, epoch)));
    }

    /// @return all weights together at the end of an epoch
    function totalAt(Tree storage tree, uint256 epoch) internal view returns (uint256) {
        return _sum(_wordAt(tree, ROOT, epoch));
    }

    function _write(Tree storage tree, uint256 number, uint256 epoch, uint256 body) private {
        uint256 old = tree.words[number];
        if (old != 0 && old >> EPOCH_SHIFT < epoch) tree.older[_key(epoch, number)] = old;
        tree.words[number] = epoch << EPOCH_SHIFT | (body & BODY);
    }

    function _wordAt(Tree storage tree, uint256 number, uint256 epoch) private view returns (uint256 word) {
        word = tree.words[number];
        while (word >> EPOCH_SHIFT > epoch) {
            word = tree.older[_key(word >> EPOCH_SHIFT, number)];
        }
    }

    /// @dev Where the word stands that was replaced in an epoch.
    function _key(uint256 epoch, uint256 number) private pure returns (uint256) {
        unchecked {
            return (epoch - 1) << 16 | number;
        }
    }

    function _sum(uint256 word) private pure returns (uint256 sum) {
        unchecked {
            word &= BODY;
            while (word != 0) {
                sum += word & CELL;
                word >>= CELL_BITS;
            }
        }
    }
}
