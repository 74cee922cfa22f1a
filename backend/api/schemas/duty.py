"""What a juror has to do, and what waits for it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from backend.api.schemas.base import AmountOut, BlockOut, Shape
from backend.queries.assets import AssetName
from backend.queries.duties import Duty
from backend.queries.waiting import Waiting
from backend.terms.offer import ZERO_ADDRESS

Names = Mapping[str, AssetName]


class SeatDutyOut(Shape):
    """The seat that a vote is of: arguments of the Court's `commit` and `reveal`, and what the
    commitment binds."""

    case_id: str
    trade_id: str
    tranche: int
    performer: str
    checker: str
    round: int
    attempt: int
    seat: int
    jurors: int = Field(description="Of the panel.")
    commitment: str | None = Field(description="What the juror committed to.")


class SeedDutyOut(Shape):
    """The seat that a secret is of: arguments of the seed's `commit` and `reveal`."""

    seed_id: str
    seat: int


class DutyOut(Shape):
    """A call that the juror owes: `commit` or `reveal`, of a vote (`vote` is set) or of a secret
    (`secret` is set). `due`: it can be done now, or from block `fromBlock` on. If not, it begins at
    `beginsAt` at the latest, sooner if everybody is done before; null: when the panel is full.
    `until` is the last second.

    `earns` is what it brings if all of the panel agree, `earnsAtMost` if it alone is right;
    `winsAtLeast` what is shared of the stakes that others have lost already. `loses` is what
    silence costs, or a vote that is far from the ruling; a vote shown to somebody before the reveal
    costs all that is `locked`.
    """

    contract: str
    function: str
    words: str
    due: bool
    begins_at: int | None
    from_block: int | None
    until: int
    vote: SeatDutyOut | None
    secret: SeedDutyOut | None
    earns: AmountOut
    earns_at_most: AmountOut
    wins_at_least: AmountOut
    loses: AmountOut
    locked: AmountOut


class WaitingOut(Shape):
    """A call that can be made, in the juror's interest, by the juror or anyone: to withdraw what it
    is owed, to settle a panel, to move on what is overdue. `at`: not before this second; null: now.
    `amount` is what it pays out to the juror; null where it does something else."""

    contract: str
    function: str
    words: str
    at: int | None
    amount: AmountOut | None
    case_id: str | None
    round: int | None
    attempt: int | None
    seed_id: str | None


class DutiesOut(Shape):
    """What an account has to do as a juror, the most urgent first, and what waits for it."""

    juror: str
    duties: list[DutyOut]
    waiting: list[WaitingOut]
    as_of: BlockOut


def duty_out(found: Duty, contracts: Mapping[str, str], asset: str, names: Names) -> DutyOut:
    def coin(value: int) -> AmountOut:
        return AmountOut.of(ZERO_ADDRESS, value, names)

    def stake(value: int) -> AmountOut:
        return AmountOut.of(asset, value, names)

    return DutyOut(
        contract=contracts["Court" if found.seed is None else "BondedSeed"],
        function=found.function,
        words=found.words,
        due=found.due,
        begins_at=found.begins,
        from_block=found.block,
        until=found.until,
        vote=_vote(found),
        secret=None
        if found.seed is None
        else SeedDutyOut(seed_id=str(found.seed.seed_id), seat=found.seed.seat),
        earns=coin(found.fee),
        earns_at_most=coin(found.most),
        wins_at_least=stake(found.won),
        loses=stake(found.lost),
        locked=stake(found.locked),
    )


def _vote(found: Duty) -> SeatDutyOut | None:
    if found.case is None or found.seat is None or found.case.panel is None:
        return None
    case, seat = found.case.case, found.seat
    return SeatDutyOut(
        case_id=case.case_id,
        trade_id=case.trade_id,
        tranche=case.tranche,
        performer=case.performer,
        checker=case.checker,
        round=seat.round,
        attempt=seat.attempt,
        seat=seat.seat,
        jurors=found.case.panel.jurors,
        commitment=seat.commitment,
    )


def waiting_out(found: Waiting, contracts: Mapping[str, str], names: Names) -> WaitingOut:
    amount = None
    if found.asset is not None and found.amount is not None:
        amount = AmountOut.of(found.asset, found.amount, names)
    return WaitingOut(
        contract=contracts[found.contract],
        function=found.function,
        words=found.words,
        at=found.at,
        amount=amount,
        case_id=found.case_id,
        round=found.round,
        attempt=found.attempt,
        seed_id=None if found.seed_id is None else str(found.seed_id),
    )
