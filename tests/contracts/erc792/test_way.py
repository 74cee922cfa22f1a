"""The whole way: disputed, both deposit, submitted, ruled, carried out, withdrawn.

| ruling | performer | checker | deposits |
|---|---|---|---|
| 1 | all | | the performer's comes back |
| 2 | | all | the checker's comes back |
| 3 | half | half | half of one to each |
| 0 | pinned default | rest | half of one to each |
"""

import pytest

from tests.contracts.erc792.conftest import (
    CLOSED,
    COST,
    DEPOSIT_PERIOD,
    DEPOSITED,
    EXTRA_DATA,
    FOR_CHECKER,
    FOR_PERFORMER,
    HALVES,
    JOINED,
    META_EVIDENCE,
    REFUSED,
    RULED,
    SUBMITTED,
)
from tests.contracts.escrow import market as escrow_market
from tests.contracts.expect import event, plain

HALF = (COST - 1) // 2  # of an odd number: the checker gets the odd wei
# ruling; status at the Escrow; performer, checker, fee of 1,000,003 at 250 bps; deposits back
RULINGS = [
    (FOR_PERFORMER, escrow_market.RULED, (975_003, 0, 25_000), (COST, 0)),
    (FOR_CHECKER, escrow_market.RULED, (0, 1_000_003, 0), (0, COST)),
    (HALVES, escrow_market.RULED, (487_501, 500_002, 12_500), (HALF, HALF + 1)),
    (REFUSED, escrow_market.DEFAULTED, (292_500, 700_003, 7_500), (HALF, HALF + 1)),
]


@pytest.mark.parametrize("opener", ["seller", "buyer"])
@pytest.mark.parametrize(("ruling", "status", "sums", "back"), RULINGS)
def test_way(cases, market, opener, ruling, status, sums, back):
    opened = cases.disputed()
    first, second = market.people[opener], cases.seller if opener == "buyer" else cases.buyer
    due_at = cases.due_at(opened)

    told = event(cases.open(opened, first), "CaseOpened")
    assert told == {
        "caseId": cases.id(opened),
        "tradeId": opened.id,
        "tranche": 0,
        "performer": cases.seller.address,
        "checker": cases.buyer.address,
        "by": first.address,
        "deposit": COST,
        "deadline": market.now + DEPOSIT_PERIOD,
        "dueAt": due_at,
    }
    assert cases.of(opened) == {
        "performer": cases.seller.address,
        "deadline": market.now + DEPOSIT_PERIOD,
        "due_at": due_at,
        "status": DEPOSITED,
        "tranche": 0,
        "checker": cases.buyer.address,
        "deposit": COST,
        "held": COST,
        "opened_by_performer": opener == "seller",
        "ruling": 0,
        "dispute_id": 0,
    }

    told = event(cases.join(opened, second), "CaseJoined")
    assert told == {"caseId": cases.id(opened), "by": second.address}
    assert (cases.of(opened)["status"], cases.held()) == (JOINED, 2 * COST)

    receipt = cases.submit(opened)
    told = event(receipt, "CaseSubmitted")
    assert told == {"caseId": cases.id(opened), "disputeId": 1, "cost": COST, "held": COST}
    told = event(receipt, "Dispute")
    assert told == {
        "arbitrator": cases.foreign.address,
        "disputeID": 1,
        "metaEvidenceID": 0,
        "evidenceGroupID": int.from_bytes(cases.id(opened)),
    }
    assert (cases.of(opened)["status"], cases.held()) == (SUBMITTED, COST)
    asked = plain(cases.foreign.disputeOf(1))
    assert asked == (cases.contract.address, 3, 0, 0, False, EXTRA_DATA)

    receipt = cases.give(opened, ruling)
    told = event(receipt, "Ruling")
    assert told == {"arbitrator": cases.foreign.address, "disputeID": 1, "ruling": ruling}
    assert (cases.of(opened)["status"], cases.of(opened)["ruling"]) == (RULED, ruling)
    assert market.status(opened) == escrow_market.DISPUTED  # nobody had it carried out yet

    receipt = cases.execute(opened)
    performer, checker, fee = sums
    market.assert_closed(opened, receipt, status, performer=performer, checker=checker, fee=fee)
    told = event(receipt, "CaseClosed")
    assert told == {"caseId": cases.id(opened), "toPerformer": back[0], "toChecker": back[1]}
    assert (cases.of(opened)["status"], cases.of(opened)["held"]) == (CLOSED, 0)
    assert cases.credits() == back
    for person, amount in zip((cases.seller, cases.buyer), back, strict=True):
        if amount:
            sender = {"from": cases.stranger.account}
            receipt = cases.contract.withdraw(person.address, person.address, sender)
            assert market.gained(receipt, escrow_market.ZERO_ADDRESS, person) == amount
    assert cases.held() == 0


@pytest.mark.parametrize("opener", ["seller", "buyer"])
def test_other_side_does_not_join(cases, market, opener):
    """Who deposited wins without a dispute, and its deposit comes back."""
    opened = cases.disputed()
    cases.open(opened, market.people[opener])
    market.next_at(cases.of(opened)["deadline"] + 1)
    receipt = cases.execute(opened)
    won = opener == "seller"
    sums = {"performer": 975_003, "checker": 0, "fee": 25_000}
    if not won:
        sums = {"performer": 0, "checker": 1_000_003, "fee": 0}
    market.assert_closed(opened, receipt, escrow_market.RULED, **sums)
    assert cases.credits() == ((COST, 0) if won else (0, COST))
    assert cases.foreign.balance() == 0


def test_deployment(contract, foreign, escrow):
    assert contract.escrow() == escrow
    assert contract.foreign() == foreign
    assert contract.depositPeriod() == DEPOSIT_PERIOD
    assert plain(contract.extraData()) == EXTRA_DATA
    assert event(contract.tx, "MetaEvidence") == {"metaEvidenceID": 0, "evidence": META_EVIDENCE}


def test_ids_of_cases(cases):
    opened = cases.disputed()
    for tranche in (0, 1, 19):
        assert plain(cases.contract.caseIdOf(opened.id, tranche)) == cases.id(opened, tranche)


def test_evidence(cases):
    """By a side, as long as the case is not closed."""
    opened = cases.in_status(SUBMITTED)
    for person in (cases.seller, cases.buyer):
        sender = {"from": person.account}
        receipt = cases.contract.submitEvidence(cases.id(opened), "ipfs://photo", sender)
        assert event(receipt, "Evidence") == {
            "arbitrator": cases.foreign.address,
            "evidenceGroupID": int.from_bytes(cases.id(opened)),
            "party": person.address,
            "evidence": "ipfs://photo",
        }
