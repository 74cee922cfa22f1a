"""fundAppeal (J11)

├── no side → BadSide
├── no case → UnknownCase
├── no ruling to appeal → WrongStatus
├── the side is fully funded → AppealIsFunded
├── no coin → WrongValue
├── the first half, nobody fully funded: either side, by anybody, in parts
├── the second half, nobody fully funded → WrongStatus: the ruling holds
├── one side fully funded: the other, up to the last second
└── both are: a panel of twice the jurors and one, and a new evidence period
"""

import pytest

from tests.contracts.court.world import (
    APPEAL,
    CHECKER,
    DECIDED,
    EVIDENCE,
    JURY,
    MISSING_APPEAL,
    PERFORMER,
    REVEAL,
)
from tests.contracts.expect import event, next_at, now, reverts

NEEDED = 10_500_731  # 7 jurors at 1,000,003 wei, times 1.5001, rounded down
HALF = JURY.appeal_period // 2


@pytest.fixture
def dispute(room):
    made = room.dispute()
    made.to_ruling(3_000, 3_000, 3_000)
    return made


@pytest.mark.parametrize("side", [PERFORMER, CHECKER])
def test_fund_appeal(room, dispute, side):
    courier = room.people["courier"]
    receipt = dispute.fund(side, courier, 1_000)
    assert event(receipt, "AppealFunded") == {
        "caseId": dispute.id,
        "round": 0,
        "side": side,
        "by": courier.address,
        "amount": 1_000,
        "total": 1_000,
        "needed": NEEDED,
    }
    assert room.court.contributionOf(dispute.id, 0, side, courier.address) == 1_000
    appeal = room.court.appealOf(dispute.id, 0)
    assert tuple(appeal) == ((1_000, 0, 0) if side == PERFORMER else (0, 1_000, 0))
    cost = room.court.appealCostOf(dispute.id)
    ruled = dispute.deadline - JURY.appeal_period
    assert tuple(map(int, cost)) == (NEEDED, ruled + HALF, dispute.deadline)


def test_what_is_not_needed_is_owed_to_the_sender(room, dispute):
    courier = room.people["courier"]
    dispute.fund(PERFORMER, courier, NEEDED - 1)
    told = event(dispute.fund(PERFORMER, courier, 5), "AppealFunded")
    assert (told["amount"], told["total"]) == (1, NEEDED)
    assert room.credit(courier) == 4
    assert room.court.contributionOf(dispute.id, 0, PERFORMER, courier.address) == NEEDED
    assert room.court.appealOf(dispute.id, 0)["appellant"] == PERFORMER


@pytest.mark.parametrize("first", [PERFORMER, CHECKER])
def test_both_sides_begin_a_round(room, dispute, first):
    second = CHECKER if first == PERFORMER else PERFORMER
    dispute.fund(second, room.people["courier"], 10)
    dispute.fund(first)
    assert dispute.status == APPEAL
    receipt = dispute.fund(second)
    told = event(receipt, "PanelRequested")
    assert (told["round"], told["attempt"], told["jurors"]) == (1, 0, 7)
    until = receipt.timestamp + JURY.evidence_period
    assert (dispute.status, dispute.deadline, dispute.case["round"]) == (EVIDENCE, until, 1)
    appeal = room.court.appealOf(dispute.id, 0)
    assert tuple(appeal) == (NEEDED, NEEDED, first)
    with reverts("Court_WrongStatus", dispute.id, EVIDENCE):
        dispute.fund(first)


def test_the_next_appeal_costs_more(room, dispute):
    dispute.appeal()
    dispute.to_ruling(*[1] * 7)
    assert room.court.appealCostOf(dispute.id)["perSide"] == 15 * 1_000_003 * 15_001 // 10_000
    dispute.appeal()
    assert (
        event(
            dispute.room.market.chain.get_transaction(
                dispute.room.market.chain[-1].transactions[0].hex()
            ),
            "PanelRequested",
        )["jurors"]
        == 15
    )


def test_fund_a_funded_side(room, dispute):
    dispute.fund(CHECKER)
    with reverts("Court_AppealIsFunded", CHECKER):
        dispute.fund(CHECKER, value=1)


def test_fund_nothing(room, dispute):
    dispute.fund(CHECKER, value=1)
    with reverts("Court_WrongValue", 0, NEEDED - 1):
        dispute.fund(CHECKER, value=0)


def test_fund_no_side(room, dispute):
    with reverts("Court_BadSide"):
        dispute.fund(0, room.people["courier"])


def test_fund_without_a_ruling(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        dispute.fund(PERFORMER)
    dispute.to_reveal(1, 1, 1)
    with reverts("Court_WrongStatus", dispute.id, REVEAL):
        dispute.fund(PERFORMER)
    assert tuple(map(int, room.court.appealCostOf(dispute.id))) == (0, 0, 0)


@pytest.mark.parametrize("second", [-1, 0, 1])
@pytest.mark.parametrize("side", [PERFORMER, CHECKER])
def test_the_appellant_around_the_half_J11(room, dispute, side, second):
    half = now() + HALF
    dispute.fund(side, value=NEEDED - 1)
    next_at(half + second)
    if second <= 0:
        dispute.fund(side)
        assert room.court.appealOf(dispute.id, 0)["appellant"] == side
        return
    with reverts("Court_WrongStatus", dispute.id, DECIDED):
        dispute.fund(side)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_the_answer_around_the_end_J11(room, dispute, second):
    """Appealed in the last second of the first half, answered in the last block."""
    ruled = now()
    next_at(ruled + HALF)
    dispute.fund(PERFORMER)
    next_at(ruled + JURY.appeal_period + second)
    if second <= 0:
        dispute.fund(CHECKER)
        assert dispute.status == EVIDENCE
        return
    with reverts("Court_WrongStatus", dispute.id, DECIDED):
        dispute.fund(CHECKER)


def test_one_side_alone_wins_J11(room, dispute):
    """And gets back what it put up; so does the other, which could not find all of it."""
    dispute.fund(PERFORMER)
    dispute.fund(CHECKER, room.people["courier"], NEEDED - 1)
    dispute.past()
    case = dispute.case
    assert (case["decision"], case["performerBps"]) == (MISSING_APPEAL, 10_000)
    before = room.credit(dispute.performer)
    dispute.claim(0, PERFORMER, dispute.performer)
    assert room.credit(dispute.performer) - before == NEEDED
    dispute.claim(0, CHECKER, room.people["courier"])
    assert room.credit(room.people["courier"]) == NEEDED - 1
    # The jurors had ruled as asked: they are measured by their own median.
    assert event(dispute.settle(), "RoundSettled")["paid"] == 0b111


def test_the_side_that_won_may_ask_for_more_J11(room):
    dispute = room.dispute()
    dispute.to_ruling(9_000, 9_000, 9_000)
    dispute.fund(PERFORMER)
    dispute.past()
    assert dispute.case["performerBps"] == 10_000
