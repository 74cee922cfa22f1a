// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TrancheWord} from "contracts/libraries/Packed.sol";
import {BPS} from "contracts/types/Rules.sol";
import {Tranche} from "contracts/types/Trade.sol";

/// @title How a tranche is divided
library SplitMath {
    using TrancheWord for Tranche;

    /// @notice Divide a tranche; the three sums add up to its amount, to the unit.
    /// @dev The performer's share is rounded down and the checker has the rest; the fee is rounded down. A performer
    /// who funded the tranche gets its own money back and pays no fee. Nothing overflows: an amount has 128 bits.
    /// @param performerBps the performer's share in basis points, at most 10,000
    /// @param feeBps the fee in basis points of the performer's share, at most 10,000
    // The fee is a share of what was rounded before, as its definition says.
    // slither-disable-next-line divide-before-multiply
    function payouts(Tranche tranche, uint256 performerBps, uint256 feeBps)
        internal
        pure
        returns (uint256 toPerformer, uint256 toChecker, uint256 fee)
    {
        unchecked {
            uint256 amount = tranche.amount();
            toPerformer = amount * performerBps / BPS;
            toChecker = amount - toPerformer;
            if (tranche.funder() != tranche.performer()) {
                fee = toPerformer * feeBps / BPS;
                toPerformer -= fee;
            }
        }
    }
}
