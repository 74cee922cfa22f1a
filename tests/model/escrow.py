"""The Escrow in plain Python: integers only, no chain. Errors are named as the contract's.

Every method takes the time of the block and the caller; one that raises has changed nothing.
Whether a payee can be paid is a fact from outside: `refuses`. Whose signatures are valid is one
too: they are given as the accounts that signed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from backend.terms.offer import ZERO_ADDRESS, Offer, Pin, Trade, Tranche
from backend.terms.payout import BPS
from backend.terms.typed_data import hash_listing, hash_offer, id_of, trade_id
from tests.model.budgets import Budgets, Gate, Sponsored, sponsor_of
from tests.model.escrow_errors import (
    Escrow_BadSignature,
    Escrow_BadSplit,
    Escrow_FeeTooHigh,
    Escrow_FillTaken,
    Escrow_LengthMismatch,
    Escrow_NoCredit,
    Escrow_NotArbitrator,
    Escrow_NotChecker,
    Escrow_NotDue,
    Escrow_NothingDue,
    Escrow_NotOwner,
    Escrow_NotPerformer,
    Escrow_PayoutFailed,
    Escrow_ReceivedLess,
    Escrow_SignatureExpired,
    Escrow_TooLate,
    Escrow_UnknownTrade,
    Escrow_UnknownTranche,
    Escrow_WrongStatus,
    Escrow_ZeroAddress,
)
from tests.model.offer_desk import OfferDesk, check_listing, check_money
from tests.model.rulebook import DisputeRules, RuleBook
from tests.model.tranche import Default, State, Status, after_silence, entered, payouts


@dataclass
class OpenedTrade:
    """A trade and where its tranches stand."""

    trade: Trade
    id: bytes
    states: list[State]

    def role(self, index: int, name: str) -> str:
        """The account of a tranche's funder, performer or checker."""
        place: int = getattr(self.tranche(index), name)
        return self.trade.terms.parties[place]

    def tranche(self, index: int) -> Tranche:
        return self.trade.terms.tranches[index]


@dataclass
class Escrow(Sponsored):
    """`held`, `paid` and `credits` are base units: by asset, and by account and asset."""

    rule_book: RuleBook
    treasury: str
    points_of: Callable[[str, int], int] = lambda account, now: 0
    trades: dict[bytes, OpenedTrade] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    paid: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    credits: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    refuses: set[tuple[str, str]] = field(default_factory=set)
    desk: OfferDesk = field(default_factory=OfferDesk)
    budgets: Budgets = field(default_factory=Budgets)
    labels: dict[str, int] = field(default_factory=dict)

    def open(
        self,
        now: int,
        caller: str,
        offer: Offer,
        fill: int,
        signed_by: Sequence[str],
        value: int,
        salt: int,
        received: int | None = None,
    ) -> OpenedTrade:
        """Opens a trade. `received` is what came in of a token, if not all that was asked for;
        `salt` the first eight bytes of the parent block's hash."""
        terms, listing = offer.terms, offer.listing
        offer_hash = hash_offer(terms, hash_listing(listing))
        check_listing(listing, fill, now)
        if listing.sponsor:
            sponsor_of(offer)
        Gate(self.points_of, self.labels).check(now, caller, offer)
        open_seat = self.desk.check_parties(caller, offer, offer_hash, signed_by)
        made = trade_id(offer_hash, fill)
        if made in self.trades:
            raise Escrow_FillTaken(made)
        version, fee_bps = self.rule_book.quote(now, listing.kind, terms.asset)
        if fee_bps > listing.max_fee_bps:
            raise Escrow_FeeTooHigh(fee_bps, listing.max_fee_bps)
        drawn = check_money(caller, offer, value, self.budgets.left.get(offer_hash, 0))
        paid = sum(tranche.amount for tranche in terms.tranches) - drawn
        if terms.asset != ZERO_ADDRESS and received is not None and received < paid:
            raise Escrow_ReceivedLess(terms.asset, received, paid)

        starts_in = listing.starts_at - now if listing.starts_at else 0
        pin = Pin(fill, now, version, fee_bps, salt, open_seat, starts_in)
        trade = Trade.opened(offer, hash_listing(listing), caller, pin)
        states = [State(Status.OPEN, pin.start) for _ in terms.tranches]
        self.trades[made] = OpenedTrade(trade, made, states)
        self.held[terms.asset] += paid
        if listing.sponsor:
            self.budgets.left[offer_hash] -= drawn
        return self.trades[made]

    # Tranches

    def perform(self, now: int, caller: str, trade: Trade, index: int) -> None:
        found = self._find(trade, index)
        if caller != found.role(index, "performer"):
            raise Escrow_NotPerformer(caller)
        self._need(found, index, Status.OPEN)
        self._need_time(now, found, index)
        self._enter(now, found, index, Status.PERFORMED)

    def accept(self, now: int, caller: str, trade: Trade, index: int) -> None:
        found = self._find(trade, index)
        if caller != found.role(index, "checker"):
            raise Escrow_NotChecker(caller)
        self._close(now, found, index, Status.ACCEPTED, BPS)

    def refund(self, now: int, caller: str, trade: Trade, index: int) -> None:
        found = self._find(trade, index)
        if caller != found.role(index, "performer"):
            raise Escrow_NotPerformer(caller)
        self._close(now, found, index, Status.REFUNDED, 0)

    def dispute(self, now: int, caller: str, trade: Trade, index: int) -> None:
        found = self._find(trade, index)
        if caller != found.role(index, "checker"):
            raise Escrow_NotChecker(caller)
        self._need(found, index, Status.PERFORMED)
        self._need_time(now, found, index)
        self._enter(now, found, index, Status.DISPUTED)

    def rule(self, now: int, caller: str, trade: Trade, index: int, performer_bps: int) -> None:
        found, _ = self._arbitrated(now, caller, trade, index)
        self._close(now, found, index, Status.RULED, performer_bps)

    def decline(self, now: int, caller: str, trade: Trade, index: int) -> None:
        found, rules = self._arbitrated(now, caller, trade, index)
        self._close(now, found, index, Status.DEFAULTED, rules.default_performer_bps)

    def split(
        self,
        now: int,
        caller: str,
        trade: Trade,
        index: int,
        performer_bps: int,
        deadline: int,
        signed_by: Collection[str],
    ) -> None:
        """Anyone may bring a split that both sides signed; one who calls need not have."""
        found = self._find(trade, index)
        if now > deadline:
            raise Escrow_SignatureExpired(deadline)
        for role in ("performer", "checker"):
            side = found.role(index, role)
            if side != caller and side not in signed_by:
                raise Escrow_BadSignature(side)
        self._close(now, found, index, Status.SPLIT, performer_bps)

    def expire(self, now: int, trade: Trade, index: int) -> None:
        found = self._find(trade, index)
        follows = self.default_of(found, index)
        if follows is None:
            raise Escrow_WrongStatus(found.id, index, found.states[index].status)
        if now <= follows.due_at:
            raise Escrow_NotDue(found.id, index, follows.due_at)
        self._close(now, found, index, follows.outcome, follows.performer_bps)

    def expire_batch(self, now: int, trades: Sequence[Trade], indexes: Sequence[int]) -> None:
        if len(trades) != len(indexes):
            raise Escrow_LengthMismatch(len(trades), len(indexes))
        seats = [(self._find(trade, i), i) for trade, i in zip(trades, indexes, strict=True)]
        closed = 0
        for found, index in seats:
            follows = self.default_of(found, index)
            if follows is not None and now > follows.due_at:
                self._close(now, found, index, follows.outcome, follows.performer_bps)
                closed += 1
        if not closed:
            raise Escrow_NothingDue()

    def withdraw(self, caller: str, account: str, asset: str, to: str) -> int:
        if to == ZERO_ADDRESS:
            raise Escrow_ZeroAddress()
        if account not in (to, caller):
            raise Escrow_NotOwner(account)
        amount = self.credits.get((account, asset), 0)
        if amount == 0:
            raise Escrow_NoCredit(account, asset)
        if (to, asset) in self.refuses:
            raise Escrow_PayoutFailed(to, asset)
        self.credits[account, asset] = 0
        self.held[asset] -= amount
        self.paid[to, asset] += amount
        return amount

    # What is read

    def known(self, trade: Trade) -> OpenedTrade:
        """The trade that was opened just so."""
        named = id_of(trade)
        found = self.trades.get(named)
        if found is None or found.trade != trade:
            raise Escrow_UnknownTrade(named)
        return found

    def default_of(self, found: OpenedTrade, index: int) -> Default | None:
        """What happens to a tranche if nobody acts; None if it is final."""
        pin = found.trade.pin
        rules = self.rule_book.version(pin.rules_version).disputes
        return after_silence(found.states[index], found.tranche(index), pin.start, rules)

    def open_amount(self, asset: str) -> int:
        """Base units in tranches that are not final."""
        return sum(
            found.tranche(index).amount
            for found in self.trades.values()
            if found.trade.terms.asset == asset
            for index, state in enumerate(found.states)
            if not state.status.is_final
        )

    def check_invariants(self) -> None:
        """What holds after every call: each asset is open or owed, to the unit."""
        for asset, held in self.held.items():
            owed = sum(amount for (_, of), amount in self.credits.items() if of == asset)
            assert held == self.open_amount(asset) + self.budgets.of(asset) + owed

    # How it is done

    def _find(self, trade: Trade, index: int) -> OpenedTrade:
        found = self.known(trade)
        if not 0 <= index < len(found.states):
            raise Escrow_UnknownTranche(index)
        return found

    def _arbitrated(
        self, now: int, caller: str, trade: Trade, index: int
    ) -> tuple[OpenedTrade, DisputeRules]:
        """What the caller, the arbitrator of the pinned rules, may close now."""
        found = self._find(trade, index)
        rules = self.rule_book.version(found.trade.pin.rules_version).disputes
        if caller != rules.arbitrator:
            raise Escrow_NotArbitrator(caller)
        self._need(found, index, Status.DISPUTED)
        self._need_time(now, found, index)
        return found, rules

    def _need(self, found: OpenedTrade, index: int, status: Status) -> None:
        if found.states[index].status is not status:
            raise Escrow_WrongStatus(found.id, index, found.states[index].status)

    def _need_time(self, now: int, found: OpenedTrade, index: int) -> None:
        follows = self.default_of(found, index)
        assert follows is not None
        if now > follows.due_at:
            raise Escrow_TooLate(found.id, index, follows.due_at)

    def _enter(
        self, now: int, found: OpenedTrade, index: int, status: Status, performer_bps: int = 0
    ) -> None:
        start = found.trade.pin.start
        found.states[index] = entered(status, start, now, performer_bps)

    def _close(
        self, now: int, found: OpenedTrade, index: int, status: Status, performer_bps: int
    ) -> None:
        if found.states[index].status.is_final:
            raise Escrow_WrongStatus(found.id, index, found.states[index].status)
        if not 0 <= performer_bps <= BPS:
            raise Escrow_BadSplit(performer_bps)
        self._enter(now, found, index, status, performer_bps)
        sums = payouts(found.tranche(index), performer_bps, found.trade.pin.fee_bps)
        asset = found.trade.terms.asset
        self.credits[self.treasury, asset] += sums.fee
        self._push(found.role(index, "performer"), asset, sums.to_performer)
        self._push(found.role(index, "checker"), asset, sums.to_checker)

    def _push(self, to: str, asset: str, amount: int) -> None:
        """Pays, or owes where the payee refuses."""
        if (to, asset) in self.refuses:
            self.credits[to, asset] += amount
            return
        self.held[asset] -= amount
        self.paid[to, asset] += amount
