// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {ConditionsWord, PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {Conditions, Offer, Pin, Trade, Tranche, TrancheStatus} from "contracts/types/Trade.sol";
import {Ghosts} from "tests/invariants/handler/Ghosts.sol";
import {PlainConditions, PlainTranche, Reference} from "tests/invariants/support/Reference.sol";
import {between, check, checkEqual, mix, vm} from "tests/invariants/support/Vm.sol";

/// @title Offers, and the trades opened from them
abstract contract Opening is Ghosts {
    using ConditionsWord for Conditions;
    using PinWord for Pin;
    using TrancheWord for Tranche;

    /// An offer, and the hash its makers signed; `seat` is the caller's place, open or named.
    struct Listed {
        Offer offer;
        bytes32 offerHash;
        bytes32 listingHash;
        uint256 seat;
        uint32 used;
        bool ended;
    }

    Listed[] internal offers;

    function open(uint256 seed) external counted("open") {
        if (!_isPaused()) {
            _openNew(seed);
            return;
        }
        _refuseWhilePaused(seed);
    }

    /// A further fill of an offer that still holds; else of a new one.
    function openAgain(uint256 seed) external counted("openAgain") {
        _endPause();
        uint256 count = offers.length;
        for (uint256 i; i < count; ++i) {
            uint256 index = (seed % count + i) % count;
            if (_isTakable(index)) {
                _take(index, seed);
                return;
            }
        }
        uint256 opened = _offer(seed, 2);
        _take(opened, seed);
        _take(opened, mix(seed, "again"));
    }

    function cancelOffer(uint256 seed) external counted("cancelOffer") {
        uint256 index = _offer(seed, 1);
        Listed storage listed = offers[index];
        address maker = listed.offer.parties[listed.seat == 0 ? 1 : 0];
        _call(maker, address(escrow), abi.encodeCall(escrow.cancelOffer, (listed.offer)));
        check(escrow.isCancelled(listed.offerHash), "not cancelled");
        listed.ended = true;
    }

    /// Offers made up to now end; open trades do not.
    function cancelAllOffers(uint256 seed) external counted("cancelAllOffers") {
        address party = actors[seed % ACTORS];
        _call(party, address(escrow), abi.encodeCall(escrow.cancelAllOffers, ()));
        checkEqual(escrow.cancelledUntil(party), time, "another time");
        _wait(1);
    }

    function _isPaused() internal view returns (bool) {
        return time <= ruleBook.pausedUntil();
    }

    /// For actions that need a trade and have none: opening waits for the end of a pause.
    function _endPause() internal {
        if (_isPaused()) _wait(ruleBook.pausedUntil() + 1 - time);
    }

    function _openNew(uint256 seed) internal returns (uint256 trade) {
        _endPause();
        return _take(_offer(seed, between(mix(seed, "fills"), 1, 5)), seed);
    }

    /// Makes an offer that can be taken now. Nothing of it reaches the chain.
    function _offer(uint256 seed, uint256 fills) internal returns (uint256 index) {
        address asset = assets[mix(seed, "asset") % assets.length];
        if (!ruleBook.assetRule(asset).allowed) asset = address(0);
        uint256 count = between(mix(seed, "parties"), 2, 4);
        uint256 seat = mix(seed, "seat") % count;
        address[] memory parties = new address[](count);
        for (uint256 i; i < count; ++i) {
            parties[i] = actors[(mix(seed, "first") % ACTORS + i * (seed % 2 == 0 ? 1 : 5)) % ACTORS];
        }
        if (mix(seed, "named") % 3 != 0) parties[seat] = address(0);
        PlainTranche[] memory plain = _tranches(seed, count, asset == address(0) ? seat : type(uint256).max);
        return _list(asset, parties, plain, seat, fills, seed, _startOf(seed), 0);
    }

    /// The second party, who takes it, buys from the first; both are named.
    function _plainOffer(address asset, address seller, address buyer, uint256 amount)
        internal
        returns (uint256 index)
    {
        address[] memory parties = new address[](2);
        (parties[0], parties[1]) = (seller, buyer);
        PlainTranche[] memory plain = new PlainTranche[](1);
        plain[0] = PlainTranche(1, 0, 1, uint128(amount), 1 days, 1 days);
        return _list(asset, parties, plain, 1, 1, 1, 0, 0);
    }

    function _list(
        address asset,
        address[] memory parties,
        PlainTranche[] memory plain,
        uint256 seat,
        uint256 fills,
        uint256 seed,
        uint40 startsAt,
        uint8 sponsor
    ) internal returns (uint256 index) {
        index = offers.length;
        PlainConditions memory conditions = PlainConditions({
            kind: uint8(between(mix(seed, "kind"), 1, 10)),
            maxFeeBps: 1000,
            createdAt: uint40(time),
            expiresAt: uint40(time + mix(seed, "expiry") % 90 days),
            startsAt: startsAt,
            fills: uint32(fills),
            salt: uint40(index),
            sponsor: sponsor,
            labels: 0,
            leastPoints: 0
        });
        Tranche[] memory tranches = new Tranche[](plain.length);
        for (uint256 i; i < plain.length; ++i) {
            tranches[i] = Reference.pack(plain[i]);
        }
        bytes32 contentHash = bytes32(mix(seed, "content"));
        offers.push();
        Listed storage listed = offers[index];
        listed.offer = Offer(asset, parties, tranches, contentHash, Reference.pack(conditions));
        listed.listingHash = Reference.hashListing(contentHash, conditions);
        listed.offerHash = Reference.hashOffer(Reference.hashTerms(asset, parties, plain), listed.listingHash);
        listed.seat = seat;
    }

    /// Mostly one to four, sometimes up to twenty; amounts of every size; deadlines of every length.
    function _tranches(uint256 seed, uint256 parties, uint256 onlyFunder)
        private
        pure
        returns (PlainTranche[] memory plain)
    {
        uint256 most = mix(seed, "many") % 12 == 0 ? 20 : 4;
        plain = new PlainTranche[](between(mix(seed, "tranches"), 1, most));
        for (uint256 i; i < plain.length; ++i) {
            uint256 s = mix(seed, i);
            uint256 performer = mix(s, "performer") % parties;
            uint256 longest = mix(s, "patience") % 10 == 0 ? 730 days : 40 days;
            plain[i] = PlainTranche({
                funder: uint8(onlyFunder < parties ? onlyFunder : mix(s, "funder") % parties),
                performer: uint8(performer),
                checker: uint8((performer + 1 + mix(s, "checker") % (parties - 1)) % parties),
                amount: uint128(1 + (mix(s, "amount") >> (136 + mix(s, "size") % 120))),
                dueIn: uint32(between(mix(s, "due"), 1, longest)),
                reviewPeriod: uint32(mix(s, "review") % longest)
            });
        }
    }

    function _isTakable(uint256 index) internal view returns (bool) {
        Listed storage listed = offers[index];
        Conditions c = listed.offer.conditions;
        if (listed.ended || listed.used == c.fills() || time > c.expiresAt()) return false;
        // One that was to start is over.
        if (c.startsAt() != 0 && time > c.startsAt()) return false;
        for (uint256 i; i < listed.offer.parties.length; ++i) {
            if (escrow.cancelledUntil(listed.offer.parties[i]) >= c.createdAt()) return false;
        }
        if (budgets[listed.offerHash] < _drawn(listed.offer)) return false;
        return ruleBook.assetRule(listed.offer.asset).allowed;
    }

    function _take(uint256 index, uint256 seed) internal returns (uint256) {
        Listed storage listed = offers[index];
        Offer memory offer = listed.offer;
        address caller = _caller(offer, listed.seat, seed);
        Wealth memory wealth;
        uint256 value;
        (wealth, value) = _fund(offer, caller);
        (uint256 version, uint256 feeBps) = _quote(offer.conditions.kind());
        bool named = offer.parties[listed.seat] != address(0);
        Pin pin = PinWord.pack(
            listed.used,
            time,
            uint32(version),
            uint16(feeBps),
            bytes8(blockhash(block.number - 1)),
            named ? PinWord.NO_SEAT : listed.seat,
            _startsIn(offer.conditions)
        );
        bytes[] memory signatures = _signatures(offer, listed.offerHash, listed.seat);
        vm.prank(caller);
        bytes32 id = escrow.openTrade{value: value}(offer, listed.used, signatures);
        check(id == keccak256(abi.encode(listed.offerHash, listed.used)), "another trade id");
        ++listed.used;
        _checkWealth(wealth);
        return _record(id, listed, caller, pin, feeBps);
    }

    function _caller(Offer memory offer, uint256 seat, uint256 seed) internal view returns (address caller) {
        if (offer.parties[seat] != address(0)) return offer.parties[seat];
        for (uint256 i; i < ACTORS; ++i) {
            caller = actors[(seed % ACTORS + i) % ACTORS];
            bool named = false;
            for (uint256 j; j < offer.parties.length; ++j) {
                named = named || offer.parties[j] == caller;
            }
            if (!named) return caller;
        }
    }

    function _signatures(Offer memory offer, bytes32 offerHash, uint256 seat)
        internal
        view
        returns (bytes[] memory signatures)
    {
        bytes32 digest = Reference.digest(address(escrow), offerHash);
        signatures = new bytes[](offer.parties.length - 1);
        uint256 signed;
        for (uint256 i; i < offer.parties.length; ++i) {
            if (i != seat) signatures[signed++] = _sign(offer.parties[i], digest);
        }
    }

    /// Gives every funder what it must pay.
    /// @return wealth what everybody should have afterwards: what they had before
    /// @return value the coin to send along
    function _fund(Offer memory offer, address caller) private returns (Wealth memory wealth, uint256 value) {
        wealth = _look(offer.asset, actors);
        for (uint256 i; i < offer.tranches.length; ++i) {
            Tranche t = offer.tranches[i];
            if (t.funder() + 1 == offer.conditions.sponsor()) continue;
            address funder = offer.parties[t.funder()];
            _give(funder == address(0) ? caller : funder, offer.asset, t.amount());
            if (offer.asset == address(0)) value += t.amount();
        }
    }

    function _startsIn(Conditions c) private view returns (uint256) {
        return c.startsAt() == 0 ? 0 : c.startsAt() - time;
    }

    /// When it is opened, mostly; else up to three weeks later.
    function _startOf(uint256 seed) private view returns (uint40) {
        uint256 drawn = mix(seed, "start");
        if (drawn % 3 != 0) return 0;
        return uint40(time + (drawn >> 128) % 21 days);
    }

    function _quote(uint8 kind) private view returns (uint256 version, uint256 feeBps) {
        version = _versionInForce();
        feeBps = versions[version - 1].fees.feeBps[kind - 1];
    }

    function _record(bytes32 id, Listed storage listed, address caller, Pin pin, uint256 feeBps)
        private
        returns (uint256 index)
    {
        index = trades.length;
        Offer memory offer = listed.offer;
        if (offer.parties[listed.seat] == address(0)) offer.parties[listed.seat] = caller;
        trades.push(Trade(offer.asset, offer.parties, offer.tranches, listed.listingHash, pin));
        books.push();
        Opened storage book = books[index];
        (book.id, book.start, book.feeBps, book.version) = (id, pin.start(), feeBps, _versionInForce());
        book.rate = ruleBook.assetRule(offer.asset).rate;
        book.open = offer.tranches.length;
        for (uint256 i; i < offer.tranches.length; ++i) {
            book.statuses.push(TrancheStatus.Open);
            book.since.push(book.start);
            book.shares.push(0);
            refs.push(Ref(index, i));
            held[offer.asset] += offer.tranches[i].amount();
        }
        budgets[listed.offerHash] -= _drawn(offer);
        budgeted[offer.asset] -= _drawn(offer);
        _checkTrade(index);
        _checkSilence(index);
    }

    function _refuseWhilePaused(uint256 seed) private {
        Listed storage listed = offers[_offer(seed, 1)];
        Offer memory offer = listed.offer;
        address caller = _caller(offer, listed.seat, seed);
        bytes memory data =
            abi.encodeCall(escrow.openTrade, (offer, 0, _signatures(offer, listed.offerHash, listed.seat)));
        _refused(caller, 0, address(escrow), data, IRuleBook.RuleBook_OpeningIsPaused.selector);
    }
}
