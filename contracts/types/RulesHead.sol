// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FeeRules, KINDS} from "contracts/types/Rules.sol";

/// The fees of one version: 10 bits per kind (basis points, at most 1,000), kind 1 lowest.
type PackedFees is uint256;

/// Whether trades may be opened in an asset, and the one change of that which may be pending.
///
///     bit      41       40     39            0
///          +--------+--------+----------------+
///          | after  | before |   changesAt    |
///          +--------+--------+----------------+
type AssetGate is uint256;

/// All that opening a trade in the chain's own coin asks of the rules, in one word: one cold read.
///
///     bit  255  254 253       212 211     112 111        72 71          32 31       0
///          +-------+-------------+-----------+-------------+-------------+-----------+
///          | empty | native gate |   fees    | pausedUntil | effectiveAt |  version  |
///          +-------+-------------+-----------+-------------+-------------+-----------+
///
/// `version` is the newest, `effectiveAt` and `fees` are its own, in force or not.
type RulesHead is uint256;

/// @title How the rules are packed
/// @dev Values must fit their fields: the RuleBook checks them against bounds that do. The casts cut fields out.
// forge-lint: disable-next-item(unsafe-typecast, incorrect-shift)
library RulesHeads {
    uint256 private constant FEE_BITS = 10;
    uint256 private constant FEE_MASK = (1 << FEE_BITS) - 1;
    uint256 private constant FEES_MASK = (1 << (FEE_BITS * KINDS)) - 1;
    uint256 private constant GATE_MASK = (1 << 42) - 1;

    uint256 private constant EFFECTIVE_AT = 32;
    uint256 private constant PAUSED_UNTIL = 72;
    uint256 private constant FEES = 112;
    uint256 private constant GATE = 212;

    function pack(FeeRules memory rules) internal pure returns (PackedFees) {
        uint256 word;
        for (uint256 i; i < KINDS; ++i) {
            word |= uint256(rules.feeBps[i]) << (i * FEE_BITS);
        }
        return PackedFees.wrap(word);
    }

    function unpack(PackedFees self) internal pure returns (FeeRules memory rules) {
        for (uint256 i; i < KINDS; ++i) {
            rules.feeBps[i] = ofKind(self, i + 1);
        }
    }

    function ofKind(PackedFees self, uint256 kind) internal pure returns (uint16) {
        unchecked {
            return uint16((PackedFees.unwrap(self) >> ((kind - 1) * FEE_BITS)) & FEE_MASK);
        }
    }

    function newGate(bool before, bool afterwards, uint40 changesAt) internal pure returns (AssetGate) {
        return AssetGate.wrap(uint256(changesAt) | (before ? 1 << 40 : 0) | (afterwards ? 1 << 41 : 0));
    }

    function isOpen(AssetGate self) internal view returns (bool) {
        uint256 bit = block.timestamp < uint40(AssetGate.unwrap(self)) ? 40 : 41;
        return (AssetGate.unwrap(self) >> bit) & 1 != 0;
    }

    function version(RulesHead self) internal pure returns (uint32) {
        return uint32(RulesHead.unwrap(self));
    }

    function effectiveAt(RulesHead self) internal pure returns (uint40) {
        return uint40(RulesHead.unwrap(self) >> EFFECTIVE_AT);
    }

    function pausedUntil(RulesHead self) internal pure returns (uint40) {
        return uint40(RulesHead.unwrap(self) >> PAUSED_UNTIL);
    }

    function fees(RulesHead self) internal pure returns (PackedFees) {
        return PackedFees.wrap((RulesHead.unwrap(self) >> FEES) & FEES_MASK);
    }

    function nativeGate(RulesHead self) internal pure returns (AssetGate) {
        return AssetGate.wrap(RulesHead.unwrap(self) >> GATE);
    }

    function withVersion(RulesHead self, uint32 version_, uint40 effectiveAt_, PackedFees fees_)
        internal
        pure
        returns (RulesHead)
    {
        uint256 kept = RulesHead.unwrap(self) & ~(uint256(type(uint72).max) | (FEES_MASK << FEES));
        uint256 set = uint256(version_) | (uint256(effectiveAt_) << EFFECTIVE_AT) | (PackedFees.unwrap(fees_) << FEES);
        return RulesHead.wrap(kept | set);
    }

    function withPausedUntil(RulesHead self, uint40 until) internal pure returns (RulesHead) {
        uint256 kept = RulesHead.unwrap(self) & ~(uint256(type(uint40).max) << PAUSED_UNTIL);
        return RulesHead.wrap(kept | (uint256(until) << PAUSED_UNTIL));
    }

    function withNativeGate(RulesHead self, AssetGate gate) internal pure returns (RulesHead) {
        uint256 kept = RulesHead.unwrap(self) & ~(GATE_MASK << GATE);
        return RulesHead.wrap(kept | (AssetGate.unwrap(gate) << GATE));
    }
}
