"""Rules and arbitrator changed by a vote while a case is open

├── the case goes on under the rules that its trade pinned
├── a trade opened after it is judged under the new ones
├── the court that was replaced rules on the old trades, the new one on the new
└── the court of other rules than a trade's → NotArbitrator
"""

from dataclasses import astuple, replace

from tests.contracts.court.world import FEE, JURY, RULING_PERIOD
from tests.contracts.escrow.market import DEFAULT_PERFORMER_BPS, RULED
from tests.contracts.expect import event, now, reverts, until

FIVE = replace(JURY, jurors=5, juror_fee=7, slash_bps=1, max_appeals=1)


def vote(room, setter, rules):
    setter(rules, {"from": room.people["timelock"].account})
    until(now() + 3_600)


def test_a_dispute_opened_before_still_has_three_J13(room, deployed):
    before = room.dispute()
    vote(room, deployed["rules"].setJuryRules, astuple(FIVE))
    after = room.dispute()
    with reverts("Court_WrongValue", FEE, 35):
        after.open()
    before.to_decision(1, 1, 1)
    assert len(before.seated()) == 3
    assert event(before.settle(), "RoundSettled")["feeShare"] == JURY.juror_fee
    after.open(value=35)
    after.join(value=35)
    after.to_ruling(2, 2, 2, 2, 2)
    assert len(after.seated()) == 5
    assert after.case["rulesVersion"] == 2


def test_rules_changed_between_deposits_and_jury_J13(room, deployed):
    dispute = room.dispute()
    dispute.to_commit()
    shorter = replace(JURY, commit_period=3_600, reveal_period=3_600, juror_fee=1)
    vote(room, deployed["rules"].setJuryRules, astuple(shorter))
    dispute.commit(0, 5)
    dispute.commit(1, 5)
    dispute.commit(2, 5)
    assert dispute.deadline == now() + JURY.reveal_period
    for seat in range(3):
        dispute.reveal(seat, 5)
    dispute.past()
    dispute.execute()
    assert event(dispute.settle(), "RoundSettled")["feeShare"] == JURY.juror_fee


def test_arbitrator_swapped_mid_case_E25(room, deployed, people):
    """The old court carries its ruling out; the new arbitrator has no say in it."""
    dispute = room.dispute()
    dispute.to_commit()
    other = people["courier"]
    rules = (other.address, RULING_PERIOD, DEFAULT_PERFORMER_BPS)
    vote(room, deployed["rules"].setDisputeRules, rules)
    with reverts("Escrow_NotArbitrator", other):
        deployed["escrow"].rule(dispute.opened.packed, 0, 1, {"from": other.account})
    dispute.commit(0, 5)
    dispute.commit(1, 5)
    dispute.commit(2, 5)
    for seat in range(3):
        dispute.reveal(seat, 5)
    dispute.past()
    dispute.execute()
    assert room.market.status(dispute.opened) == RULED


def test_a_court_that_is_not_the_arbitrator(room, elsewhere, deployed):
    before = room.dispute()
    new = elsewhere(room.randomness)
    after = new.dispute()
    with reverts("Court_NotArbitrator", room.court):
        new.court.openCase(before.opened.packed, 0, {"from": before.checker.account, "value": FEE})
    with reverts("Court_NotArbitrator", new.court):
        room.court.openCase(after.opened.packed, 0, {"from": after.checker.account, "value": FEE})
    before.open()
    after.open()
    assert before.id != after.id
    assert deployed["rules"].currentVersion() == 2
