// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SplitMath} from "contracts/libraries/SplitMath.sol";
import {Tranche} from "contracts/types/Trade.sol";
import {PlainTranche, Reference} from "tests/invariants/support/Reference.sol";
import {Test, between, check, checkEqual} from "tests/invariants/support/Vm.sol";

/// @title Not a unit is made or lost by dividing a tranche, whatever its size
contract SplitMathFuzz is Test {
    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_theSumsAddUp(uint128 amount, uint256 bps, uint256 feeBps, bool ownMoney) public pure {
        bps = between(bps, 0, 10_000);
        feeBps = between(feeBps, 0, 10_000);
        (uint256 toPerformer, uint256 toChecker, uint256 fee) = _payouts(amount, bps, feeBps, ownMoney);
        checkEqual(toPerformer + toChecker + fee, amount, "a unit is made or lost");
        // By multiplying out, not by dividing: gross is the largest number of units that is no more than the share.
        uint256 gross = toPerformer + fee;
        check(gross * 10_000 <= uint256(amount) * bps, "performer's share rounded up");
        check((gross + 1) * 10_000 > uint256(amount) * bps, "performer's share too small");
        check(fee * 10_000 <= gross * (ownMoney ? 0 : feeBps), "fee rounded up");
        check(ownMoney || (fee + 1) * 10_000 > gross * feeBps, "fee too small");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_oneSideHasAllAtTheEnds(uint128 amount, uint256 feeBps, bool ownMoney) public pure {
        feeBps = between(feeBps, 0, 1000);
        (uint256 toPerformer, uint256 toChecker, uint256 fee) = _payouts(amount, 0, feeBps, ownMoney);
        check(toPerformer == 0 && fee == 0 && toChecker == amount, "not all for the checker");
        (toPerformer, toChecker, fee) = _payouts(amount, 10_000, feeBps, ownMoney);
        check(toChecker == 0 && toPerformer + fee == amount, "not all for the performer");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_aLargerShareNeverPaysLess(uint128 amount, uint256 bps, uint256 feeBps) public pure {
        bps = between(bps, 0, 9999);
        feeBps = between(feeBps, 0, 1000);
        (uint256 less, uint256 more,) = _payouts(amount, bps, feeBps, false);
        (uint256 lessThen, uint256 moreThen,) = _payouts(amount, bps + 1, feeBps, false);
        check(lessThen >= less && moreThen <= more, "a larger share pays less");
    }

    function _payouts(uint128 amount, uint256 bps, uint256 feeBps, bool ownMoney)
        private
        pure
        returns (uint256, uint256, uint256)
    {
        Tranche tranche = Reference.pack(PlainTranche(ownMoney ? 0 : 1, 0, 1, amount, 1, 1));
        return SplitMath.payouts(tranche, bps, feeBps);
    }
}
