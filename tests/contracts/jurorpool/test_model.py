"""The pool against its model: weights always sum, and what is drawn from the past never changes."""

from types import SimpleNamespace

import pytest
from brownie.test import given
from eth_utils.crypto import keccak
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.contracts.expect import ZERO, plain
from tests.contracts.jurorpool.conftest import CAP, EPOCH, LEAVE, POINT, TIERS, UNIT, after
from tests.model.juror_pool import JurorPool

NAMES = ("alice", "bob", "carol", "dave", "stranger")
POINTS = (0, 10 * POINT - 1, 10 * POINT, 100 * POINT, 1_000 * POINT)
ACTIONS = ("stake", "leave", "withdraw", "opt", "points", "lock", "unlock", "slash", "award")

steps = st.lists(
    st.tuples(
        st.sampled_from((*ACTIONS, *("epoch",) * 4)),
        st.sampled_from(NAMES),
        st.integers(0, 2**32),
    ),
    min_size=10,
    max_size=25,
)


class Both:
    """Does the same to the contract and to the model, where the contract allows it."""

    def __init__(self, pool, points, people):
        self.pool, self.points, self.people = pool, points, people
        self.model = JurorPool(UNIT, CAP, TIERS)
        self.known = {name: int(points.pointsOf(self.of(name))) for name in NAMES}

    def of(self, name):
        return getattr(self.people, name)

    @property
    def epoch(self):
        return int(self.pool.currentEpoch())

    def reweigh(self, name, *, anew=True):
        self.model.reweigh(self.epoch, name, self.known[name] if anew else None)

    def stake(self, name, number):
        juror = self.model.juror(name)
        amount = juror.leaving + UNIT + number % (20 * UNIT)
        self.pool.stake(amount, {"from": self.of(name), "value": amount})
        juror.stake += amount
        self.reweigh(name)

    def leave(self, name, number):
        juror = self.model.juror(name)
        juror.leaving = number * UNIT // 7 % (juror.stake + 1)
        self.pool.requestLeave(juror.leaving, {"from": self.of(name)})
        self.reweigh(name)

    def withdraw(self, name, number):
        juror = self.model.juror(name)
        amount = min(juror.leaving, juror.stake - juror.locked)
        if not amount:
            return
        after(LEAVE)
        assert self.pool.withdraw({"from": self.of(name)}).return_value == amount
        juror.stake -= amount
        juror.leaving -= amount
        self.model.release(name)

    def opt(self, name, number):
        self.model.juror(name).drawable = number % 3 > 0
        self.pool.setDrawable(number % 3 > 0, {"from": self.of(name)})
        self.reweigh(name)

    def points_of(self, name, number):
        self.known[name] = POINTS[number % len(POINTS)]
        self.points.set([self.of(name)], self.known[name], {"from": self.people.deployer})
        self.pool.refresh(self.of(name), {"from": self.people.seeds})
        self.reweigh(name)
        self.model.release(name)

    def lock(self, name, number):
        juror = self.model.juror(name)
        amount = number % (5 * UNIT)
        held = self.pool.lock(self.of(name), amount, {"from": self.people.court}).return_value
        assert held == (amount <= juror.stake - juror.locked)
        juror.locked += amount if held else 0

    def unlock(self, name, number):
        juror = self.model.juror(name)
        amount = number % (juror.locked + 1)
        self.pool.unlock(self.of(name), amount, {"from": self.people.court})
        juror.locked -= amount

    def slash(self, name, number):
        juror = self.model.juror(name)
        amount = number % (juror.locked + 1)
        self.pool.slash(self.of(name), amount, {"from": self.people.court})
        juror.locked -= amount
        juror.stake -= amount
        juror.leaving = min(juror.leaving, juror.stake)
        self.model.slashed += amount
        self.reweigh(name, anew=False)

    def award(self, name, number):
        amount = number % (self.model.slashed + 1)
        self.pool.award(self.of(name), amount, {"from": self.people.court})
        self.model.slashed -= amount
        juror = self.model.juror(name)
        if juror.stake:
            juror.stake += amount
        else:
            self.model.credits[name] = self.model.credits.get(name, 0) + amount

    def check(self, drawn):
        """The contract says what the model says, and what it said before."""
        for name, juror in self.model.jurors.items():
            found = plain(self.pool.stakeOf(self.of(name)))
            assert found[:3] == (juror.stake, juror.locked, juror.leaving)
            position = self.model.positions.get(name)
            weight = 0 if position is None else self.model.weights.get(position, 0)
            assert self.pool.weightOf(self.of(name)) == weight
        assert self.pool.balance() == self.model.owed()
        for epoch in range(self.epoch):
            assert self.pool.totalWeightAt(epoch) == self.model.total(epoch)
            number = int.from_bytes(keccak(epoch), "big")
            found = plain(self.pool.draw(epoch, number))
            expected = self.model.draw(epoch, number)
            assert found == ((self.of(expected[0]).address, expected[1]) if expected else (ZERO, 0))
            assert drawn.setdefault(epoch, found) == found


@pytest.fixture(scope="module")
def fresh(JurorPool, StubPoints, people, setup):
    """A pool, and reputation of its own, for each example."""

    def deploy():
        points = people.deployer.deploy(StubPoints)
        made = people.deployer.deploy(JurorPool, setup(reputation=points))
        return SimpleNamespace(pool=made, points=points)

    return deploy


@given(steps)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_pool_does_what_its_model_does(fresh, people, actions):
    made = fresh()
    both, drawn = Both(made.pool, made.points, people), {}
    for name in NAMES:
        both.points_of(name, len(name))
    for action, name, number in actions:
        if action == "epoch":
            after(EPOCH)
            both.check(drawn)
        else:
            getattr(both, "points_of" if action == "points" else action)(name, number)
    after(EPOCH)
    both.pool.refresh(both.of("alice"), {"from": people.seeds})
    both.reweigh("alice")
    both.model.release("alice")
    both.check(drawn)
