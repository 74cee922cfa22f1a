// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IJurorPool} from "contracts/interfaces/IJurorPool.sol";
import {Tier} from "contracts/types/JurorPool.sol";

/// One to four tiers of reputation in a word, the lowest first: 56 bits of points and 8 of the multiplier each; those
/// that are not used are zero.
type PackedTiers is uint256;

using TierList for PackedTiers global;

/// @title How much a juror's stake counts by its reputation
// Cells are cut out of words.
// forge-lint: disable-next-item(unsafe-typecast)
library TierList {
    uint256 private constant MAX_TIERS = 4;
    uint256 private constant MAX_MULTIPLIER = 4;
    uint256 private constant TIER_BITS = 64;
    uint256 private constant POINTS_BITS = 56;

    /// @return packed the tiers
    /// @return highest the multiplier of the last
    function pack(Tier[] memory list) internal pure returns (PackedTiers packed, uint256 highest) {
        if (list.length == 0 || list.length > MAX_TIERS) revert IJurorPool.JurorPool_BadTiers();
        uint256 word;
        for (uint256 i; i < list.length; ++i) {
            (uint256 points, uint256 multiplier) = (list[i].minPoints, list[i].multiplier);
            if (multiplier == 0 || multiplier > MAX_MULTIPLIER || multiplier < highest) {
                revert IJurorPool.JurorPool_BadTiers();
            }
            if (i != 0 && points <= list[i - 1].minPoints) revert IJurorPool.JurorPool_BadTiers();
            highest = multiplier;
            word |= (multiplier << POINTS_BITS | points) << (i * TIER_BITS);
        }
        packed = PackedTiers.wrap(word);
    }

    function unpack(PackedTiers packed) internal pure returns (Tier[] memory list) {
        uint256 count;
        for (uint256 word = PackedTiers.unwrap(packed); word != 0; word >>= TIER_BITS) {
            ++count;
        }
        list = new Tier[](count);
        for (uint256 i; i < count; ++i) {
            uint256 word = PackedTiers.unwrap(packed) >> (i * TIER_BITS);
            list[i] = Tier(uint56(word), uint8(word >> POINTS_BITS));
        }
    }

    /// @return multiplier zero below the first tier
    function multiplierFor(PackedTiers packed, uint256 points) internal pure returns (uint8 multiplier) {
        for (uint256 word = PackedTiers.unwrap(packed); word != 0 && points >= uint56(word); word >>= TIER_BITS) {
            multiplier = uint8(word >> POINTS_BITS);
        }
    }
}
