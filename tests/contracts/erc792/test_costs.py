"""What arbitration costs may change between the deposits and the submission, and appeals cost more.

Each side deposits the cost as it was when the case was opened, `COST`. The cost at submission is
taken from both; the winner's deposit comes back as far as it is not spent, the loser gets what is
left then.
"""

import pytest

from tests.contracts.erc792.conftest import (
    APPEAL_COST,
    COST,
    FOR_CHECKER,
    FOR_PERFORMER,
    HALVES,
    JOINED,
    REFUSED,
    SUBMITTED,
)
from tests.contracts.expect import event, plain, reverts

HALF = COST // 2
# cost at submission, sent with it; to the performer and the checker if it is ruled 1, and if 3
CHANGES = [
    (0, 0, (COST, COST), (COST, COST)),  # nothing was spent
    (HALF, 0, (COST, COST - HALF), (COST - HALF // 2, COST - HALF // 2)),
    (COST + HALF, 0, (COST - HALF, 0), (COST // 4, COST // 4 + 1)),
    (2 * COST, 0, (0, 0), (0, 0)),  # all of it
    (2 * COST + 7, 7, (0, 0), (0, 0)),  # somebody adds what is missing
]


@pytest.mark.parametrize("ruling", [FOR_PERFORMER, HALVES])
@pytest.mark.parametrize(("cost", "sent", "decided", "halves"), CHANGES)
def test_cost_that_changes(cases, ruling, cost, sent, decided, halves):
    opened = cases.in_status(JOINED)
    stranger = {"from": cases.stranger.account}
    cases.foreign.setPrices(cost, APPEAL_COST, stranger)
    cases.submit(opened, sent)
    assert cases.foreign.balance() == cost
    cases.give(opened, ruling)
    cases.execute(opened)
    expected = decided if ruling == FOR_PERFORMER else halves
    assert cases.credits() == expected
    assert cases.held() == sum(expected) == 2 * COST + sent - cost


def test_submit_for_less_than_is_missing(cases):
    opened = cases.in_status(JOINED)
    cases.foreign.setPrices(2 * COST + 7, APPEAL_COST, {"from": cases.stranger.account})
    with reverts("Erc792Arbitrator_WrongValue", 6, 7):
        cases.submit(opened, 6)


def test_excess_is_credited(cases):
    opened = cases.disputed()
    cases.open(opened, value=COST + 5)
    cases.join(opened)
    cases.submit(opened, 11)
    sender = {"from": cases.buyer.account, "value": APPEAL_COST + 13}
    cases.foreign.propose(1, FOR_PERFORMER, {"from": cases.stranger.account})
    cases.contract.appeal(cases.id(opened), sender)
    assert (*cases.credits(), cases.credit(cases.stranger)) == (5, 13, 11)
    assert cases.held() == COST + 5 + 13 + 11


def test_a_price_never_touches_another_case(cases):
    """A foreign arbitrator that raises its price to all that is here gets nobody else's deposit."""
    opened, other = cases.in_status(JOINED), cases.in_status(JOINED)
    cases.foreign.setPrices(4 * COST, APPEAL_COST, {"from": cases.stranger.account})
    with reverts("Erc792Arbitrator_WrongValue", 0, 2 * COST):
        cases.submit(opened)
    assert cases.of(other)["held"] == 2 * COST


def test_appeals_pass_through(cases):
    """The first ruling is appealed twice, by anybody, and only the last one counts."""
    opened = cases.in_status(SUBMITTED)
    stranger = {"from": cases.stranger.account}
    for payer, ruling in ((cases.buyer, FOR_PERFORMER), (cases.stranger, REFUSED)):
        cases.foreign.propose(1, ruling, stranger)
        sender = {"from": payer.account, "value": APPEAL_COST}
        told = event(cases.contract.appeal(cases.id(opened), sender), "CaseAppealed")
        assert told == {
            "caseId": cases.id(opened),
            "disputeId": 1,
            "by": payer.address,
            "cost": APPEAL_COST,
        }
    assert plain(cases.foreign.disputeOf(1))[3] == 2
    assert cases.foreign.balance() == COST + 2 * APPEAL_COST
    cases.give(opened, FOR_CHECKER)
    cases.execute(opened)
    assert cases.credits() == (0, COST)


def test_appeal_for_less(cases):
    opened = cases.in_status(SUBMITTED)
    sender = {"from": cases.buyer.account, "value": APPEAL_COST - 1}
    with reverts("Erc792Arbitrator_WrongValue", APPEAL_COST - 1, APPEAL_COST):
        cases.contract.appeal(cases.id(opened), sender)


def test_appeal_that_the_foreign_court_does_not_take(cases):
    """What it says is told, and nothing is paid."""
    opened = cases.in_status(SUBMITTED)
    sender = {"from": cases.buyer.account, "value": APPEAL_COST}
    with reverts("StubArbitrator792_NotAppealable", 1):
        cases.contract.appeal(cases.id(opened), sender)
    assert cases.credit(cases.buyer) == 0
