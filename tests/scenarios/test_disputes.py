"""The second part of the demo's story, disputes, with the money of everybody counted to the unit.

What each should have is worked out here from the price, the ruling and the rules of juries:

    the guitar      1 ETH, 90 % to Alice by the second jury, 1.5 % fee on her part
    the deposits    3 x 0.004 ETH from each side: 0.012; 90 % of one comes back to Alice
    the appeal      7 x 0.004 x 1.5 ETH from each side: 0.042; Alice won both, less 7 x 0.004
    two more cases  3 and 5 x 0.004 ETH from each side, still before their juries
"""

import re
from collections import Counter
from collections.abc import Mapping

import pytest
from brownie import web3

from scripts.people import JURORS, Person
from scripts.story import MARKET, Stage, Told, play
from scripts.story.court import case_id
from scripts.story.disputing import DISPUTES

PRICE, JUROR_FEE, STAKE = 10**18, 4 * 10**15, 10**18
GROSS = PRICE * 9_000 // 10_000
TRADE_FEE = GROSS * 150 // 10_000
DEPOSIT, LATER_DEPOSIT = 3 * JUROR_FEE, 5 * JUROR_FEE
APPEAL_FEE = 7 * JUROR_FEE
APPEAL = APPEAL_FEE * 3 // 2
SIDES = (Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE)
RULED, DISPUTED = 9, 3


@pytest.fixture(scope="module")
def coins_before(stage: Stage) -> Mapping[Person, int]:
    """What each has when the disputes begin."""
    for _ in play(stage, MARKET):
        pass
    return {person: web3.eth.get_balance(person.address) for person in Person}


@pytest.fixture(scope="module")
def told(stage: Stage, coins_before: Mapping[Person, int]) -> list[Told]:
    """The disputes, played once."""
    return [told for _, told in play(stage, DISPUTES)]


@pytest.fixture(scope="module")
def gains(coins_before: Mapping[Person, int], told: list[Told]) -> Mapping[Person, int]:
    """Coin won or lost by each, gas not counted."""
    spent: Counter[str] = Counter()
    for receipt in (receipt for one in told for receipt in one.receipts):
        spent[receipt["from"]] += receipt["gasUsed"] * receipt["effectiveGasPrice"]
    return {
        person: web3.eth.get_balance(person.address) - before + spent[person.address]
        for person, before in coins_before.items()
    }


def test_every_transaction_is_signed_by_those_who_are_named(told: list[Told]) -> None:
    names = {person.address: person.title for person in Person}
    for one in told:
        senders = {names[receipt["from"]] for receipt in one.receipts}
        assert all(receipt["status"] == 1 for receipt in one.receipts)
        if one.who == f"{len(JURORS)} members":
            assert senders == {person.title for person in JURORS}
        elif senders:
            assert senders == set(re.split(", | and ", one.who))


def test_sides_have_their_money_to_the_unit(gains: Mapping[Person, int]) -> None:
    back = DEPOSIT * 9_000 // 10_000
    appeal = 2 * APPEAL - APPEAL_FEE
    won = GROSS - TRADE_FEE - DEPOSIT - APPEAL + appeal + back
    assert gains[Person.ALICE] == won - DEPOSIT - LATER_DEPOSIT
    assert gains[Person.BOB] == PRICE - GROSS - PRICE - DEPOSIT - APPEAL
    assert gains[Person.CAROL] == -PRICE - DEPOSIT
    assert gains[Person.DAVE] == -PRICE - LATER_DEPOSIT


def test_jurors_have_staked_and_nobody_else_paid_or_was_paid(
    gains: Mapping[Person, int],
) -> None:
    for person in set(Person) - set(SIDES):
        assert gains[person] == -STAKE * (person in JURORS)


def test_the_court_has_the_deposits_of_open_cases_and_what_it_owes(
    stage: Stage, told: list[Told]
) -> None:
    court, treasury = stage.deployment.court, stage.deployment.timelock.address
    accounts = [*(person.address for person in Person), treasury]
    owed = sum(court.creditOf(account) for account in accounts)
    assert court.creditOf(Person.BOB.address) == DEPOSIT - DEPOSIT * 9_000 // 10_000
    assert web3.eth.get_balance(court.address) == 2 * DEPOSIT + 2 * LATER_DEPOSIT + owed


def test_the_escrow_has_what_is_disputed_and_the_fee(stage: Stage, told: list[Told]) -> None:
    escrow, treasury = stage.deployment.escrow, stage.deployment.timelock
    assert web3.eth.get_balance(escrow.address) == 2 * PRICE + TRADE_FEE
    assert escrow.creditOf(treasury, "0x" + "00" * 20) == TRADE_FEE


@pytest.mark.parametrize(
    ("name", "status"),
    [("guitar", RULED), ("guitar before", DISPUTED), ("guitar after", DISPUTED)],
)
def test_each_trade_stands_where_it_was_told(
    stage: Stage, told: list[Told], name: str, status: int
) -> None:
    _, (state,) = stage.deployment.escrow.tranchesOf(stage.trades[name].calldata)
    assert state[0] == status


@pytest.mark.parametrize(
    ("name", "jurors"), [("guitar", 3), ("guitar before", 3), ("guitar after", 5)]
)
def test_a_case_keeps_the_size_of_jury_it_was_opened_with(
    stage: Stage, told: list[Told], name: str, jurors: int
) -> None:
    _, seats = stage.deployment.court.panelOf(case_id(stage, name), 0, 0)
    assert len(seats) == jurors


def test_the_vote_raised_the_first_jury(stage: Stage, told: list[Told]) -> None:
    book = stage.deployment.rule_book
    assert [book.juryRules(version).dict()["jurors"] for version in (2, 3)] == [3, 5]
    assert book.currentVersion() == 3
