// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {ConditionsWord} from "contracts/libraries/Packed.sol";
import {Conditions, Offer} from "contracts/types/Trade.sol";
import {Opening} from "tests/invariants/handler/Opening.sol";
import {PlainTranche} from "tests/invariants/support/Reference.sol";
import {between, check, checkEqual, mix, vm} from "tests/invariants/support/Vm.sol";

/// @title Offers with a sponsor: budgets that are locked, drawn on by fills, and given back
abstract contract Sponsoring is Opening {
    using ConditionsWord for Conditions;

    function lockBudget(uint256 seed) external counted("lockBudget") {
        _endPause();
        uint256 index = _sponsored(seed);
        uint256 fills = offers[index].offer.conditions.fills();
        uint256 first = between(mix(seed, "first"), 1, fills);
        _lock(index, first);
        if (first < fills) _lock(index, fills - first);
        _refuseLock(index, 1, IEscrow.Escrow_BadBudget.selector);
    }

    /// Fills up to what the budget holds, and none beyond.
    function openSponsored(uint256 seed) external counted("openSponsored") {
        _endPause();
        uint256 index = _budgeted(seed);
        _take(index, seed);
        _checkBudget(index);
        if (budgets[offers[index].offerHash] != 0) return;
        Offer memory offer = offers[index].offer;
        if (offers[index].used == offer.conditions.fills()) return;
        address caller = _caller(offer, 1, seed);
        bytes memory data = abi.encodeCall(
            escrow.openTrade, (offer, offers[index].used, _signatures(offer, offers[index].offerHash, 1))
        );
        _refused(caller, 0, address(escrow), data, IEscrow.Escrow_NoBudget.selector);
    }

    /// Not while a fill can be opened; then by anyone, to the sponsor; and never twice.
    function unlockBudget(uint256 seed) external counted("unlockBudget") {
        _endPause();
        uint256 index = _budgeted(seed);
        bytes memory data = abi.encodeCall(escrow.unlockBudget, (offers[index].offer));
        _refused(KEEPER, 0, address(escrow), data, IEscrow.Escrow_OfferStillHolds.selector);
        if (seed % 3 == 0) _wait(offers[index].offer.conditions.expiresAt() + 1 - time);
        _endBudget(index);
        _refused(KEEPER, 0, address(escrow), data, IEscrow.Escrow_NoBudget.selector);
        _refuseLock(index, 1, IEscrow.Escrow_OfferIsOver.selector);
    }

    /// What is left of every budget goes back to its sponsor.
    function _endBudgets() internal {
        for (uint256 i; i < offers.length; ++i) {
            if (budgets[offers[i].offerHash] != 0) _endBudget(i);
        }
    }

    function _endBudget(uint256 index) private {
        Listed storage listed = offers[index];
        Offer memory offer = listed.offer;
        address sponsor = offer.parties[0];
        if (!listed.ended && time <= offer.conditions.expiresAt()) {
            _call(sponsor, address(escrow), abi.encodeCall(escrow.cancelOffer, (offer)));
        }
        listed.ended = true;
        Wealth memory wealth = _look(offer.asset, actors);
        _owe(wealth, sponsor, budgets[listed.offerHash]);
        _call(KEEPER, address(escrow), abi.encodeCall(escrow.unlockBudget, (offer)));
        budgeted[offer.asset] -= budgets[listed.offerHash];
        budgets[listed.offerHash] = 0;
        _checkBudget(index);
        _checkWealth(wealth);
    }

    /// An offer that can be taken out of a budget: one there is, or a new one.
    function _budgeted(uint256 seed) private returns (uint256 index) {
        uint256 count = offers.length;
        for (uint256 i; i < count; ++i) {
            index = (seed % count + i) % count;
            if (budgets[offers[index].offerHash] != 0 && _isTakable(index)) return index;
        }
        index = _sponsored(seed);
        _lock(index, between(mix(seed, "locked"), 1, offers[index].offer.conditions.fills()));
    }

    /// A reward out of the budget and a bond of whoever takes it.
    function _sponsored(uint256 seed) private returns (uint256) {
        address asset = assets[mix(seed, "asset") % assets.length];
        if (!ruleBook.assetRule(asset).allowed) asset = address(0);
        address[] memory parties = new address[](2);
        parties[0] = actors[mix(seed, "sponsor") % ACTORS];
        PlainTranche[] memory plain = new PlainTranche[](2);
        uint128 reward = uint128(between(mix(seed, "reward") >> 150, 1, 1e30));
        plain[0] = PlainTranche(0, 1, 0, reward, uint32(between(mix(seed, "due"), 1, 40 days)), 1 days);
        plain[1] = PlainTranche(1, 1, 0, uint128(1 + mix(seed, "bond") % 1e18), 1 days, 1 hours);
        return _list(asset, parties, plain, 1, between(mix(seed, "fills"), 1, 5), seed, 0, 1);
    }

    function _lock(uint256 index, uint256 fills) private {
        Offer memory offer = offers[index].offer;
        (address sponsor, uint256 amount) = (offer.parties[0], fills * _drawn(offer));
        Wealth memory wealth = _look(offer.asset, actors);
        _give(sponsor, offer.asset, amount);
        _pay(sponsor, offer.asset == address(0) ? amount : 0, abi.encodeCall(escrow.lockBudget, (offer, uint32(fills))));
        budgets[offers[index].offerHash] += amount;
        budgeted[offer.asset] += amount;
        _checkBudget(index);
        _checkWealth(wealth);
        _refused(
            KEEPER,
            0,
            address(escrow),
            abi.encodeCall(escrow.lockBudget, (offer, uint32(fills))),
            IEscrow.Escrow_NotSponsor.selector
        );
    }

    function _refuseLock(uint256 index, uint32 fills, bytes4 with) private {
        Offer memory offer = offers[index].offer;
        bytes memory data = abi.encodeCall(escrow.lockBudget, (offer, fills));
        _refused(offer.parties[0], 0, address(escrow), data, with);
    }

    function _checkBudget(uint256 index) private view {
        bytes32 offerHash = offers[index].offerHash;
        checkEqual(escrow.budgetOf(offerHash), budgets[offerHash], "another budget");
    }

    function _pay(address sender, uint256 value, bytes memory data) private {
        vm.prank(sender);
        (bool ok,) = address(escrow).call{value: value}(data);
        check(ok, "what must be taken in is refused");
    }
}
