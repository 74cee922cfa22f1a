// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {BPS, DisputeRules} from "contracts/types/Rules.sol";
import {Pin, Tranche, TrancheState, TrancheStatus} from "contracts/types/Trade.sol";
import {PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {SplitMath} from "contracts/libraries/SplitMath.sol";

/// @title What is stored of a trade
/// @dev One word, and for the tranches from the fifth on one more word per eight:
///
///   255            128 127     96 95      64 63      32 31       0
///   [  fingerprint   ][ cell 3  ][ cell 2  ][ cell 1  ][ cell 0  ]      first word
///   [ cell 11 ] ...                          [ cell 5  ][ cell 4  ]      further words
///
///   31   28 27                             0
///   [status][ seconds since the start       ]   one side gets all, or not final
///   [status][ performer bps ][ seconds >> 14 ]   Split, Ruled, Defaulted (14 bits each)
///
/// A cell of zero is an open tranche, so that opening writes the first word only. Seconds are zero
/// before the trade's start and saturate at 2^28 - 1. The casts cut cells out of words.
// forge-lint: disable-next-item(unsafe-typecast)
library TradeWord {
    using PinWord for Pin;
    using TrancheWord for Tranche;

    uint256 internal constant CELLS_IN_FIRST = 4;
    uint256 internal constant CELLS_IN_FURTHER = 8;
    uint256 private constant MAX_SECONDS = (1 << 28) - 1;

    /// @return further zero for the first word, else which of the further words (from 1)
    /// @return shift where the cell's lowest bit stands
    function locate(uint256 tranche) internal pure returns (uint256 further, uint256 shift) {
        unchecked {
            if (tranche < CELLS_IN_FIRST) return (0, tranche * 32);
            tranche += CELLS_IN_FURTHER - CELLS_IN_FIRST;
            return (tranche / CELLS_IN_FURTHER, (tranche % CELLS_IN_FURTHER) * 32);
        }
    }

    function cellAt(uint256 word, uint256 shift) internal pure returns (uint32) {
        return uint32(word >> shift);
    }

    function withCell(uint256 word, uint256 shift, uint32 cell) internal pure returns (uint256) {
        return (word & ~(uint256(type(uint32).max) << shift)) | (uint256(cell) << shift);
    }

    function encode(TrancheStatus status_, uint256 bps, uint256 start) internal view returns (uint32) {
        unchecked {
            uint256 elapsed = Math.saturatingSub(block.timestamp, start);
            if (elapsed > MAX_SECONDS) elapsed = MAX_SECONDS;
            uint256 value = isPartial(status_) ? (bps << 14) | (elapsed >> 14) : elapsed;
            return uint32((uint256(status_) << 28) | value);
        }
    }

    function status(uint32 cell) internal pure returns (TrancheStatus) {
        return cell == 0 ? TrancheStatus.Open : TrancheStatus(cell >> 28);
    }

    /// @return when (unix seconds) the tranche entered its status, or the start if that is later
    function since(uint32 cell, uint256 start) internal pure returns (uint256) {
        uint256 value = cell & uint32(MAX_SECONDS);
        return start + (isPartial(status(cell)) ? (value & 0x3fff) << 14 : value);
    }

    /// @return the performer's share in basis points of a final tranche
    function performerBps(uint32 cell) internal pure returns (uint256) {
        TrancheStatus s = status(cell);
        if (isPartial(s)) return (cell & uint32(MAX_SECONDS)) >> 14;
        return s == TrancheStatus.Accepted || s == TrancheStatus.Lapsed ? BPS : 0;
    }

    function isPartial(TrancheStatus s) internal pure returns (bool) {
        return s >= TrancheStatus.Split;
    }

    function isFinal(uint32 cell) internal pure returns (bool) {
        return cell >> 28 >= uint32(TrancheStatus.Accepted);
    }

    function stateOf(uint32 cell, Tranche tranche, Pin pin) internal pure returns (TrancheState memory state) {
        state.status = status(cell);
        state.since = since(cell, pin.start());
        if (!isFinal(cell)) return state;
        state.performerBps = performerBps(cell);
        (state.toPerformer, state.toChecker, state.fee) = SplitMath.payouts(tranche, state.performerBps, pin.feeBps());
    }

    /// @notice What follows if nobody acts, once `dueAt` has passed.
    function afterSilence(uint32 cell, Tranche tranche, uint256 start, DisputeRules memory rules)
        internal
        pure
        returns (TrancheStatus outcome, uint256 dueAt, uint256 bps)
    {
        TrancheStatus s = status(cell);
        if (s == TrancheStatus.Open) return (TrancheStatus.Missed, start + tranche.dueIn(), 0);
        uint256 from = since(cell, start);
        if (s == TrancheStatus.Performed) return (TrancheStatus.Lapsed, from + tranche.reviewPeriod(), BPS);
        if (s == TrancheStatus.Disputed) {
            return (TrancheStatus.Defaulted, from + rules.rulingPeriod, rules.defaultPerformerBps);
        }
    }
}
