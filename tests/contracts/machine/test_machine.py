"""Escrow, RuleBook and Reputation against their plain models, through histories that Hypothesis
draws. After every step everything told by views is compared; every history ends by closing and
withdrawing all, and then the Escrow is empty.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from backend.terms.offer import Trade
from tests.contracts.machine.calls import Call, Coins
from tests.contracts.machine.ruling import Ruling
from tests.contracts.machine.sponsoring import Sponsoring, name_of
from tests.contracts.machine.world import World
from tests.model.escrow import OpenedTrade
from tests.model.tranche import Default, payouts

Part = Generator[Sequence[Call | Coins], list[Any], None]

EXAMPLES, STEPS = 60, 40
# Releasing needs a member above its share, which few histories bring about: that of test_history
# does.
MUST_RUN = (
    "open", "perform", "accept", "refund", "dispute", "rule", "decline", "split", "expire",
    "expire batch", "withdraw", "cancel offer", "cancel all", "set fees", "set disputes",
    "set jury", "set asset", "pause", "resume", "claim", "set escrow", "lock budget",
    "unlock budget",
)  # fmt: skip


class MarketMachine(Sponsoring, Ruling):
    """All rules together, and what must hold between them."""

    @invariant()
    def everything_is_as_the_models_say(self) -> None:
        """Each part tells what it asks and is sent the answers: all go in one request."""
        self.is_broken = True
        parts = (self.money(), self.standings(), self.rules_in_force(), self.memberships())
        asked = [next(part) for part in parts]
        answers = self.world.read([call for calls in asked for call in calls])
        for part, calls in zip(parts, asked, strict=True):
            with suppress(StopIteration):
                part.send(answers[: len(calls)])
            answers = answers[len(calls) :]
        self.models.escrow.check_invariants()
        self.models.rule_book.check_invariants(self.world.now)
        self.models.reputation.check_invariants()
        self.is_broken = False

    def teardown(self) -> None:
        """Silence closes all; denied and refusing accounts withdraw to somebody else."""
        if self.is_broken:
            return
        self.end_by_silence()
        self.unlock_all()
        for (account, asset), amount in list(self.models.escrow.credits.items()):
            if amount:
                self.withdraw_to_keeper(account, asset)
        owned = self.world.owned(self.world.read(self.world.balances()))
        for asset in self.world.assets:
            assert owned[self.world.escrow.address, asset] == 0, "something is left"
            assert self.models.escrow.held[asset] == 0
        self.claim_all(list(self.models.escrow.trades.values()))
        self.everything_is_as_the_models_say()

    def money(self) -> Part:
        world, model = self.world, self.models.escrow
        keys = [(account, asset) for account in world.watched for asset in world.assets]
        balances = world.balances()
        names = [name_of(offer) for offer in self.sponsored()]
        answers = yield [
            *balances,
            *(world.escrow.creditOf(*key) for key in keys),
            *(world.escrow.budgetOf(name) for name in names),
        ]
        owned = world.owned(answers[: len(balances)])
        for asset in world.assets:
            assert owned[world.escrow.address, asset] == model.held[asset]
        for key in keys:
            assert owned[key] == world.first[key] - self.funded[key] + model.paid[key], key
        owed = [model.credits[key] for key in keys]
        left = [model.budgets.left.get(name, 0) for name in names]
        assert answers[len(balances) :] == [*owed, *left]

    def standings(self) -> Part:
        escrow, trades = self.world.escrow, list(self.models.escrow.trades.values())
        packed = [found.trade.pack() for found in trades]
        states = [escrow.tranchesOf(trade) for trade in packed]
        answers = yield [*states, *(escrow.nextDefault(trade) for trade in packed)]
        told, defaults = answers[: len(trades)], answers[len(trades) :]
        for found, (trade_id, states_told), outcomes in zip(trades, told, defaults, strict=True):
            seats = range(len(found.states))
            assert trade_id == found.id
            assert list(states_told) == [self.state_of(found, index) for index in seats]
            assert list(outcomes) == [self.default_of(found, index) for index in seats]

    def rules_in_force(self) -> Part:
        rules, model = self.world.rule_book, self.models.rule_book
        time = int(self.world.ask("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
        answers = yield [rules.currentVersion(), rules.latestVersion(), rules.pausedUntil()]
        versions = [model.version_in_force(time), len(model.versions)]
        assert answers == [*versions, model.paused_until]

    def memberships(self) -> Part:
        points, model = self.world.reputation, self.models.reputation
        views = (points.unitsOf, points.heldOf, points.owedOf, points.getVotes)
        told = yield [
            *(view(account) for view in views for account in self.world.traders),
            points.totalUnits(),
        ]
        units = [model.units[account] for account in self.world.traders]
        held = [model.held_of(account) for account in self.world.traders]
        owed = [model.owed_of(account) for account in self.world.traders]
        assert told == [*units, *held, *owed, *units, model.total]

    def end_by_silence(self) -> None:
        for found in list(self.models.escrow.trades.values()):
            for index, state in enumerate(found.states):
                # One that is performed or disputed is at its end after one expiry too.
                if not state.status.is_final:
                    self.expire_seat(
                        found.trade, index, self.models.escrow.default_of(found, index)
                    )

    def expire_seat(self, trade: Trade, index: int, follows: Default | None) -> None:
        assert follows is not None
        self.world.now = max(self.world.now, follows.due_at)
        call, model = self.world.escrow.expire(trade.pack(), index), self.models.escrow
        self.both("end", self.keeper, call, lambda: model.expire(self.world.now, trade, index))

    def withdraw_to_keeper(self, account: str, asset: str) -> None:
        call, model = self.world.escrow.withdraw(account, asset, self.keeper), self.models.escrow
        self.both(
            "end", account, call, lambda: model.withdraw(account, account, asset, self.keeper)
        )

    def state_of(self, found: OpenedTrade, index: int) -> tuple[int, ...]:
        state = found.states[index]
        sums = payouts(found.tranche(index), state.performer_bps, found.trade.pin.fee_bps)
        told = (sums.to_performer, sums.to_checker, sums.fee)
        if not state.status.is_final:
            told = (0, 0, 0)
        return (int(state.status), state.since, state.performer_bps, *told)

    def default_of(self, found: OpenedTrade, index: int) -> tuple[int, ...]:
        follows = self.models.escrow.default_of(found, index)
        if follows is None:
            return (0, 0, 0, 0, 0)
        sums = payouts(found.tranche(index), follows.performer_bps, found.trade.pin.fee_bps)
        told = (sums.to_performer, sums.to_checker, sums.fee)
        return (int(follows.outcome), follows.due_at, *told)


def test_the_contracts_are_as_their_models(world: World) -> None:
    """Shrinking a failure takes minutes: set COMMONHOLD_SHRINK=1 for that."""
    MarketMachine.world = world
    shrink = [Phase.shrink] if os.environ.get("COMMONHOLD_SHRINK") else []
    run_state_machine_as_test(
        MarketMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            derandomize=True,  # what is never done must not depend on luck
            deadline=None,
            database=None,
            phases=[Phase.generate, *shrink],
            verbosity=Verbosity.normal,
            suppress_health_check=list(HealthCheck.all()),
        ),
    )
    print(*(f"{count:6} {name}" for name, count in sorted(world.ran.items())), sep="\n")
    missing = [name for name in MUST_RUN if not world.ran[name]]
    assert not missing, f"never done: {missing}"
