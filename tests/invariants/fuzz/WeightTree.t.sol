// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {WeightTree} from "contracts/libraries/WeightTree.sol";
import {Test, between, check, checkEqual, mix} from "tests/invariants/support/Vm.sol";

/// @title The tree against a plain list of every change
contract WeightTreeFuzz is Test {
    using WeightTree for WeightTree.Tree;

    struct Change {
        uint256 epoch;
        uint256 position;
        uint256 weight;
        address holder;
    }

    uint256 private constant CHANGES = 24;
    uint256 private constant PLACES = 6;

    WeightTree.Tree private _tree;
    Change[] private _changes;

    /// Positions at both ends and across nodes of every level; epochs go on by 0 to 2.
    // forge-lint: disable-next-line(mixed-case-function)
    function testFuzz_everyEpochDrawsAsTheListSays(uint256 seed) public {
        uint256 epoch = 1;
        for (uint256 i; i < CHANGES; ++i) {
            uint256 chance = mix(seed, i);
            epoch += chance % 3;
            uint256 position = _place(mix(chance, "place") % PLACES);
            uint256 weight = mix(chance, "kind") % 4 == 0 ? 0 : between(mix(chance, "weight"), 0, WeightTree.MAX_WEIGHT);
            address holder = address(uint160(mix(chance, "holder")));
            _tree.setHolder(epoch, position, holder);
            _tree.setWeight(epoch, position, weight);
            checkEqual(_tree.weightOf(position), weight, "not written");
            _changes.push(Change(epoch, position, weight, holder));
        }
        for (uint256 past; past <= epoch + 1; ++past) {
            _checkEpoch(past, mix(seed, "number") + past);
        }
    }

    /// The largest weights of the leaves under one child of the root fit beside each other.
    // forge-lint: disable-next-line(mixed-case-function)
    function test_theHeaviestLeavesFit() public pure {
        check(WeightTree.MAX_WEIGHT * WeightTree.POSITIONS / 8 < 2 ** 28, "no room");
    }

    function _checkEpoch(uint256 epoch, uint256 number) private view {
        uint256[PLACES] memory weights;
        address[PLACES] memory holders;
        for (uint256 i; i < CHANGES && _changes[i].epoch <= epoch; ++i) {
            uint256 at = _indexOf(_changes[i].position);
            (weights[at], holders[at]) = (_changes[i].weight, _changes[i].holder);
        }
        uint256 total;
        for (uint256 i; i < PLACES; ++i) {
            total += weights[i];
            check(_tree.holderAt(epoch, _place(i)) == holders[i], "another holder");
        }
        checkEqual(_tree.totalAt(epoch), total, "another total");
        if (total == 0) {
            (address nobody,) = _tree.draw(epoch, number);
            check(nobody == address(0), "somebody of no weight drawn");
            return;
        }
        uint256 first;
        for (uint256 i; i < PLACES; ++i) {
            if (weights[i] == 0) continue;
            // The first and the last number that fall on it, and one in between.
            _checkDraw(epoch, first, i, holders[i]);
            _checkDraw(epoch, first + number % weights[i], i, holders[i]);
            first += weights[i];
            _checkDraw(epoch, first - 1 + total * (number % 3), i, holders[i]);
        }
    }

    function _checkDraw(uint256 epoch, uint256 number, uint256 place, address holder) private view {
        (address drawn, uint256 position) = _tree.draw(epoch, number);
        checkEqual(position, _place(place), "another position");
        check(drawn == holder, "another holder drawn");
    }

    function _place(uint256 i) private pure returns (uint256) {
        return [uint256(0), 1, 8, 4_095, 4_096, 32_767][i];
    }

    function _indexOf(uint256 position) private pure returns (uint256 i) {
        while (_place(i) != position) ++i;
    }
}
