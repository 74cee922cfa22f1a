"""What happens in every case, in sentences: one narrator for all templates.

Times and shares come from `after_silence`, sums from `payout_of`, the twins of what the contract
does; a template adds its words and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.terms.offer import Tranche
from backend.terms.payout import BPS, Payout
from backend.terms.plain.money import Money
from backend.terms.plain.template import Phrases, Piece, Step
from backend.terms.silence import PinnedRules, after_silence, payout_of
from backend.terms.status import TrancheStatus
from backend.terms.words import duration, moment


class Case(StrEnum):
    """What somebody does, or does not do."""

    NOT_PERFORMED = "notPerformed"
    NOT_REVIEWED = "notReviewed"
    NOT_RULED = "notRuled"
    ACCEPTED = "accepted"
    GIVEN_UP = "givenUp"
    RULED_FOR_PERFORMER = "ruledForPerformer"
    RULED_FOR_CHECKER = "ruledForChecker"
    SPLIT = "split"
    SIGNED_BEFORE = "signedBefore"


_SILENCE = {
    TrancheStatus.OPEN: Case.NOT_PERFORMED,
    TrancheStatus.PERFORMED: Case.NOT_REVIEWED,
    TrancheStatus.DISPUTED: Case.NOT_RULED,
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One case of one tranche: how it is closed, who gets what (base units), and the words.

    `due_at` is the last moment before it (unix seconds) where that is known; else `within` is how
    many seconds there are. Both None: at any time while the tranche is not closed.
    """

    tranche: int
    case: Case
    outcome: TrancheStatus
    performer_bps: int
    payout: Payout
    due_at: int | None
    within: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tranche stands, since when (unix seconds)."""

    status: TrancheStatus = TrancheStatus.OPEN
    since: int = 0


@dataclass(frozen=True, slots=True)
class Narrator:
    """`names` stand in the order of the parties. Periods run from `starts_at` (unix seconds), or,
    where that is zero, from the opening: times are told from there until `opened_at` is known."""

    names: Sequence[str]
    money: Money
    rules: PinnedRules
    starts_at: int = 0
    opened_at: int | None = None

    def tell(
        self, pieces: Sequence[Piece], places: Mapping[int, Place] | None = None
    ) -> Iterator[Sentence]:
        """All that can still happen; to begin with every tranche is open."""
        for index, piece in enumerate(pieces):
            place = (places or {}).get(index, Place())
            yield from _Telling(self, index, piece.tranche, piece.phrases, place).all()

    def tell_signed(
        self, pieces: Sequence[Piece], steps: Sequence[Step], seats: Sequence[str]
    ) -> Iterator[Sentence]:
        """What was signed beforehand."""
        for step in steps:
            piece = pieces[step.tranche]
            told = _Telling(self, step.tranche, piece.tranche, piece.phrases, Place())
            yield told.signed(step, seats.index(step.role))


@dataclass(frozen=True, slots=True)
class _Telling:
    narrator: Narrator
    index: int
    tranche: Tranche
    phrases: Phrases
    place: Place

    @property
    def performer(self) -> str:
        return self.narrator.names[self.tranche.performer]

    @property
    def checker(self) -> str:
        return self.narrator.names[self.tranche.checker]

    def all(self) -> Iterator[Sentence]:
        status = self.place.status
        if status.is_final:
            return
        if status is TrancheStatus.OPEN:
            yield self._silence(TrancheStatus.OPEN)
        if status in (TrancheStatus.OPEN, TrancheStatus.PERFORMED):
            yield self._silence(TrancheStatus.PERFORMED)
        yield self._deed(
            Case.ACCEPTED,
            TrancheStatus.ACCEPTED,
            BPS,
            f"If {self.checker} {self.phrases.accepts}, at any time,",
        )
        yield self._deed(
            Case.GIVEN_UP, TrancheStatus.REFUNDED, 0, f"If {self.performer} gives up, at any time,"
        )
        begin = "" if status is TrancheStatus.DISPUTED else self._disputing()
        for case, bps, side in (
            (Case.RULED_FOR_PERFORMER, BPS, self.performer),
            (Case.RULED_FOR_CHECKER, 0, self.checker),
        ):
            lead = f"If {begin}the arbitrator finds wholly for {side},"
            yield self._deed(case, TrancheStatus.RULED, bps, lead)
        yield self._silence(TrancheStatus.DISPUTED)
        lead = (
            f"If {self.performer} and {self.checker} sign a split, at any time, half and half say,"
        )
        yield self._deed(Case.SPLIT, TrancheStatus.SPLIT, BPS // 2, lead)

    def signed(self, step: Step, seat: int) -> Sentence:
        other = self.checker if seat == self.tranche.performer else self.performer
        signer = self.narrator.names[seat]
        how = (
            f"with the code that {signer} gives" if step.kept else f"as {signer} signed beforehand"
        )
        lead = f"Up to {moment(step.deadline)} {other} can {step.allows} alone, {how}:"
        return self._made(
            Case.SIGNED_BEFORE, TrancheStatus.SPLIT, step.performer_bps, lead, step.deadline, None
        )

    def _silence(self, status: TrancheStatus) -> Sentence:
        """What follows if nobody acts in this status, now or later."""
        rules, now = self.narrator.rules, status is self.place.status
        started_at = self.narrator.starts_at or self.narrator.opened_at or 0
        since = self.place.since if now else 0
        origin = started_at if status is TrancheStatus.OPEN else since
        found = after_silence(
            status,
            since,
            self.tranche,
            started_at,
            rules.ruling_period,
            rules.default_performer_bps,
        )
        if found is None:
            raise ValueError(f"{status} is final")
        due_at, within = (found.due_at, None) if origin else (None, found.due_at)
        lead = self._lead(status, due_at, within or 0, now=now)
        return self._made(
            _SILENCE[status], found.outcome, found.performer_bps, lead, due_at, within
        )

    def _lead(self, status: TrancheStatus, due_at: int | None, within: int, *, now: bool) -> str:
        until = "" if due_at is None else f"by {moment(due_at)}"
        period = duration(within)
        later = ", or of the start if that is later" if self.narrator.starts_at else ""
        if status is TrancheStatus.OPEN:
            limit = until or f"within {period} of the opening"
            return f"If {self.performer} does not {self.phrases.perform} {limit},"
        if status is TrancheStatus.PERFORMED:
            limit = until or f"within {period} of the report{later}"
            silent = f"{self.checker} neither accepts nor disputes it {limit},"
            return f"If {silent}" if now else f"If {self._reporting()} and {silent}"
        limit = until or f"within {period} of the dispute{later}"
        begin = "" if now else self._disputing()
        return f"If {begin}nobody rules {limit},"

    def _reporting(self) -> str:
        return f"{self.performer} reports in time that {self.phrases.performed}"

    def _disputing(self) -> str:
        return f"{self.checker} disputes it in time and "

    def _deed(self, case: Case, outcome: TrancheStatus, bps: int, lead: str) -> Sentence:
        return self._made(case, outcome, bps, lead, None, None)

    def _made(
        self,
        case: Case,
        outcome: TrancheStatus,
        bps: int,
        lead: str,
        due_at: int | None,
        within: int | None,
    ) -> Sentence:
        payout = payout_of(self.tranche, bps, self.narrator.rules.fee_bps)
        text = f"{lead} {self._gets(payout)}."
        text = text[0].upper() + text[1:]
        return Sentence(self.index, case, outcome, bps, payout, due_at, within, text)

    def _gets(self, payout: Payout) -> str:
        show, funder = self.narrator.money.show, self.tranche.funder
        parts = []
        for seat, value in (
            (self.tranche.performer, payout.to_performer),
            (self.tranche.checker, payout.to_checker),
        ):
            if value:
                back = " back" if seat == funder else ""
                parts.append(f"{self.narrator.names[seat]} gets {show(value)}{back}")
        if payout.fee:
            parts.append(f"the members' treasury {show(payout.fee)} as the fee")
        *first, last = parts
        return f"{', '.join(first)} and {last}" if first else last
