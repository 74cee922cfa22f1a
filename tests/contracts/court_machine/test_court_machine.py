"""Court, pool and Escrow against their plain models, through histories that Hypothesis draws.

After every step the contracts hold exactly what they owe, every case, panel, seat, stake and credit
is as the model has it, and no juror has lost more than was locked. Every history ends: each case is
brought to its end, all is settled, claimed and withdrawn, and then court and pool are empty.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from scripts.recompute import Addresses, Replay, read
from tests.contracts.court_machine.casework import Casework
from tests.contracts.court_machine.checks import Checks
from tests.contracts.court_machine.endings import LEAVE
from tests.contracts.court_machine.world import CHAIN_ID, World
from tests.model.court_case import Case, CaseStatus, Decision
from tests.model.tranche import Status

EXAMPLES, STEPS = 80, 40
LONGEST = 60  # steps in which any case is at its end
MUST_RUN = (
    "open case", "join", "draw", "strike", "commit", "reveal", "denounce", "advance",
    "fund appeal", "execute", "settle", "claim", "withdraw", "stake", "leave", "take back", "opt",
    "accept", "refund", "expire",
    *(
        f"pool refused: JurorPool_{error}"
        for error in (
            "TooMuch", "WrongValue", "StakeTooSmall", "NotAvailable", "NothingToWithdraw",
            "NotListed", "NotTimelock", "NotOwner", "NoCredit", "ZeroAddress",
        )
    ),
)  # fmt: skip


class CourtMachine(Checks):
    """All rules and checks together, and the end of every history."""

    def teardown(self) -> None:
        if self.is_broken:
            return
        for case in self.cases:
            self.end(case.id)
        for case_id in list(self.model.cases):
            self.settle_all(case_id)
            assert self.model.cases[case_id].purse == 0
        for account, amount in list(self.model.credits.items()):
            if amount:
                self.withdraw_it(account, account, account)
        self.everything_is_as_the_model_says()
        self.recompute()
        for name in self.world.jurors:
            if self.model.pool.juror(name).stake:
                self.ask_back(name, self.model.pool.juror(name).stake)
        self.world.now += LEAVE
        for name in self.world.jurors:
            assert self.model.pool.juror(name).locked == 0
            if self.free_of(name):
                self.take_it(name, 0)
        for name, amount in self.model.pool.credits.items():
            if amount:
                self.world.now += 1
                call = self.world.pool.withdrawCredit(name, name)
                assert self.world.send(self.world.stranger, call) is None
        assert self.model.pool.slashed == 0
        assert self.world.coins() == (0, 0), "something is left"

    def recompute(self) -> None:
        """Logs alone lead to the same draws and tallies."""
        url, world = f"http://127.0.0.1:{self.world.port}", self.world
        faces = (world.court, world.pool, world.randomness, world.rules)
        replay = Replay(CHAIN_ID, world.court.address, world.randomness.address)
        differences = replay.run(read(url, Addresses(*(face.address for face in faces))))
        assert not differences, differences
        world.compared.update(replay.checked)

    def end(self, case_id: bytes) -> None:
        """Nobody votes, deposits or funds any more: anyone brings the case to its end."""
        for _ in range(LONGEST):
            case = self.model.cases[case_id]
            if case.status is CaseStatus.CLOSED:
                break
            found = self.model.escrow.known(self.trade_of(case))
            follows = self.model.escrow.default_of(found, case.tranche)
            if case.status is CaseStatus.DECIDED or follows is None:
                if follows is not None and self.now >= follows.due_at:
                    self.world.at_escrow("expire", found.trade, self.world.stranger)
                in_time = follows is not None and self.now < follows.due_at
                self.execute_it(case)
                self.check_end(self.model.cases[case_id], in_time)
            else:
                self.world.now = max(self.now, self.model.next_step(case)[1] - 1)
                self.advance_it(case)
        assert self.model.cases[case_id].status is CaseStatus.CLOSED, "a case without an end"

    def check_end(self, case: Case, in_time: bool) -> None:
        """What the Escrow did is what the case says."""
        state = self.model.escrow.trades[case.trade_id].states[case.tranche]
        if not in_time:
            assert state.status is not Status.DISPUTED
        elif case.decision is Decision.NO_PANEL:
            assert state.status is Status.DEFAULTED
        else:
            assert (state.status, state.performer_bps) == (Status.RULED, case.performer_bps)

    def settle_all(self, case_id: bytes) -> None:
        """What a side that lost an appeal put up is refused, and belongs to the other."""
        panels, appeals = self.model.cases[case_id].panels, self.model.cases[case_id].appeals
        unsettled = [key for key, panel in panels.items() if not panel.settled]
        claims = [(r, *key) for r, appeal in appeals.items() for key in appeal.contributions]
        for panel in unsettled:
            self.settle_it(self.model.cases[case_id], *panel)
        for claim in claims:
            self.claim_it(self.model.cases[case_id], *claim)


def test_the_court_is_as_its_model(world: World) -> None:
    """Shrinking a failure takes minutes: set COMMONHOLD_SHRINK=1 for that."""
    Casework.world = world
    shrink = [Phase.shrink] if os.environ.get("COMMONHOLD_SHRINK") else []
    run_state_machine_as_test(
        CourtMachine,
        settings=settings(
            max_examples=int(os.environ.get("COMMONHOLD_EXAMPLES", EXAMPLES)),
            stateful_step_count=STEPS,
            derandomize=True,  # what is never done must not depend on luck
            deadline=None,
            database=None,
            phases=[Phase.generate, *shrink],
            suppress_health_check=list(HealthCheck.all()),
        ),
    )
    print(*(f"{count:6} {name}" for name, count in sorted(world.ran.items())), sep="\n")
    print(f"compared with logs: {dict(world.compared)}")
    missing = [name for name in MUST_RUN if not world.ran[name]]
    assert not missing, f"never done: {missing}"


def test_an_appeal_that_changes_nothing(world: World) -> None:
    """Random histories hardly reach it: the checker appeals, and the larger panel agrees."""
    Casework.world = world
    machine = CourtMachine()
    machine.dispute(pair=0, opener=0, joins=1, met=0, wrong=False)
    (case_id,) = machine.model.cases
    alike = [1 + 3 * n for n in range(5)] * 4  # each a vote for half
    for round_ in (0, 1):
        for _ in ("evidence", "commit", "reveal"):
            machine.step(machine.model.cases[case_id], alike, 1)
        assert machine.model.cases[case_id].ruled_rounds == round_ + 1
        if round_ == 0:
            machine.appeal(case_id, 2, 1)
    machine.everything_is_as_the_model_says()
    machine.teardown()
