"""The contract and its plain model, side by side through random histories."""

import random
from dataclasses import astuple, replace

import pytest

from tests.contracts.expect import DAY, ZERO, next_at, outcome, plain, until
from tests.contracts.rulebook.conftest import (
    ALL_BOUNDS,
    FEES,
    GUARDED,
    HOUR,
    JURY,
    MAX_PAUSE,
    PERIOD,
    RATES,
    SHARE,
    TOKEN,
    UNKNOWN,
)
from tests.model import rulebook as model

ASSETS = (ZERO, TOKEN, UNKNOWN)
STEPS = 60


@pytest.fixture
def twin(book, people, start):
    return model.RuleBook(
        now=start,
        timelock=people.timelock.address,
        guardian=people.guardian.address,
        guardian_until=int(book.guardianUntil()),
        max_pause=MAX_PAUSE,
        bounds={name: model.Bounds(*limits) for name, limits in ALL_BOUNDS.items()},
        first_fees=FEES,
        first_disputes=model.DisputeRules(people.arbitrator.address, PERIOD, SHARE),
        first_jury=JURY,
        first_assets={asset: model.AssetRule(*rule) for asset, rule in RATES.items()},
    )


class Walk:
    """Draws calls that are mostly valid, and sends each to both."""

    def __init__(self, seed, book, twin, people):
        self.draw = random.Random(seed)
        self.book, self.twin, self.people = book, twin, people

    def step(self, time):
        names = ("fees", "disputes", "jury", "jury", "asset", "asset", "pause", "resume")
        return getattr(self, self.draw.choice(names))(time, self.caller())

    def caller(self):
        return self.draw.choices(
            [self.people.timelock, self.people.guardian, self.people.stranger], [8, 2, 1]
        )[0]

    def fees(self, time, caller):
        fees = list(self.twin.versions[-1].fees)
        for _ in range(self.draw.randint(0, 3)):
            fees[self.draw.randrange(10)] += self.draw.randint(-52, 52)
        fees = tuple(max(fee, 0) for fee in fees)
        return self.both(
            lambda: self.twin.set_fee_rules(time, caller.address, fees),
            lambda: self.book.setFeeRules((fees,), {"from": caller}),
        )

    def disputes(self, time, caller):
        old = self.twin.versions[-1].disputes
        arbitrator = self.draw.choice([old.arbitrator, self.people.stranger.address, ZERO])
        period = max(old.ruling_period + self.draw.randint(-8, 8) * DAY, 0)
        share = max(old.default_performer_bps + self.draw.choice([-1001, -1000, 0, 700]), 0)
        rules = model.DisputeRules(arbitrator, period, share)
        return self.both(
            lambda: self.twin.set_dispute_rules(time, caller.address, rules),
            lambda: self.book.setDisputeRules((arbitrator, period, share), {"from": caller}),
        )

    def jury(self, time, caller):
        """Any number of fields, moved by about a step."""
        rules = self.twin.versions[-1].jury
        for name in self.draw.sample(sorted(vars(rules)), self.draw.choice([0, 1, 1, 2, 13])):
            rules = replace(rules, **{name: self.moved(name, getattr(rules, name))})
        return self.both(
            lambda: self.twin.set_jury_rules(time, caller.address, rules),
            lambda: self.book.setJuryRules(astuple(rules), {"from": caller}),
        )

    def moved(self, name, value):
        if name == "jurors":
            return max(value + self.draw.choice([-2, -1, 2]), 0)
        if name == "max_appeals":
            return max(value + self.draw.choice([-1, 1]), 0)
        if name.endswith("_period"):
            return max(value + self.draw.randint(-4, 4) * HOUR, 0)
        return value * self.draw.choice([80, 95, 110, 125]) // 100

    def asset(self, time, caller):
        asset = self.draw.choice(ASSETS)
        known = self.twin.history.get(asset)
        rate = known[-1][1].rate if known else 10**12
        rule = (self.draw.random() < 0.6, rate * self.draw.choice([79, 80, 100, 120, 121]) // 100)
        return self.both(
            lambda: self.twin.set_asset_rule(time, caller.address, asset, model.AssetRule(*rule)),
            lambda: self.book.setAssetRule(asset, rule, {"from": caller}),
        )

    def pause(self, time, caller):
        duration = self.draw.randint(0, MAX_PAUSE + DAY)
        return self.both(
            lambda: self.twin.pause_opening(time, caller.address, duration),
            lambda: self.book.pauseOpening(duration, {"from": caller}),
        )

    def resume(self, time, caller):
        return self.both(
            lambda: self.twin.resume_opening(time, caller.address),
            lambda: self.book.resumeOpening({"from": caller}),
        )

    @staticmethod
    def both(expected, actual):
        wanted = outcome(expected)
        found = outcome(actual)
        if isinstance(wanted, str):
            assert found == wanted
        else:
            assert not isinstance(found, str), found


@pytest.mark.parametrize("seed", range(3))
def test_model_agrees_through_a_random_history(book, twin, people, start, seed):
    walk = Walk(seed, book, twin, people)
    time = start + 60
    for _ in range(STEPS):
        time += walk.draw.choice([1, 60, DAY, 2 * DAY, 5 * DAY])
        next_at(time)
        walk.step(time)
        until(time + 1)
        twin.check_invariants(time + 1)
        asset, kind = walk.draw.choice(ASSETS), walk.draw.randint(1, 10)
        wanted = outcome(twin.quote, time + 1, kind, asset)
        assert plain(outcome(book.quote, kind, asset)) == wanted
        assert book.pausedUntil() == twin.paused_until
        assert book.latestVersion() == len(twin.versions)
        time += 1
    assert time < start + 2 * GUARDED
    for number, version in enumerate(twin.versions, start=1):
        assert book.effectiveAt(number) == version.effective_at
        assert plain(book.feeRules(number)) == (version.fees,)
        assert plain(book.disputeRules(number)) == tuple(vars(version.disputes).values())
        assert plain(book.juryRules(number)) == astuple(version.jury)
    for asset in ASSETS:
        for when in range(start - DAY, time + 10 * DAY, 3 * DAY):
            expected = twin.asset_rule_at(asset, when)
            assert plain(book.assetRuleAt(asset, when)) == (expected.allowed, expected.rate)
