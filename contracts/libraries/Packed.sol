// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Conditions, Pin, Tranche} from "contracts/types/Trade.sol";

/// @title Reading the packed words of a trade; the layouts are drawn beside the types
library TrancheWord {
    function amount(Tranche t) internal pure returns (uint256) {
        return uint128(Tranche.unwrap(t));
    }

    function dueIn(Tranche t) internal pure returns (uint256) {
        return uint32(Tranche.unwrap(t) >> 128);
    }

    function reviewPeriod(Tranche t) internal pure returns (uint256) {
        return uint32(Tranche.unwrap(t) >> 160);
    }

    function funder(Tranche t) internal pure returns (uint256) {
        return uint8(Tranche.unwrap(t) >> 192);
    }

    function performer(Tranche t) internal pure returns (uint256) {
        return uint8(Tranche.unwrap(t) >> 200);
    }

    function checker(Tranche t) internal pure returns (uint256) {
        return uint8(Tranche.unwrap(t) >> 208);
    }

    function isClean(Tranche t) internal pure returns (bool) {
        return Tranche.unwrap(t) >> 216 == 0;
    }
}

library ConditionsWord {
    function kind(Conditions c) internal pure returns (uint8) {
        return uint8(Conditions.unwrap(c));
    }

    function maxFeeBps(Conditions c) internal pure returns (uint16) {
        return uint16(Conditions.unwrap(c) >> 8);
    }

    function createdAt(Conditions c) internal pure returns (uint40) {
        return uint40(Conditions.unwrap(c) >> 24);
    }

    function expiresAt(Conditions c) internal pure returns (uint40) {
        return uint40(Conditions.unwrap(c) >> 64);
    }

    function fills(Conditions c) internal pure returns (uint32) {
        return uint32(Conditions.unwrap(c) >> 104);
    }

    function salt(Conditions c) internal pure returns (uint40) {
        return uint40(Conditions.unwrap(c) >> 136);
    }

    /// @return whether nothing is asked for beyond the fields that every offer has
    function isPlain(Conditions c) internal pure returns (bool) {
        return Conditions.unwrap(c) >> 176 == 0;
    }

    /// @return zero if the trade starts when it is opened
    function startsAt(Conditions c) internal pure returns (uint40) {
        return uint40(Conditions.unwrap(c) >> 176);
    }

    /// @return the sponsor's place, counted from 1; zero if there is none
    function sponsor(Conditions c) internal pure returns (uint8) {
        return uint8(Conditions.unwrap(c) >> 216);
    }

    /// @return the labels that the taker must have, a bit each
    function labels(Conditions c) internal pure returns (uint16) {
        return uint16(Conditions.unwrap(c) >> 224);
    }

    /// @return the reputation that the taker must have, in whole points
    function leastPoints(Conditions c) internal pure returns (uint16) {
        return uint16(Conditions.unwrap(c) >> 240);
    }
}

library PinWord {
    /// @dev The open seat of an offer that names every party.
    uint256 internal constant NO_SEAT = 255;

    function pack(
        uint32 fill_,
        uint256 openedAt_,
        uint32 rulesVersion_,
        uint16 feeBps_,
        bytes8 salt_,
        uint256 openSeat_,
        uint256 startsIn_
    ) internal pure returns (Pin) {
        return Pin.wrap(
            uint256(fill_) | (openedAt_ << 32) | (uint256(rulesVersion_) << 72) | (uint256(feeBps_) << 104)
                | (uint256(uint64(salt_)) << 120) | (openSeat_ << 184) | (startsIn_ << 192)
        );
    }

    function fill(Pin p) internal pure returns (uint32) {
        return uint32(Pin.unwrap(p));
    }

    function openedAt(Pin p) internal pure returns (uint256) {
        return uint40(Pin.unwrap(p) >> 32);
    }

    /// @return when the trade starts (unix seconds): its times count from here
    function start(Pin p) internal pure returns (uint256) {
        // No overflow: 40 bits and 32 bits.
        unchecked {
            return openedAt(p) + uint32(Pin.unwrap(p) >> 192);
        }
    }

    function rulesVersion(Pin p) internal pure returns (uint32) {
        return uint32(Pin.unwrap(p) >> 72);
    }

    function feeBps(Pin p) internal pure returns (uint16) {
        return uint16(Pin.unwrap(p) >> 104);
    }

    function openSeat(Pin p) internal pure returns (uint256) {
        return uint8(Pin.unwrap(p) >> 184);
    }
}
