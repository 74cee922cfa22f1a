"""What must hold between the court, the pool and the Escrow and their models, after every step."""

from __future__ import annotations

from hypothesis.stateful import invariant

from tests.contracts.court_machine.refusals import Refusals
from tests.model.court_case import Case
from tests.model.panel import Panel, PanelState, Seat, SeatState, median


class Checks(Refusals):
    """`stakes` is what each juror had staked and locked before the last step."""

    def __init__(self) -> None:
        super().__init__()
        self.stakes: dict[str, tuple[int, int]] = {}
        self.taken = 0

    @invariant()
    def everything_is_as_the_model_says(self) -> None:
        self.is_broken = True
        self.model.check_invariants()
        assert self.world.coins() == (self.model.held, self.model.pool.owed())
        self.check_stakes()
        for case in self.cases:
            self.check_case(case)
        accounts = [person.address for person in self.world.people.values()]
        told = self.world.read([self.world.court.creditOf(account) for account in accounts])
        assert told == [self.model.credits[account] for account in accounts]
        self.is_broken = False

    def check_stakes(self) -> None:
        pool, names = self.model.pool, self.world.jurors
        told = self.world.read([self.world.pool.stakeOf(name) for name in names])
        weights = self.world.read([self.world.pool.weightOf(name) for name in names])
        has_taken = self.world.ran["take back"] > self.taken
        for name, (stake, locked, leaving, at), weight in zip(names, told, weights, strict=True):
            juror = pool.juror(name)
            assert (stake, locked) == (juror.stake, juror.locked)
            assert (leaving, at) == (juror.leaving, juror.available_at)
            assert weight == pool.weights.get(pool.positions.get(name, -1), 0)
            before, was_locked = self.stakes.get(name, (0, 0))
            assert has_taken or before - stake <= was_locked, "more was lost than was locked"
            self.stakes[name] = (stake, locked)
        self.taken = self.world.ran["take back"]

    def check_case(self, case: Case) -> None:
        court, trade = self.world.court, self.trade_of(case)
        keys = list(case.panels)
        told, step, (_, states), *panels = self.world.read(
            [
                court.caseOf(case.id),
                court.nextStep(case.id),
                self.world.escrow.tranchesOf(trade.pack()),
                *(court.panelOf(case.id, *key) for key in keys),
            ]
        )
        assert told == (
            case.performer.lower(),
            case.deadline,
            case.status,
            case.round,
            case.tranche,
            case.redrawn,
            case.ruled_rounds,
            case.decision,
            case.checker.lower(),
            case.opened_at,
            case.rules_version,
            case.performer_bps,
            case.depositor,
        )
        assert step == self.model.next_step(case)
        tranche = self.model.escrow.known(trade).states[case.tranche]
        assert states[case.tranche][:3] == (tranche.status, tranche.since, tranche.performer_bps)
        for key, (panel, seats) in zip(keys, panels, strict=True):
            self.check_panel(case.panels[key], panel, seats)

    def check_panel(self, panel: Panel, told: tuple[int, ...], seats: tuple[tuple, ...]) -> None:
        assert told == (
            panel.request_id,
            panel.epoch,
            panel.draws,
            panel.performer_bps,
            len(panel.seats),
            len(panel.taken),
            panel.voids,
            panel.commits,
            len(panel.votes),
            panel.state,
            panel.settled,
            bool(panel.struck),
        )
        if panel.state is PanelState.RULED:
            votes = [choice for _, state, choice, _ in seats if state == SeatState.REVEALED]
            assert told[3] == median(votes), "the ruling is not the median of what was revealed"
        assert list(seats) == [seat_told(seat) for seat in panel.seats]


def seat_told(seat: Seat | None) -> tuple[object, ...]:
    if seat is None:
        return ("0x" + "00" * 20, 0, 0, bytes(32))
    committed = seat.commitment if seat.state is SeatState.COMMITTED else bytes(32)
    choice = seat.choice if seat.state is SeatState.REVEALED else 0
    return (seat.juror.lower(), seat.state, choice, committed)
