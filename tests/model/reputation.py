"""Reputation in plain Python: integers only, no chain. Errors are named as the contract's.

Delegation is left out: it is OpenZeppelin's, and moves votes, never units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.model.reputation_errors import (
    Reputation_AlreadyClaimed,
    Reputation_BadCaps,
    Reputation_BeforeStart,
    Reputation_EscrowNotListed,
    Reputation_NoGenesis,
    Reputation_NotClosed,
    Reputation_NothingToRelease,
    Reputation_NotTimelock,
    Reputation_ZeroAddress,
    UnitsOverflow,
)

BPS = 10_000
WEEK = 7 * 86_400
EPOCH = 4 * WEEK
WEEKS_TO_DOUBLE = 13
LAST_WEEK = 2_911  # the last whose index fits 256 bits
UNITS_LIMIT = 2**208  # of all units together
RATE_UNIT = 10**18
ZERO = "0x" + "00" * 20

OPEN_STATUSES = range(4)  # None, Open, Performed, Disputed
ACCEPTED, REFUNDED, LAPSED, MISSED, SPLIT, RULED, DEFAULTED = range(4, 11)
WITHOUT_FAULT = (ACCEPTED, LAPSED, SPLIT)
EVEN = 5_000  # a ruling that finds nobody at fault


def table(k: int) -> int:
    """2^(k/13) * 2^32, rounded down: the largest x with x^13 <= 2^(k + 416)."""
    low, high = 2**32, 2**33
    while high - low > 1:
        middle = (low + high) // 2
        if middle**WEEKS_TO_DOUBLE <= 2 ** (k + 32 * WEEKS_TO_DOUBLE):
            low = middle
        else:
            high = middle
    return low


TABLE = tuple(table(k) for k in range(WEEKS_TO_DOUBLE))


def index_after(elapsed: int) -> int:
    """Units per point, this many seconds after the start."""
    week = min(elapsed // WEEK, LAST_WEEK)
    return TABLE[week % WEEKS_TO_DOUBLE] << (week // WEEKS_TO_DOUBLE)


@dataclass(frozen=True)
class Caps:
    per_counterparty: int
    per_account: int
    share_bps: int

    def check_sane(self) -> None:
        if not (0 < self.per_counterparty <= self.per_account and 0 < self.share_bps <= BPS):
            raise Reputation_BadCaps()


@dataclass(frozen=True)
class ClosedTranche:
    """A tranche as the escrow tells of it, its roles as accounts; `since` is when it closed.

    `whole_fee` is that of the whole amount, whoever funded it.
    """

    performer: str
    funder: str
    checker: str
    status: int
    since: int
    fee: int
    performer_bps: int
    whole_fee: int


@dataclass(frozen=True)
class ClosedTrade:
    """`rate` is that of the asset when the trade was opened."""

    trade_id: str
    rate: int
    tranches: tuple[ClosedTranche, ...]


@dataclass
class Reputation:
    """`earned` and `earned_with` are after the caps of the epoch, by (epoch, account, ...).

    `forfeited` is after the cap too. `beyond` is what is held for an account, or below zero owed.
    """

    start: int
    timelock: str
    caps: Caps
    escrows: Iterable[str]
    genesis: Mapping[str, int]
    units: dict[str, int] = field(default_factory=lambda: defaultdict(int), init=False)
    beyond: dict[str, int] = field(default_factory=lambda: defaultdict(int), init=False)
    forfeited: dict[str, int] = field(default_factory=lambda: defaultdict(int), init=False)
    earned: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int), init=False)
    earned_with: dict[tuple[int, str, str], int] = field(
        default_factory=lambda: defaultdict(int), init=False
    )
    listed: set[str] = field(default_factory=set, init=False)
    claimed: set[tuple[str, str]] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self.caps.check_sane()
        self.listed.update(self.escrows)
        for account, points in self.genesis.items():
            if account == ZERO:
                raise Reputation_ZeroAddress()
            self._mint(account, points * index_after(0))
        self.allotted = self.total
        if self.total == 0:
            raise Reputation_NoGenesis()

    # What is written

    def set_escrow(self, caller: str, escrow: str, listed: bool) -> None:
        if caller != self.timelock:
            raise Reputation_NotTimelock(caller)
        if escrow == ZERO:
            raise Reputation_ZeroAddress()
        if listed:
            self.listed.add(escrow)
        else:
            self.listed.discard(escrow)

    def claim(self, now: int, escrow: str, *trades: ClosedTrade) -> None:
        """Passes over what was claimed before, within this claim too."""
        if escrow not in self.listed:
            raise Reputation_EscrowNotListed(escrow)
        new = {
            trade.trade_id: trade
            for trade in trades
            if (escrow, trade.trade_id) not in self.claimed
        }
        for trade in new.values():
            if any(t.status in OPEN_STATUSES or t.since > now for t in trade.tranches):
                raise Reputation_NotClosed(trade.trade_id)
        if trades and not new:
            raise Reputation_AlreadyClaimed(escrow, trades[-1].trade_id)
        due: dict[str, int] = defaultdict(int)
        for trade in new.values():
            self.claimed.add((escrow, trade.trade_id))
            for tranche in trade.tranches:
                self._earn_sides(tranche, trade.rate, due)
                self._forfeit(tranche, trade.rate, due)
        balances = {account: self.beyond[account] + units for account, units in due.items()}
        for account, balance in balances.items():
            if balance < 0:
                self._burn(account, -balance)
        for account, balance in balances.items():
            if balance >= 0:
                self._mint_within_share(account, balance)

    def release(self, account: str) -> int:
        held = self.held_of(account)
        units = self._mint_within_share(account, held) if held else 0
        if units == 0:
            raise Reputation_NothingToRelease(account)
        return units

    # What is read

    @property
    def total(self) -> int:
        return sum(self.units.values())

    def index_at(self, time: int) -> int:
        if time < self.start:
            raise Reputation_BeforeStart(time, self.start)
        return index_after(time - self.start)

    def points_of(self, account: str, now: int) -> int:
        return self.units[account] // self.index_at(now)

    def held_of(self, account: str) -> int:
        return max(self.beyond[account], 0)

    def owed_of(self, account: str) -> int:
        return max(-self.beyond[account], 0)

    def room_in_share(self, account: str) -> int | None:
        """The largest x with (own + x) * BPS <= share_bps * max(total + x, allotted)."""
        if self.caps.share_bps == BPS:
            return None
        own, share = self.units[account] * BPS, self.caps.share_bps
        of_total = max(self.total * share - own, 0) // (BPS - share)
        of_allotted = max(self.allotted * share - own, 0) // BPS
        return max(of_total, of_allotted)

    def check_invariants(self) -> None:
        """What holds after every call: the formula of the interface."""
        accounts = {*self.units, *self.beyond, *(account for _, account in self.earned)}
        for account in accounts:
            allotted = self.genesis.get(account, 0) * index_after(0)
            earned = sum(units for (_, who), units in self.earned.items() if who == account)
            has = self.units[account] + self.beyond[account]
            assert has == allotted + earned - self.forfeited[account]
            assert self.units[account] == 0 or self.owed_of(account) == 0
            if not any(self.forfeited.values()):
                share = self.units[account] * BPS <= self.caps.share_bps * self.total
                assert share or self.units[account] == allotted
        for (epoch, account), units in self.earned.items():
            assert units <= self.caps.per_account * index_after(epoch * EPOCH)
            with_each = [
                part
                for (when, who, _), part in self.earned_with.items()
                if (when, who) == (epoch, account)
            ]
            assert sum(with_each) == units
            assert all(
                part <= self.caps.per_counterparty * index_after(epoch * EPOCH)
                for part in with_each
            )

    def _earn_sides(self, tranche: ClosedTranche, rate: int, due: dict[str, int]) -> None:
        if tranche.status not in WITHOUT_FAULT or tranche.since < self.start:
            return
        half = tranche.fee * rate // RATE_UNIT // 2
        performer, funder = tranche.performer, tranche.funder
        if half == 0 or performer == funder:
            return
        due[performer] += self._earn(performer, funder, half, tranche.since)
        due[funder] += self._earn(funder, performer, half, tranche.since)

    def _earn(self, account: str, counterparty: str, points: int, closed_at: int) -> int:
        epoch = (closed_at - self.start) // EPOCH
        cap_index = index_after(epoch * EPOCH)
        units = min(
            points * self.index_at(closed_at),
            self.caps.per_account * cap_index - self.earned[epoch, account],
            self.caps.per_counterparty * cap_index - self.earned_with[epoch, account, counterparty],
        )
        self.earned[epoch, account] += units
        self.earned_with[epoch, account, counterparty] += units
        return units

    def _forfeit(self, tranche: ClosedTranche, rate: int, due: dict[str, int]) -> None:
        if tranche.status != RULED or tranche.since < self.start:
            return
        fault = abs(tranche.performer_bps - EVEN)
        half = tranche.whole_fee * rate // RATE_UNIT // 2
        if half == 0 or fault == 0 or tranche.performer == tranche.checker:
            return
        account = tranche.performer if tranche.performer_bps < EVEN else tranche.checker
        epoch = (tranche.since - self.start) // EPOCH
        cap = self.caps.per_counterparty * index_after(epoch * EPOCH)
        both = 2 * min(half * self.index_at(tranche.since), cap)
        units = -(-both * fault // EVEN)
        self.forfeited[account] += units
        due[account] -= units

    def _mint_within_share(self, account: str, due: int) -> int:
        room = self.room_in_share(account)
        units = due if room is None else min(due, room)
        self._mint(account, units)
        self.beyond[account] = due - units
        return units

    def _burn(self, account: str, due: int) -> None:
        units = min(due, self.units[account])
        self.units[account] -= units
        self.beyond[account] = units - due

    def _mint(self, account: str, units: int) -> None:
        if self.total + units >= UNITS_LIMIT:
            raise UnitsOverflow(account, units)
        self.units[account] += units
