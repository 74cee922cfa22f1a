// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TradeWord} from "contracts/libraries/TradeWord.sol";
import {TrancheStatus} from "contracts/types/Trade.sol";
import {Test, between, check, checkEqual, vm} from "tests/invariants/support/Vm.sol";

/// @title What is stored of a tranche is read again, and touches no other
contract TradeWordFuzz is Test {
    using TradeWord for uint32;
    using TradeWord for uint256;

    uint256 private constant LONGEST = 2 ** 28 - 1;

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_aCellIsReadAsWritten(uint256 which, uint256 bps, uint40 start, uint256 elapsed) public {
        TrancheStatus status = TrancheStatus(between(which, 2, 10));
        bps = between(bps, 0, 10_000);
        elapsed = between(elapsed, 0, 4 * LONGEST);
        vm.warp(start + elapsed);
        uint32 cell = TradeWord.encode(status, bps, start);
        check(cell.status() == status, "another status");
        check(cell.isFinal() == (status >= TrancheStatus.Accepted), "final or not");
        uint256 since = elapsed > LONGEST ? LONGEST : elapsed;
        if (status >= TrancheStatus.Split) {
            checkEqual(cell.performerBps(), bps, "another share");
            since -= since % 16_384;
        } else {
            bool paid = status == TrancheStatus.Accepted || status == TrancheStatus.Lapsed;
            checkEqual(cell.performerBps(), paid ? 10_000 : 0, "a share of all or nothing");
        }
        checkEqual(cell.since(start), start + since, "another time");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_nothingHappensBeforeTheStart(uint256 which, uint40 time, uint40 ahead) public {
        TrancheStatus status = TrancheStatus(between(which, 2, 10));
        vm.warp(time);
        uint256 start = uint256(time) + ahead;
        checkEqual(TradeWord.encode(status, 0, start).since(start), start, "before the start");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function test_aCellOfZeroIsAnOpenTranche() public pure {
        check(uint32(0).status() == TrancheStatus.Open, "not open");
        checkEqual(uint32(0).since(77), 77, "not since the opening");
        check(!uint32(0).isFinal(), "final");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_aCellIsWrittenAlone(uint256 word, uint256 one, uint256 other, uint32 cell) public pure {
        (uint256 firstWord, uint256 shift) = TradeWord.locate(between(one, 0, 19));
        (uint256 otherWord, uint256 otherShift) = TradeWord.locate(between(other, 0, 19));
        uint256 written = word.withCell(shift, cell);
        checkEqual(written.cellAt(shift), cell, "not written");
        if (firstWord == otherWord && shift != otherShift) {
            checkEqual(written.cellAt(otherShift), word.cellAt(otherShift), "another cell changed");
        }
        if (firstWord == 0) checkEqual(written >> 128, word >> 128, "the fingerprint changed");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function test_everyTrancheHasAPlaceOfItsOwn() public pure {
        for (uint256 i; i < 20; ++i) {
            (uint256 word, uint256 shift) = TradeWord.locate(i);
            check(word == (i < 4 ? 0 : (i + 4) / 8) && shift % 32 == 0, "no place");
            check(shift < (word == 0 ? 128 : 256), "over the fingerprint");
            for (uint256 j; j < i; ++j) {
                (uint256 otherWord, uint256 otherShift) = TradeWord.locate(j);
                check(word != otherWord || shift != otherShift, "two in one place");
            }
        }
    }
}
