"""Panels that fail (J4, J6)

├── seats not filled a commit period after the evidence: Missing
├── fewer than a majority reveal: Silent; who did not lose, who did share it
├── the first failure of a case: another panel is drawn, with a seed of its own
├── the second one
│   ├── no panel has ruled: the Escrow's default, both deposits back
│   └── one has: its ruling holds, contributions to the appeal come back
└── randomness that reverts keeps nobody from joining, and the case ends all the same
"""

import pytest

from tests.contracts.court.world import (
    BY_JURY,
    CHECKER,
    CLOSED,
    COMMIT,
    DECIDED,
    EVIDENCE,
    FEE,
    JURY,
    MISSING,
    NO_PANEL,
    PERFORMER,
    SILENT,
    SLASH,
    STAKE,
)
from tests.contracts.escrow.market import AMOUNT, DEFAULT_PERFORMER_BPS, DEFAULTED
from tests.contracts.expect import event, next_at, reverts, until

SECONDS = [-1, 0, 1]


def waited(dispute):
    """The last second in which the panel may be drawn."""
    return dispute.deadline + JURY.commit_period


@pytest.mark.parametrize("second", SECONDS)
def test_a_panel_that_is_never_drawn_J6(room, second):
    dispute = room.dispute()
    dispute.to_evidence()
    last = waited(dispute)
    next_at(last + second)
    if second <= 0:
        with reverts("Court_NotDue", dispute.id, last + 1):
            dispute.advance()
        return
    receipt = dispute.advance()
    assert event(receipt, "PanelFailed") == {
        "caseId": dispute.id,
        "round": 0,
        "attempt": 0,
        "state": MISSING,
        "reveals": 0,
        "needed": 2,
    }
    assert event(receipt, "PanelRequested")["attempt"] == 1
    assert (dispute.status, dispute.deadline) == (EVIDENCE, last + 1 + JURY.evidence_period)
    assert dispute.case["redrawn"] == 1


@pytest.mark.parametrize("second", [0, 1])
def test_the_last_second_to_fill_a_panel(room, second):
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    next_at(waited(dispute) + second)
    if not second:
        dispute.draw()
        assert dispute.status == COMMIT
        return
    with reverts("Court_NoSeed", 2):
        dispute.draw()


def test_jurors_of_a_missing_panel_are_let_go(room):
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    dispute.draw(1)
    seated = [room.juror(str(one["juror"])) for one in dispute.panel()[1] if one["state"]]
    assert len(seated) == 1
    until(waited(dispute) + 1)
    dispute.advance()
    told = event(dispute.settle(0, 0), "RoundSettled")
    assert (told["paid"], told["slashed"], told["feeToTreasury"]) == (0, 0, 0)
    assert room.stake(seated[0]) == (STAKE, 0)


def test_two_missing_panels_J6(room):
    dispute = room.dispute()
    dispute.to_evidence()
    for _ in range(2):
        until(waited(dispute) + 1)
        receipt = dispute.advance()
    assert event(receipt, "CaseDecided")["decision"] == NO_PANEL
    assert room.credit(dispute.performer) == room.credit(dispute.checker) == FEE
    executed = dispute.execute()
    assert event(executed, "CaseClosed")["how"] == 2
    share = AMOUNT * DEFAULT_PERFORMER_BPS // 10_000
    fee = share * 250 // 10_000
    paid = {"performer": share - fee, "checker": AMOUNT - share, "fee": fee}
    room.market.assert_closed(dispute.opened, executed, DEFAULTED, **paid)


@pytest.mark.parametrize("revealed", [0, 1])
def test_too_few_reveals_J4(room, revealed):
    dispute = room.dispute()
    dispute.to_ruling(*[5_000] * revealed, *[None] * (3 - revealed))
    assert (dispute.status, dispute.case["redrawn"]) == (EVIDENCE, 1)
    seated = dispute.seated()
    told = event(dispute.settle(0, 0), "RoundSettled")
    lost = (3 - revealed) * SLASH
    assert told["slashed"] == 0b111 >> revealed << revealed
    assert told["feeShare"] == told["feeToTreasury"] == 0
    assert told["stakeShare"] == (lost if revealed else 0)
    assert told["stakeToTreasury"] == (0 if revealed else lost)
    for seat, juror in enumerate(seated):
        after = STAKE + lost if seat < revealed else STAKE - SLASH
        assert room.stake(juror) == (after, 0)


def test_a_second_panel_rules(room):
    dispute = room.dispute()
    dispute.to_ruling(None, None, None)
    dispute.attempt = 1
    dispute.to_ruling(100, 200, 300)
    assert dispute.case["performerBps"] == 200
    dispute.past()
    dispute.execute()
    assert event(dispute.settle(0, 1), "RoundSettled")["feeShare"] == JURY.juror_fee
    dispute.settle(0, 0)
    assert room.court.balance() == _owed(room)


def test_a_second_silent_panel(room):
    dispute = room.dispute()
    dispute.to_ruling(None, None, None)
    dispute.attempt = 1
    dispute.to_ruling(None, 1, None)
    assert (dispute.status, dispute.case["decision"]) == (DECIDED, NO_PANEL)
    assert dispute.panel()[0]["state"] == SILENT
    dispute.execute()
    for attempt in (0, 1):
        dispute.settle(0, attempt)
    assert dispute.status == CLOSED
    assert room.market.status(dispute.opened) == DEFAULTED
    assert room.credit(dispute.performer) == room.credit(dispute.checker) == FEE
    assert room.court.balance() == 2 * FEE


def test_an_appeal_whose_panels_fail_leaves_the_ruling(room):
    """Else who lost could appeal where the pool is too small, and be rid of the ruling."""
    dispute = room.dispute()
    dispute.to_ruling(9_000, 9_000, 9_000)
    first = dispute.needed()
    dispute.appeal(CHECKER)
    for _ in range(2):
        until(waited(dispute) + 1)
        dispute.advance()
    case = dispute.case
    assert (case["status"], case["decision"], case["performerBps"]) == (DECIDED, BY_JURY, 9_000)
    for side, who in ((PERFORMER, dispute.performer), (CHECKER, dispute.checker)):
        before = room.credit(who)
        dispute.claim(0, side, who)
        assert room.credit(who) - before == first
    dispute.settle(0, 0)
    assert event(dispute.settle(1, 1), "RoundSettled")["paid"] == 0
    assert room.court.balance() == _owed(room)


def test_randomness_that_reverts_J6(room, elsewhere):
    """It has no `request`: both can join, nobody is drawn, the Escrow's default holds."""
    dispute = elsewhere(room.points).dispute()
    dispute.open()
    receipt = dispute.join()
    assert "PanelRequested" not in receipt.events
    assert dispute.panel()[0]["requestId"] == 0
    for _ in range(2):
        until(waited(dispute) + 1)
        dispute.advance()
    assert dispute.case["decision"] == NO_PANEL
    dispute.execute()
    assert room.market.status(dispute.opened) == DEFAULTED


def test_a_request_that_failed_is_made_again_by_the_draw(room):
    """Randomness that was down for a while costs time, no more."""
    dispute = room.dispute()
    dispute.open()
    room.randomness.setDown(True, {"from": room.stranger})
    assert "PanelRequested" not in dispute.join().events
    room.randomness.setDown(False, {"from": room.stranger})
    assert event(dispute.draw(), "PanelRequested")["requestId"] == 1
    dispute.seed()
    dispute.draw()
    assert len(dispute.seated()) == 3


def _owed(room):
    return sum(room.credit(one) for one in room.people.values())


def test_no_redraw_twice_in_a_case(room):
    """A redraw in the first round leaves none for the appeal."""
    dispute = room.dispute()
    dispute.to_ruling(None, None, None)
    dispute.attempt = 1
    dispute.to_ruling(4, 4, 4)
    dispute.appeal()
    until(waited(dispute) + 1)
    dispute.advance()
    assert dispute.case["decision"] == BY_JURY
    assert dispute.case["performerBps"] == 4
