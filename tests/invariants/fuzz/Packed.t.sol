// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ConditionsWord, PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {Conditions, Pin, Tranche} from "contracts/types/Trade.sol";
import {PlainConditions, PlainTranche, Reference} from "tests/invariants/support/Reference.sol";
import {Test, between, check, checkEqual} from "tests/invariants/support/Vm.sol";

/// @title Packed words are read field by field as they were packed
contract PackedFuzz is Test {
    using ConditionsWord for Conditions;
    using PinWord for Pin;
    using TrancheWord for Tranche;

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_tranche(PlainTranche memory plain) public pure {
        Tranche t = Reference.pack(plain);
        checkEqual(t.amount(), plain.amount, "amount");
        checkEqual(t.dueIn(), plain.dueIn, "dueIn");
        checkEqual(t.reviewPeriod(), plain.reviewPeriod, "reviewPeriod");
        checkEqual(t.funder(), plain.funder, "funder");
        checkEqual(t.performer(), plain.performer, "performer");
        checkEqual(t.checker(), plain.checker, "checker");
        check(t.isClean(), "unused bits");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_conditions(PlainConditions memory plain, bool plainest) public pure {
        if (plainest) (plain.startsAt, plain.sponsor, plain.labels, plain.leastPoints) = (0, 0, 0, 0);
        Conditions c = Reference.pack(plain);
        checkEqual(c.kind(), plain.kind, "kind");
        checkEqual(c.maxFeeBps(), plain.maxFeeBps, "maxFeeBps");
        checkEqual(c.createdAt(), plain.createdAt, "createdAt");
        checkEqual(c.expiresAt(), plain.expiresAt, "expiresAt");
        checkEqual(c.startsAt(), plain.startsAt, "startsAt");
        checkEqual(c.fills(), plain.fills, "fills");
        checkEqual(c.salt(), plain.salt, "salt");
        checkEqual(c.sponsor(), plain.sponsor, "sponsor");
        checkEqual(c.labels(), plain.labels, "labels");
        checkEqual(c.leastPoints(), plain.leastPoints, "leastPoints");
        bool asks = plain.startsAt != 0 || plain.sponsor != 0 || plain.labels != 0 || plain.leastPoints != 0;
        check(c.isPlain() == !asks, "plain");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_unusedBitsAreSeen(uint256 word, uint256 bit) public pure {
        uint256 one = 1;
        check(!Tranche.wrap(word | one << between(bit, 216, 255)).isClean(), "tranche");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_pin(
        uint32 fill,
        uint40 openedAt,
        uint32 version,
        uint16 feeBps,
        bytes8 salt,
        uint8 seat,
        uint32 startsIn
    ) public pure {
        Pin p = PinWord.pack(fill, openedAt, version, feeBps, salt, seat, startsIn);
        checkEqual(p.fill(), fill, "fill");
        checkEqual(p.openedAt(), openedAt, "openedAt");
        checkEqual(p.rulesVersion(), version, "rulesVersion");
        checkEqual(p.feeBps(), feeBps, "feeBps");
        checkEqual(p.openSeat(), seat, "openSeat");
        checkEqual(p.start(), uint256(openedAt) + startsIn, "start");
        bytes memory plain = abi.encodePacked(uint32(0), startsIn, seat, salt, feeBps, version, openedAt, fill);
        check(bytes32(Pin.unwrap(p)) == bytes32(plain), "not as drawn");
    }
}
