"""The demo's trades and its first vote, with the money of everybody counted to the unit.

What each should have is worked out here from the prices and the fees of the profile:

    sale            price            fee             to Alice        back to the buyer
    bicycle 1       0.4 ETH          2.5 %           the rest
    table           800 TUSD         2.5 %           the rest
    bicycle 2       0.4 ETH          none (missed)                   all
    website         0.2 ETH + 1      3 % of 60 %     60 % - fee      the rest
    bicycle 3       0.4 ETH          2.5 % (old)     the rest
    bicycle 4       0.4 ETH          1.5 % (new)     the rest
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from brownie import web3

from scripts.parameters import GOODS
from scripts.people import Person
from scripts.story import MARKET, Stage, Told, play

PEOPLE = (Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE, Person.ERIN)
EXECUTED = 7
ACCEPTED, LAPSED, MISSED, SPLIT = 4, 6, 7, 8
BICYCLE, TABLE, WEBSITE = 4 * 10**17, 800 * 10**6, 2 * 10**17 + 1


def to_performer(price: int, fee_bps: int, share_bps: int = 10_000) -> tuple[int, int]:
    """What the performer gets and the fee, rounded down, of a share of the price."""
    gross = price * share_bps // 10_000
    fee = gross * fee_bps // 10_000
    return gross - fee, fee


@pytest.fixture(scope="module")
def coins_before(stage: Stage) -> Mapping[Person, int]:
    return {person: web3.eth.get_balance(person.address) for person in Person}


@pytest.fixture(scope="module")
def told(stage: Stage, coins_before: Mapping[Person, int]) -> list[Told]:
    """The story up to the first dispute, played once."""
    return [told for _, told in play(stage, MARKET)]


@pytest.fixture(scope="module")
def gains(
    stage: Stage, coins_before: Mapping[Person, int], told: list[Told]
) -> Mapping[Person, int]:
    """Coin won or lost by each, gas not counted."""
    spent: Counter[str] = Counter()
    for receipt in (receipt for one in told for receipt in one.receipts):
        spent[receipt["from"]] += receipt["gasUsed"] * receipt["effectiveGasPrice"]
    return {
        person: web3.eth.get_balance(person.address) - before + spent[person.address]
        for person, before in coins_before.items()
    }


def test_every_transaction_is_signed_by_the_one_who_is_named(told: list[Told]) -> None:
    names = {person.address: person.title for person in Person}
    for one in told:
        assert {names[receipt["from"]] for receipt in one.receipts} <= {one.who}
        assert all(receipt["status"] == 1 for receipt in one.receipts)


def test_coin_went_where_it_should_to_the_unit(gains: Mapping[Person, int]) -> None:
    bicycle, _ = to_performer(BICYCLE, 250)
    cheaper, _ = to_performer(BICYCLE, 150)
    website, website_fee = to_performer(WEBSITE, 300, 6_000)
    assert gains[Person.ALICE] == 2 * bicycle + cheaper + website
    assert gains[Person.BOB] == -3 * BICYCLE
    assert gains[Person.DAVE] == 0
    assert gains[Person.ERIN] == -(website + website_fee)
    for person in Person:
        if person not in {Person.ALICE, Person.BOB, Person.DAVE, Person.ERIN}:
            assert gains[person] == 0


def test_tokens_went_where_they_should_to_the_unit(stage: Stage, told: list[Told]) -> None:
    token = stage.deployment.tokens["TUSD"]
    table, fee = to_performer(TABLE, 250)
    assert token.balanceOf(Person.ALICE.address) == table
    assert token.balanceOf(Person.CAROL.address) == 1_000 * 10**6 - TABLE
    market = stage.deployment
    assert market.escrow.creditOf(market.timelock, token) == fee
    assert token.balanceOf(market.escrow) == fee


def test_the_treasury_has_every_fee_in_coin_and_the_escrow_nothing(
    stage: Stage, told: list[Told]
) -> None:
    market = stage.deployment
    fees = 2 * to_performer(BICYCLE, 250)[1] + to_performer(BICYCLE, 150)[1]
    fees += to_performer(WEBSITE, 300, 6_000)[1]
    assert web3.eth.get_balance(market.timelock.address) == fees
    assert web3.eth.get_balance(market.escrow.address) == 0


@pytest.mark.parametrize(
    ("name", "status", "fee_bps", "version"),
    [
        ("bicycle 1", ACCEPTED, 250, 1),
        ("table", LAPSED, 250, 1),
        ("bicycle 2", MISSED, 250, 1),
        ("website", SPLIT, 300, 1),
        ("bicycle 3", ACCEPTED, 250, 1),
        ("bicycle 4", ACCEPTED, 150, 2),
    ],
)
def test_each_trade_ended_as_told_under_the_rules_it_was_opened_with(
    stage: Stage, told: list[Told], name: str, status: int, fee_bps: int, version: int
) -> None:
    opened = stage.trades[name]
    trade_id, (state,) = stage.deployment.escrow.tranchesOf(opened.calldata)
    assert bytes(trade_id) == opened.trade_id
    assert state[0] == status
    assert (opened.trade.pin.fee_bps, opened.trade.pin.rules_version) == (fee_bps, version)
    assert sum(state[3:6]) == opened.trade.terms.tranches[0].amount


def test_the_old_trade_was_closed_after_the_new_rules_took_effect(
    stage: Stage, told: list[Told]
) -> None:
    effective = stage.proposal["effective"]
    old, new = stage.trades["bicycle 3"].trade.pin, stage.trades["bicycle 4"].trade.pin
    _, (state,) = stage.deployment.escrow.tranchesOf(stage.trades["bicycle 3"].calldata)
    assert old.opened_at < effective <= new.opened_at
    assert state[1] >= effective


def test_the_proposal_was_executed_with_the_votes_of_all_who_voted(
    stage: Stage, told: list[Told]
) -> None:
    governor, reputation = stage.deployment.governor, stage.deployment.reputation
    snapshot, proposal = stage.proposal["snapshot"], stage.proposal["id"]
    votes = {p: reputation.getPastVotes(p.address, snapshot) for p in Person}
    in_favour = votes[Person.MARA] + votes[Person.NOOR] + votes[Person.ALICE]
    assert governor.state(proposal) == EXECUTED
    counted = tuple(governor.proposalVotes(proposal))
    assert counted == (votes[Person.OLU], in_favour, 0)
    book = stage.deployment.rule_book
    before, after = (tuple(book.feeRules(version)[0]) for version in (1, 2))
    assert after == (*before[: GOODS - 1], 150, *before[GOODS:])
    assert book.currentVersion() == 2


def test_reputation_is_half_of_the_points_of_each_fee_to_each_side(
    stage: Stage, told: list[Told]
) -> None:
    coin_rate = 2_500 * 10**6  # base units of points per coin of fee, in the profile
    bob = to_performer(BICYCLE, 250)[1] * coin_rate // 10**18 // 2
    erin = to_performer(WEBSITE, 300, 6_000)[1] * coin_rate // 10**18 // 2
    carol = to_performer(TABLE, 250)[1] // 2  # one point per token of fee, six decimals both
    points: Any = stage.deployment.reputation.pointsOf
    assert points(Person.BOB.address) == bob
    assert points(Person.CAROL.address) == carol
    assert points(Person.ERIN.address) == erin
    assert points(Person.DAVE.address) == 0
    assert points(Person.ALICE.address) == bob + carol + erin
