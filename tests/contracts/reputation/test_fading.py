"""Votes fade together, and add up exactly at every moment (D1, D11)."""

import brownie
import pytest

from tests.contracts.expect import now, until
from tests.contracts.reputation.conftest import GENESIS, INDEX, POINT, WEEK, Tranche
from tests.model.reputation import index_after

TRANSFERS = {
    "allowance",
    "approve",
    "balanceOf",
    "burn",
    "mint",
    "permit",
    "transfer",
    "transferFrom",
    "transferOwnership",
    "upgradeTo",
    "upgradeToAndCall",
}


@pytest.mark.parametrize("half_lives", [1, 2, 10])
def test_points_halve_every_13_weeks(reputation, people, start, half_lives):
    time = start + 13 * WEEK * half_lives
    until(time - 1)
    assert reputation.pointsOf(people.alice) > GENESIS["alice"] >> half_lives
    until(time)
    assert reputation.pointsOf(people.alice) == GENESIS["alice"] >> half_lives


def test_points_fade_every_week_D11(reputation, people, start):
    for week in range(1, 14):
        until(start + week * WEEK)
        expected = GENESIS["bob"] * INDEX // index_after(week * WEEK)
        assert reputation.pointsOf(people.bob) == expected


def test_points_of_a_stranger_are_none(reputation, people):
    assert reputation.pointsOf(people.stranger) == reputation.unitsOf(people.stranger) == 0


def test_units_and_votes_do_not_change_with_time_D11(reputation, people, start):
    until(start + 100 * WEEK)
    for name, points in GENESIS.items():
        account = getattr(people, name)
        assert reputation.unitsOf(account) == reputation.getVotes(account) == points * INDEX


def test_votes_of_all_are_the_supply_at_every_past_moment_D11(
    reputation, people, market, claim, start
):
    moments = []
    for week, (performer, funder) in enumerate(
        [("dave", "erin"), ("erin", "alice"), ("bob", "dave"), ("carol", "stranger")], start=1
    ):
        until(start + week * WEEK)
        claim(market.trade(Tranche(performer, funder, now(), fee=2 * POINT + week)))
        reputation.delegate(people.erin, {"from": getattr(people, performer)})
        moments.append(now())
    until(now() + 1)
    everyone = vars(people).values()
    for moment in [start, *moments]:
        votes = sum(int(reputation.getPastVotes(account, moment)) for account in everyone)
        assert votes == reputation.getPastTotalSupply(moment)
    assert sum(int(reputation.unitsOf(account)) for account in everyone) == reputation.totalUnits()


def test_a_later_point_outweighs_an_earlier_one(market, claim, units, start):
    until(start + 13 * WEEK)
    claim(market.trade(Tranche("dave", "erin", start)))
    claim(market.trade(Tranche("carol", "bob", now())))
    assert units("carol") == 2 * units("dave")


def test_nothing_can_be_sent_bought_or_minted_by_anybody_D1(reputation):
    """D1: votes move by delegation only."""
    functions = {entry["name"] for entry in reputation.abi if entry["type"] == "function"}
    assert not functions & TRANSFERS
    writing = {
        entry["name"]
        for entry in reputation.abi
        if entry["type"] == "function" and entry["stateMutability"] not in ("view", "pure")
    }
    assert writing == {"claim", "release", "setEscrow", "delegate", "delegateBySig"}


def test_coin_is_not_accepted(reputation, people):
    with brownie.reverts():
        people.alice.transfer(reputation, 1)
