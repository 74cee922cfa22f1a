"""Every error, by one change from the usual way."""

import pytest

from tests.contracts.erc792.conftest import (
    APPEAL_COST,
    CLOSED,
    COST,
    DEPOSIT_PERIOD,
    DEPOSITED,
    EXTRA_DATA,
    FOR_PERFORMER,
    JOINED,
    REPEAT,
    RULED,
    SUBMITTED,
)
from tests.contracts.escrow.actions import in_status as tranche_in_status
from tests.contracts.escrow.market import DISPUTED, FINAL, OPEN, PERFORMED, RULING_PERIOD
from tests.contracts.expect import DAY, ZERO, reverts

STATUSES = (DEPOSITED, JOINED, SUBMITTED, RULED, CLOSED)


@pytest.mark.parametrize("missing", [0, 1])
def test_deployment_without_an_address(Erc792Arbitrator, people, escrow, foreign, missing):
    given = [escrow.address, foreign.address]
    given[missing] = ZERO
    with reverts("Erc792Arbitrator_ZeroAddress"):
        people["deployer"].account.deploy(Erc792Arbitrator, *given, EXTRA_DATA, DAY, "")


@pytest.mark.parametrize("status", [OPEN, PERFORMED, *FINAL])
def test_open_undisputed(cases, market, people, rules, status):
    if status == FINAL[5]:  # ruled: only the arbitrator could
        opened = cases.in_status(CLOSED)
        with reverts("Erc792Arbitrator_CaseExists", cases.id(opened)):
            cases.open(opened)
        return
    opened = tranche_in_status(market, status)
    with reverts("Erc792Arbitrator_NotDisputed", cases.id(opened)):
        cases.open(opened)


def test_open_a_tranche_that_is_not_there(cases):
    opened = cases.disputed()
    for tranche in (1, 2**255):
        with reverts("Erc792Arbitrator_NotDisputed", cases.id(opened, tranche)):
            cases.contract.openCase(
                opened.packed, tranche, {"from": cases.seller.account, "value": COST}
            )


@pytest.mark.parametrize("status", STATUSES)
def test_open_twice(cases, status):
    opened = cases.in_status(status)
    with reverts("Erc792Arbitrator_CaseExists", cases.id(opened)):
        cases.open(opened, cases.buyer)


def test_open_under_other_rules_E25(cases, market, people, rules):
    """Its arbitrator is the one that the trade pinned, not the one voted in later."""
    older = (people["arbitrator"].address, RULING_PERIOD, 0)
    rules.setDisputeRules(older, {"from": people["timelock"].account})
    market.mine_at(market.now + DAY)
    opened = tranche_in_status(market, DISPUTED)
    with reverts("Erc792Arbitrator_NotArbitrator", people["arbitrator"]):
        cases.open(opened)


@pytest.mark.parametrize("second", [-1, 0])
def test_open_late(cases, market, second):
    """The deposit period ends before the ruling is due."""
    opened = cases.disputed()
    due_at = cases.due_at(opened)
    market.next_at(due_at - DEPOSIT_PERIOD + second)
    if second < 0:
        cases.open(opened)
        return
    with reverts("Erc792Arbitrator_NoTimeLeft", due_at):
        cases.open(opened)


def test_open_by_another(cases, people):
    opened = cases.disputed()
    for name in ("stranger", "arbitrator", "timelock"):
        with reverts("Erc792Arbitrator_NotSide", people[name]):
            cases.open(opened, people[name])


def test_open_for_less(cases):
    opened = cases.disputed()
    with reverts("Erc792Arbitrator_WrongValue", COST - 1, COST):
        cases.open(opened, value=COST - 1)


@pytest.mark.parametrize("value", [0, COST - 1, COST + 1])
def test_join_for_another_sum(cases, value):
    opened = cases.in_status(DEPOSITED)
    with reverts("Erc792Arbitrator_WrongValue", value, COST):
        cases.join(opened, value=value)


def test_join_by_another(cases):
    opened = cases.in_status(DEPOSITED)
    for person in (cases.seller, cases.stranger):
        with reverts("Erc792Arbitrator_NotSide", person):
            cases.join(opened, person)


@pytest.mark.parametrize("second", [0, 1])
def test_join_around_the_deadline(cases, market, second):
    opened = cases.in_status(DEPOSITED)
    deadline = cases.of(opened)["deadline"]
    market.next_at(deadline + second)
    if second == 0:
        cases.join(opened)
        return
    with reverts("Erc792Arbitrator_TooLate", cases.id(opened), deadline):
        cases.join(opened)


@pytest.mark.parametrize("action", ["join", "submit", "appeal", "rule"])
@pytest.mark.parametrize("status", STATUSES)
def test_in_another_status(cases, status, action):
    allowed = {"join": DEPOSITED, "submit": JOINED, "appeal": SUBMITTED, "rule": SUBMITTED}
    if status == allowed[action] or (action == "rule" and status < SUBMITTED):
        return  # who was not asked cannot rule: see below
    opened = cases.in_status(status)
    with reverts("Erc792Arbitrator_WrongStatus", cases.id(opened), status):
        if action == "rule":
            cases.give(opened, FOR_PERFORMER)
        elif action == "appeal":
            sender = {"from": cases.stranger.account, "value": APPEAL_COST}
            cases.contract.appeal(cases.id(opened), sender)
        else:
            {"join": cases.join, "submit": cases.submit}[action](opened)


def test_closed_case(cases):
    opened = cases.in_status(CLOSED)
    with reverts("Erc792Arbitrator_WrongStatus", cases.id(opened), CLOSED):
        cases.execute(opened)
    with reverts("Erc792Arbitrator_WrongStatus", cases.id(opened), CLOSED):
        cases.contract.submitEvidence(cases.id(opened), "", {"from": cases.seller.account})


def test_unknown_case(cases):
    opened = cases.disputed()
    with reverts("Erc792Arbitrator_UnknownCase", cases.id(opened)):
        cases.join(opened)
    with reverts("Erc792Arbitrator_UnknownCase", cases.id(opened)):
        cases.execute(opened)


@pytest.mark.parametrize("action", ["submit", "execute"])
def test_with_another_trade(cases, action):
    opened, other = cases.in_status(JOINED), cases.disputed()
    with reverts("Erc792Arbitrator_WrongTrade", other.id):
        getattr(cases.contract, action)(
            cases.id(opened), other.packed, {"from": cases.stranger.account}
        )


def test_execute_early(cases, market):
    """One second after the deadline the missing deposit decides; in the other statuses, nothing
    does before the ruling is due."""
    opened = cases.in_status(DEPOSITED)
    deadline = cases.of(opened)["deadline"]
    market.next_at(deadline)
    with reverts("Erc792Arbitrator_NotDue", cases.id(opened), deadline):
        cases.execute(opened)


@pytest.mark.parametrize("status", [JOINED, SUBMITTED])
def test_execute_without_a_ruling(cases, market, status):
    opened = cases.in_status(status)
    due_at = cases.due_at(opened)
    market.next_at(due_at)
    with reverts("Erc792Arbitrator_NotDue", cases.id(opened), due_at):
        cases.execute(opened)


def test_evidence_by_another(cases):
    opened = cases.in_status(JOINED)
    with reverts("Erc792Arbitrator_NotSide", cases.stranger):
        cases.contract.submitEvidence(cases.id(opened), "", {"from": cases.stranger.account})


def test_rule_by_another(cases, people):
    opened = cases.in_status(SUBMITTED)
    for name in ("seller", "buyer", "stranger", "timelock"):
        with reverts("Erc792Arbitrator_NotForeign", people[name]):
            cases.contract.rule(1, FOR_PERFORMER, {"from": people[name].account})
    assert cases.of(opened)["status"] == SUBMITTED


def test_rule_unasked(cases):
    cases.in_status(JOINED)
    for dispute in (0, 1, 2**256 - 1):
        with reverts("Erc792Arbitrator_UnknownDispute", dispute):
            cases.foreign.impose(
                cases.contract, dispute, FOR_PERFORMER, {"from": cases.stranger.account}
            )


@pytest.mark.parametrize("ruling", [4, 256, 2**256 - 1])
def test_rule_beyond_the_choices(cases, ruling):
    opened = cases.in_status(SUBMITTED)
    with reverts("Erc792Arbitrator_BadRuling", ruling):
        cases.give(opened, ruling)


def test_dispute_numbered_like_another(cases):
    """A foreign arbitrator cannot make one case stand for another."""
    cases.in_status(SUBMITTED)
    opened = cases.in_status(JOINED)
    cases.foreign.setMood(REPEAT, {"from": cases.stranger.account})
    with reverts("Erc792Arbitrator_DisputeIdTaken", 1):
        cases.submit(opened)


def test_withdraw(cases, people):
    cases.in_status(CLOSED)
    seller = cases.seller
    with reverts("Erc792Arbitrator_ZeroAddress"):
        cases.contract.withdraw(seller.address, ZERO, {"from": seller.account})
    with reverts("Erc792Arbitrator_NotOwner", seller):
        cases.contract.withdraw(
            seller.address, cases.stranger.address, {"from": cases.stranger.account}
        )
    with reverts("Erc792Arbitrator_NoCredit", cases.buyer):
        cases.contract.withdraw(cases.buyer.address, cases.buyer.address, {"from": seller.account})
    # The contract of the rules takes no coin.
    with reverts("Erc792Arbitrator_PayoutFailed", cases.market.rules):
        cases.contract.withdraw(
            seller.address, cases.market.rules.address, {"from": seller.account}
        )
    cases.contract.withdraw(seller.address, people["guest"].address, {"from": seller.account})
    assert cases.held() == 0
