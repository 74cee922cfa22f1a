// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Median} from "contracts/libraries/Median.sol";
import {SeatWords, VoteWords} from "contracts/libraries/PanelWords.sol";
import {SeatBits} from "contracts/libraries/SeatBits.sol";
import {Test, between, check, checkEqual, mix} from "tests/invariants/support/Vm.sol";

/// @title A panel's seats, votes and median, against plain second writings
contract PanelFuzz is Test {
    using SeatBits for uint8;
    using SeatWords for uint256[2];
    using VoteWords for uint256;

    uint256 private constant SEATS = 31; // of the largest panel
    uint256 private constant CHANGES = 40;

    uint256[2] private _words;

    /// With `spread` few, votes are often equal.
    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_theMedianIsTheMiddle(uint256 seed, uint256 size, uint256 spread) public pure {
        uint256[] memory votes = new uint256[](between(size, 1, SEATS));
        spread = between(spread, 0, 1) == 0 ? 4 : 10_000;
        for (uint256 i; i < votes.length; ++i) {
            votes[i] = mix(seed, i) % (spread + 1);
        }
        uint256 upper = _ranked(votes, votes.length / 2);
        uint256 lower = _ranked(votes, (votes.length - 1) / 2);
        // Sorts them in place, so what it should say comes first.
        checkEqual(Median.ofVotes(votes), (lower + upper) / 2, "another median");
    }

    /// Whatever the others vote, one vote never moves the median beyond the nearest two of theirs.
    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_oneVoteMovesTheMedianNoFurtherThanItsNeighbours(uint256 seed, uint256 one) public pure {
        uint256 size = 1 + 2 * between(mix(seed, "size"), 1, 15);
        uint256[] memory votes = new uint256[](size);
        for (uint256 i = 1; i < size; ++i) {
            votes[i] = mix(seed, i) % 10_001;
        }
        votes[0] = 0;
        uint256 least = _ranked(votes, size / 2);
        votes[0] = 10_000;
        uint256 most = _ranked(votes, size / 2);
        votes[0] = one % 10_001;
        uint256 median = Median.ofVotes(votes);
        check(least <= median && median <= most, "moved too far");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_seatsAreReadAsTheyWereSet(uint256 seed) public {
        uint256[SEATS] memory plain;
        for (uint256 i; i < CHANGES; ++i) {
            uint256 seat = mix(seed, i) % SEATS;
            plain[seat] = mix(mix(seed, i), "value") % 4 == 0 ? 0 : mix(seed, i + CHANGES) % 2 ** 16;
            _words.set(seat, plain[seat]);
        }
        for (uint256 i; i < SEATS; ++i) {
            checkEqual(_words.at(i), plain[i], "another seat");
        }
        uint256 count = between(mix(seed, "count"), 1, SEATS);
        _checkFind(plain, count, plain[mix(seed, "whom") % SEATS]);
        _checkFind(plain, count, 1 + mix(seed, "whom") % type(uint16).max);
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_aVoteIsOneThingOnly(uint256 word, uint16 bps) public pure {
        uint256 revealed = VoteWords.reveal(bps);
        checkEqual(revealed.choice(), bps, "another choice");
        check(revealed.isRevealed() && !revealed.isCommitment() && !revealed.isVoid(), "revealed");
        check(!uint256(0).isRevealed() && !uint256(0).isCommitment() && !uint256(0).isVoid(), "nothing");
        uint256[2] memory voids = [VoteWords.STRUCK, VoteWords.DENOUNCED];
        for (uint256 i; i < voids.length; ++i) {
            check(voids[i].isVoid() && !voids[i].isCommitment() && !voids[i].isRevealed(), "void");
        }
        bool committed = word >= 2 ** 32;
        check(word.isCommitment() == committed, "committed");
        check(!committed || (!word.isRevealed() && !word.isVoid()), "committed, and something else");
    }

    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_bitsOfSeats(uint8 bits, uint8 seat) public pure {
        seat = uint8(between(seat, 0, 7));
        uint256 count;
        uint8 more = bits.with(seat);
        for (uint256 i; i < 8; ++i) {
            bool has = bits / 2 ** i % 2 == 1;
            check(bits.has(i) == has, "has");
            check(more.has(i) == (has || i == seat), "with");
            if (has) ++count;
        }
        checkEqual(bits.count(), count, "count");
    }

    function _checkFind(uint256[SEATS] memory plain, uint256 count, uint256 value) private view {
        if (value == 0) return;
        (uint256 free, bool taken) = _words.find(count, value);
        bool sits;
        uint256 empty = count;
        for (uint256 i = count; i > 0; --i) {
            if (plain[i - 1] == value) sits = true;
            if (plain[i - 1] == 0) empty = i - 1;
        }
        check(taken == sits, "taken");
        if (!taken) checkEqual(free, empty, "another seat is free");
    }

    /// The vote with `rank` votes before it in order, found by counting.
    function _ranked(uint256[] memory votes, uint256 rank) private pure returns (uint256) {
        for (uint256 i; i < votes.length; ++i) {
            uint256 less;
            uint256 same;
            for (uint256 j; j < votes.length; ++j) {
                if (votes[j] < votes[i]) ++less;
                if (votes[j] == votes[i]) ++same;
            }
            if (less <= rank && rank < less + same) return votes[i];
        }
        revert("no such rank");
    }
}
