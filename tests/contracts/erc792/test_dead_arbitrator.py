"""A foreign arbitrator that is dead, reverts, re-enters or is late (E25, J8): the funds are free
after the pinned ruling period, and so are the deposits."""

import pytest

from tests.contracts.erc792.conftest import (
    CLOSED,
    COST,
    DEPOSITED,
    FOR_CHECKER,
    FOR_PERFORMER,
    JOINED,
    REFUSE,
    REFUSE_TO_CREATE,
    RULED,
    SUBMITTED,
)
from tests.contracts.escrow.actions import FOR_EVER, accept, expire, refund, split
from tests.contracts.escrow.market import ACCEPTED, DEFAULTED, DISPUTED, REFUNDED, SPLIT
from tests.contracts.escrow.market import RULED as TRANCHE_RULED
from tests.contracts.expect import plain, reverts

DEFAULT = {"performer": 292_500, "checker": 700_003, "fee": 7_500}  # 30% of 1,000,003, 250 bps
SPENT = (COST - 1) // 2, COST - (COST - 1) // 2  # half of one deposit each


def mood(cases, value):
    cases.foreign.setMood(value, {"from": cases.stranger.account})


@pytest.mark.parametrize(
    ("status", "back"),
    [(DEPOSITED, (COST, 0)), (JOINED, (COST, COST)), (SUBMITTED, SPENT), (RULED, (COST, 0))],
)
@pytest.mark.parametrize("by", ["the case", "the Escrow"])
def test_silence_E25(cases, market, status, back, by):
    """Whatever the case waits for, anyone closes the tranche by the pinned default, here or at the
    Escrow itself, and then the deposits come back. A ruling that nobody had carried out still says
    whose deposit does."""
    opened = cases.in_status(status)
    mood(cases, REFUSE)
    market.next_at(cases.due_at(opened) + 1)
    receipt = cases.execute(opened) if by == "the case" else expire(market, opened)
    market.assert_closed(opened, receipt, DEFAULTED, **DEFAULT)
    if by == "the Escrow":
        cases.execute(opened)
    assert cases.of(opened)["status"] == CLOSED
    assert cases.credits() == back
    assert cases.held() == sum(back)


def test_default_without_any_case_E25(cases, market):
    """Nobody can open one with a dead arbitrator; the default holds all the same."""
    opened = cases.disputed()
    mood(cases, REFUSE)
    with reverts("StubArbitrator792_Refused"):
        cases.open(opened)
    market.next_at(cases.due_at(opened) + 1)
    market.assert_closed(opened, expire(market, opened), DEFAULTED, **DEFAULT)


def test_a_dead_arbitrator_keeps_nobody_from_joining_E25(cases, market):
    """Else the side that deposited first would win by it."""
    opened = cases.in_status(DEPOSITED)
    mood(cases, REFUSE)
    cases.join(opened)
    with reverts("StubArbitrator792_Refused"):
        cases.submit(opened)
    market.mine_at(cases.of(opened)["deadline"] + 1)
    with reverts("Erc792Arbitrator_NotDue", cases.id(opened), cases.due_at(opened)):
        cases.execute(opened)


def test_creation_that_reverts_can_be_tried_again_E25(cases):
    opened = cases.in_status(JOINED)
    mood(cases, REFUSE_TO_CREATE)
    with reverts("StubArbitrator792_Refused"):
        cases.submit(opened)
    assert (cases.of(opened)["status"], cases.of(opened)["held"]) == (JOINED, 2 * COST)
    mood(cases, 0)
    cases.submit(opened)
    assert cases.of(opened)["status"] == SUBMITTED


@pytest.mark.parametrize("second", [0, 1])
def test_submission_around_the_last_second_of_the_ruling_period_E13(cases, market, second):
    """Nobody can spend the deposits on a dispute that is of no use any more."""
    opened = cases.in_status(JOINED)
    due_at = cases.due_at(opened)
    market.next_at(due_at + second)
    if second == 0:
        cases.submit(opened)
        return
    with reverts("Erc792Arbitrator_TooLate", cases.id(opened), due_at):
        cases.submit(opened)


@pytest.mark.parametrize("second", [0, 1])
def test_execution_around_the_last_second_of_the_ruling_period_E13(cases, market, second):
    opened = cases.in_status(RULED)
    market.next_at(cases.due_at(opened) + second)
    cases.execute(opened)
    assert market.status(opened) == (DEFAULTED if second else TRANCHE_RULED)
    assert cases.credits() == (COST, 0)


def test_ruling_after_the_default_E25(cases, market):
    """It is stored, moves no funds of the trade, and only says whose deposit comes back."""
    opened = cases.in_status(SUBMITTED)
    market.next_at(cases.due_at(opened) + 1)
    expire(market, opened)
    cases.give(opened, FOR_CHECKER)
    cases.execute(opened)
    assert market.status(opened) == DEFAULTED
    assert cases.credits() == (0, COST)


def test_ruling_after_the_case_is_closed_E25(cases, market):
    opened = cases.in_status(SUBMITTED)
    market.next_at(cases.due_at(opened) + 1)
    cases.execute(opened)
    with reverts("Erc792Arbitrator_WrongStatus", cases.id(opened), CLOSED):
        cases.give(opened, FOR_CHECKER)


@pytest.mark.parametrize(("status", "back"), [(JOINED, (COST, COST)), (SUBMITTED, SPENT)])
@pytest.mark.parametrize(
    ("end", "outcome"), [(accept, ACCEPTED), (refund, REFUNDED), (split, SPLIT)]
)
def test_parties_settle_meanwhile(cases, market, status, back, end, outcome):
    opened = cases.in_status(status)
    end(market, opened)
    if status == JOINED:
        with reverts("Erc792Arbitrator_NotDisputed", cases.id(opened)):
            cases.submit(opened)
    cases.execute(opened)
    assert market.status(opened) == outcome
    assert cases.credits() == back


CALLS = ["openCase", "join", "submit", "appeal", "rule", "execute", "withdraw"]


@pytest.mark.parametrize("what", CALLS)
def test_reentrant_arbitrator_J8(cases, market, what):
    """From within the creation of a dispute nothing can be done here; the dispute goes on."""
    opened, case = cases.in_status(JOINED), cases.contract
    named = cases.id(opened)
    arguments = {
        "openCase": (opened.packed, 0),
        "join": (named,),
        "submit": (named, opened.packed),
        "appeal": (named,),
        "rule": (1, FOR_PERFORMER),
        "execute": (named, opened.packed),
        "withdraw": (cases.seller.address, cases.seller.address),
    }
    data = getattr(case, what).encode_input(*arguments[what])
    cases.foreign.setCall(case, data, {"from": cases.stranger.account})
    receipt = cases.submit(opened)
    (reacted,) = receipt.events["Reacted"]
    assert not reacted["success"]
    assert plain(reacted["answer"])[:4].hex() == "3ee5aeb5"  # ReentrancyGuardReentrantCall()
    cases.give(opened, FOR_PERFORMER)
    cases.execute(opened)
    assert market.status(opened) == TRANCHE_RULED


def test_arbitrator_that_acts_at_the_Escrow_J8(cases, market):
    """While it creates a dispute it can close the tranche if anyone can: no harm is done."""
    opened = cases.in_status(JOINED)
    bps, deadline = 5_000, FOR_EVER
    signed = [market.sign_split(opened.id, p, bps, deadline) for p in (cases.seller, cases.buyer)]
    data = market.escrow.split.encode_input(opened.packed, 0, bps, deadline, *signed)
    cases.foreign.setCall(market.escrow, data, {"from": cases.stranger.account})
    cases.submit(opened)
    assert market.status(opened) == SPLIT
    cases.give(opened, FOR_CHECKER)
    cases.execute(opened)
    assert market.status(opened) == SPLIT
    assert cases.credits() == (0, COST)


def test_payee_that_reverts_holds_up_nobody_E3(cases, market, StubPayee, people):
    """The deposits are credits; a side that cannot be paid keeps its own."""
    opened = cases.in_status(RULED)
    payee = people["deployer"].account.deploy(StubPayee, cases.seller.address)
    payee.setMood(1, {"from": cases.seller.account})
    cases.execute(opened)
    assert market.status(opened) == TRANCHE_RULED
    with reverts("Erc792Arbitrator_PayoutFailed", payee):
        cases.contract.withdraw(cases.seller.address, payee, {"from": cases.seller.account})
    assert cases.credit(cases.seller) == COST


def test_voted_out_mid_case_E25(cases, market, people, rules):
    """A vote changes nothing of a trade that is open: its arbitrator still rules."""
    opened = cases.in_status(SUBMITTED)
    newer = (people["arbitrator"].address, 3 * 86_400, 9_000)
    rules.setDisputeRules(newer, {"from": people["timelock"].account})
    market.mine_at(market.now + 3_600)
    assert rules.currentVersion() == 3
    cases.give(opened, FOR_PERFORMER)
    cases.execute(opened)
    assert market.status(opened) == TRANCHE_RULED


def test_still_disputed(cases, market):
    """What these tests start from."""
    assert market.status(cases.in_status(SUBMITTED)) == DISPUTED
