"""Rules of the machine: offers, trades, tranches, credits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis.stateful import precondition, rule

from backend.terms.offer import ZERO_ADDRESS, Listing, Offer, Terms, Trade, Tranche
from backend.terms.typed_data import signable_offer, signable_split
from tests.contracts.machine.base import CHAIN_ID, Base
from tests.contracts.machine.drafts import OfferDraft, numbers, offer_drafts, rarely, shares
from tests.model.tranche import Status

ACTIONS = {
    "perform": (Status.OPEN, "performer"),
    "accept": (None, "checker"),
    "refund": (None, "performer"),
    "dispute": (Status.PERFORMED, "checker"),
}


class Trading(Base):
    """What traders do."""

    @rule(draft=offer_drafts)
    def open(self, draft: OfferDraft) -> None:
        offer, taker = self.offer_of(draft)
        self.offers.append(offer)
        fill = offer.listing.fills if draft.mistake == "fill" else 0
        self.take(offer, fill, taker, draft.mistake)

    @precondition(lambda self: self.offers)
    @rule(which=numbers, fill=numbers, taker=numbers)
    def open_again(self, which: int, fill: int, taker: int) -> None:
        """Any fill of an offer made before, by one who may or may not take it."""
        offer = self.offers[which % len(self.offers)]
        strangers = [t for t in self.world.traders if t not in offer.terms.parties]
        takers = strangers if ZERO_ADDRESS in offer.terms.parties else offer.terms.parties
        caller = takers[taker % len(takers)] if takers else self.world.traders[taker % 5]
        self.take(offer, fill % (offer.listing.fills + 1), caller, None)

    @precondition(lambda self: self.offers)
    @rule(which=numbers, who=numbers)
    def cancel_offer(self, which: int, who: int) -> None:
        offer = self.offers[which % len(self.offers)]
        callers = [p for p in offer.terms.parties if p != ZERO_ADDRESS] * 3 + [self.keeper]
        caller = callers[who % len(callers)]
        call = self.world.escrow.cancelOffer(offer.pack())
        model = self.models.escrow.desk
        self.both("cancel offer", caller, call, lambda: model.cancel_offer(caller, offer))

    @rule(who=numbers, really=rarely)
    def cancel_all_offers(self, who: int, really: bool) -> None:
        if not really:
            return
        caller = self.world.traders[who % 5]
        call = self.world.escrow.cancelAllOffers()
        desk = self.models.escrow.desk
        self.both(
            "cancel all", caller, call, lambda: desk.cancel_all_offers(self.world.now, caller)
        )

    @precondition(lambda self: self.trades)
    @rule(action=numbers, seat=numbers, wrong=rarely, who=numbers)
    def act(self, action: int, seat: int, wrong: bool, who: int) -> None:
        name = list(ACTIONS)[action % len(ACTIONS)]
        status, _ = ACTIONS[name]
        trade, index = self.seat(seat, status)
        caller = (*self.world.traders, self.keeper)[who % 6] if wrong else None
        self.do(name, trade, index, caller)

    def do(self, name: str, trade: Trade, index: int, caller: str | None = None) -> None:
        """An action by the side whose it is, or by another."""
        caller = caller or self.found(trade).role(index, ACTIONS[name][1])
        call = self.world.escrow.call(name, trade.pack(), index)
        method = getattr(self.models.escrow, name)
        self.both(name, caller, call, lambda: method(self.world.now, caller, trade, index))

    @precondition(lambda self: self.trades)
    @rule(seat=numbers, share=shares, wrong=rarely)
    def rule_on(self, seat: int, share: int, wrong: bool) -> None:
        trade, index = self.seat(seat, Status.DISPUTED)
        for status, action in ((Status.OPEN, "perform"), (Status.PERFORMED, "dispute")):
            if self.found(trade).states[index].status is status:
                self.do(action, trade, index)
        pinned = self.models.rule_book.version(trade.pin.rules_version).disputes.arbitrator
        caller = self.keeper if wrong else pinned
        world, escrow, model = self.world, self.world.escrow, self.models.escrow
        if share % 4 == 3:  # now and then it gives up instead
            call = escrow.decline(trade.pack(), index)
            self.both(
                "decline", caller, call, lambda: model.decline(world.now, caller, trade, index)
            )
            return
        call = escrow.rule(trade.pack(), index, share)
        self.both("rule", caller, call, lambda: model.rule(world.now, caller, trade, index, share))

    @precondition(lambda self: self.trades)
    @rule(seat=numbers, share=shares, who=numbers, wrong=rarely, late=rarely)
    def split(self, seat: int, share: int, who: int, wrong: bool, late: bool) -> None:
        trade, index = self.seat(seat, None)
        found = self.found(trade)
        sides = (found.role(index, "performer"), found.role(index, "checker"))
        caller = (self.keeper, *sides)[who % 3]
        deadline = self.world.now + (0 if late else 5)
        message = signable_split(
            CHAIN_ID, self.world.escrow.address, found.id, index, share, deadline
        )
        signed = [sides[0]] if wrong else [side for side in sides if side != caller]
        signatures = [self.sign(side, message) if side in signed else b"" for side in sides]
        call = self.world.escrow.split(trade.pack(), index, share, deadline, *signatures)
        model = self.models.escrow
        self.both(
            "split",
            caller,
            call,
            lambda: model.split(self.world.now, caller, trade, index, share, deadline, signed),
        )

    @precondition(lambda self: self.trades)
    @rule(seat=numbers, patient=rarely)
    def expire(self, seat: int, patient: bool) -> None:
        trade, index = self.seat(seat, None)
        follows = self.models.escrow.default_of(self.found(trade), index)
        if follows is not None and not patient:
            # At the first second, or at the last before it.
            self.world.now = max(self.world.now, follows.due_at - seat % 2)
        call = self.world.escrow.expire(trade.pack(), index)
        model = self.models.escrow
        self.both("expire", self.keeper, call, lambda: model.expire(self.world.now, trade, index))

    @precondition(lambda self: self.trades)
    @rule(seats=offer_drafts.map(lambda draft: draft.order), missing=rarely)
    def expire_batch(self, seats: tuple[int, ...], missing: bool) -> None:
        chosen = [self.seat(seat, None) for seat in seats]
        trades, indexes = [trade for trade, _ in chosen], [index for _, index in chosen]
        if missing:
            indexes.pop()
        call = self.world.escrow.expireBatch([t.pack() for t in trades], indexes)
        model = self.models.escrow
        self.both(
            "expire batch",
            self.keeper,
            call,
            lambda: model.expire_batch(self.world.now, trades, indexes),
        )

    @rule(which=numbers, elsewhere=numbers, wrong=rarely)
    def withdraw(self, which: int, elsewhere: int, wrong: bool) -> None:
        owed = [key for key, amount in self.models.escrow.credits.items() if amount]
        anybody = (self.world.traders[which % 5], self.world.assets[which % 3])
        account, asset = anybody if wrong or not owed else owed[which % len(owed)]
        to = account if elsewhere % 2 else self.keeper
        caller = (account, self.keeper)[elsewhere % 3 == 0]
        call = self.world.escrow.withdraw(account, asset, to)
        model = self.models.escrow
        self.both("withdraw", caller, call, lambda: model.withdraw(caller, account, asset, to))

    @precondition(lambda self: self.trades)
    @rule(seat=numbers, what=numbers)
    def name_no_trade(self, seat: int, what: int) -> None:
        """A trade with other terms, or a tranche too many."""
        trade, index = self.seat(seat, None)
        checker = self.found(trade).role(index, "checker")
        if what % 4 == 0:
            index = len(trade.terms.tranches)
        elif what % 4 == 1:
            trade = replace(trade, pin=replace(trade.pin, fee_bps=trade.pin.fee_bps ^ 1))
        elif what % 4 == 2:
            trade = replace(trade, pin=replace(trade.pin, fill=trade.pin.fill + 7))
        else:
            more = replace(trade.terms.tranches[index], amount=2**127)
            tranches = (*trade.terms.tranches[:index], more, *trade.terms.tranches[index + 1 :])
            trade = replace(trade, terms=replace(trade.terms, tranches=tranches))
        call = self.world.escrow.accept(trade.pack(), index)
        model = self.models.escrow
        self.both(
            "accept", checker, call, lambda: model.accept(self.world.now, checker, trade, index)
        )

    def take(self, offer: Offer, fill: int, caller: str, mistake: str | None) -> None:
        """Opens a trade in the model and on the chain."""
        self.allow_funders(offer, caller)
        signers = [p for p in offer.terms.parties if p not in (ZERO_ADDRESS, caller)]
        message = signable_offer(CHAIN_ID, self.world.escrow.address, offer)
        if mistake == "signer" and signers:
            signers[0] = self.keeper
        signatures = [self.sign(signer, message) for signer in signers]
        coin = offer.terms.asset == ZERO_ADDRESS
        sponsor = offer.listing.sponsor - 1
        paid = [tranche for tranche in offer.terms.tranches if tranche.funder != sponsor]
        value = sum(tranche.amount for tranche in paid) if coin else 0
        value += mistake == "value"
        salt = self.world.salt()
        call = self.world.escrow.openTrade(offer.pack(), fill, signatures)
        model = self.models.escrow
        opened = self.both(
            "open",
            caller,
            call,
            lambda: model.open(self.world.now, caller, offer, fill, signers, value, salt),
            value,
        )
        if opened is None:
            return
        self.trades.append(opened.id)
        for tranche in paid:
            funder = opened.trade.terms.parties[tranche.funder]
            self.funded[funder, offer.terms.asset] += tranche.amount

    def offer_of(self, draft: OfferDraft) -> tuple[Offer, str]:
        """The offer that was drawn, with its mistake, and who takes it."""
        mistake, now = draft.mistake, self.world.now
        parties = [self.world.traders[number] for number in draft.order[: draft.count]]
        seat = draft.seat % draft.count
        taker = parties[seat]
        if not draft.is_named:
            parties[seat] = ZERO_ADDRESS
        if mistake == "twice":
            parties[seat - 1] = taker
        asset = self.world.assets[draft.asset]
        sponsor = None if draft.sponsor is None else draft.sponsor % draft.count
        if sponsor == seat and mistake != "sponsor":
            sponsor = (seat + 1) % draft.count
        coined = (seat, seat if sponsor is None else sponsor)  # who can pay in coin
        tranches = tuple(
            Tranche(
                funder=coined[each.funder % 2]
                if asset == ZERO_ADDRESS
                else each.funder % draft.count,
                performer=each.performer % draft.count,
                checker=(each.performer + 1 + each.checker % (draft.count - 1)) % draft.count,
                amount=each.amount,
                due_in=each.due_in,
                review_period=each.review_period,
            )
            for each in draft.tranches
        )
        last = tranches[-1]
        if mistake == "amount":
            last = replace(last, amount=0)
        if mistake == "role":
            last = replace(last, checker=last.performer)
        if mistake == "period":
            last = replace(last, review_period=730 * 86_400 + 1)
        if mistake == "funder":
            last = replace(last, funder=(seat + 1) % draft.count)
        starts_at = 0 if draft.starts is None else now + draft.starts
        if mistake == "start":
            starts_at = now + 731 * 86_400
        copies = 21 if mistake == "many" else 1
        listing = Listing(
            content_hash=len(self.offers).to_bytes(32, "big"),
            kind=11 if mistake == "kind" else draft.kind,
            max_fee_bps=0 if mistake == "fee" else draft.max_fee_bps,
            created_at=now + 100 if mistake == "early" else now,
            expires_at=now if mistake == "expired" else now + 1 + draft.lasts,
            fills=draft.fills,
            salt=len(self.offers),
            starts_at=starts_at,
            sponsor=0 if sponsor is None else sponsor + 1,
            labels=draft.labels,
            least_points=draft.least_points,
        )
        return Offer(
            Terms(asset, tuple(parties), (*tranches[:-1], *(last,) * copies)), listing
        ), taker

    def seat(self, number: int, status: Status | None) -> tuple[Trade, int]:
        """A tranche of this status, or one that is not final, or any: the first there is."""
        seats = [
            (found, index, state.status)
            for found in self.models.escrow.trades.values()
            for index, state in enumerate(found.states)
        ]
        best = [one for one in seats if one[2] is status and status is not None]
        still_open = [one for one in seats if not one[2].is_final]
        pool = seats if number % 8 == 0 else best or still_open or seats
        found, index, _ = pool[(number // 8) % len(pool)]
        return found.trade, index

    def found(self, trade: Trade) -> Any:
        """The model's own record of a trade."""
        return self.models.escrow._find(trade, 0)
