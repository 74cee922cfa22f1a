"""claimAppeal

├── no case → UnknownCase
├── the case is not decided → WrongStatus
├── the contributor put up nothing, has claimed, or lost → NothingToClaim
├── no round followed: everybody gets back what it put up
├── a round followed, and a panel ruled
│   ├── the ruling moved: the side towards which it moved shares all but the jurors' fees
│   ├── it did not: the side that did not appeal
│   └── the shares are proportional; the last one gets what is left, so that nothing stays
├── a round followed, and no panel ruled: everybody gets back what it put up (see test_no_panel)
└── the tranche was closed meanwhile (see test_settled_by_the_parties)
"""

import pytest

from tests.contracts.court.world import APPEAL, CHECKER, JURY, PERFORMER
from tests.contracts.expect import event, reverts

NEEDED = 10_500_731
PRIZE = 2 * NEEDED - 7 * JURY.juror_fee


def appealed(room, before, after, appellant=PERFORMER):
    """A ruling, an appeal, the ruling after it; nobody appeals again."""
    dispute = room.dispute()
    dispute.to_ruling(*[before] * 3)
    dispute.appeal(appellant)
    dispute.to_ruling(*[after] * 7)
    dispute.past()
    return dispute


@pytest.mark.parametrize("appellant", [PERFORMER, CHECKER])
@pytest.mark.parametrize(
    ("before", "after", "winner"),
    [(5_000, 5_001, PERFORMER), (5_000, 4_999, CHECKER), (0, 10_000, PERFORMER)],
)
def test_the_side_towards_which_it_moved(room, before, after, winner, appellant):
    dispute = appealed(room, before, after, appellant)
    sides = {PERFORMER: dispute.performer, CHECKER: dispute.checker}
    loser = CHECKER if winner == PERFORMER else PERFORMER
    credit = room.credit(sides[winner])
    receipt = dispute.claim(0, winner, sides[winner])
    assert event(receipt, "AppealClaimed") == {
        "caseId": dispute.id,
        "round": 0,
        "side": winner,
        "contributor": sides[winner].address,
        "amount": PRIZE,
    }
    assert room.credit(sides[winner]) - credit == PRIZE
    with reverts("Court_NothingToClaim", sides[loser]):
        dispute.claim(0, loser, sides[loser])


@pytest.mark.parametrize("appellant", [PERFORMER, CHECKER])
def test_the_defender_of_what_did_not_move(room, appellant):
    dispute = appealed(room, 5_000, 5_000, appellant)
    sides = {PERFORMER: dispute.performer, CHECKER: dispute.checker}
    with reverts("Court_NothingToClaim", sides[appellant]):
        dispute.claim(0, appellant, sides[appellant])
    defender = CHECKER if appellant == PERFORMER else PERFORMER
    before = room.credit(sides[defender])
    dispute.claim(0, defender, sides[defender])
    assert room.credit(sides[defender]) - before == PRIZE


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_crowd_shares_to_the_last_unit(room, order):
    crowd = [room.people[name] for name in ("courier", "stranger", "guardian")]
    dispute = room.dispute()
    dispute.to_ruling(0, 0, 0)
    parts = (1, 3_333_333, NEEDED - 3_333_334)
    for who, part in zip(crowd, parts, strict=True):
        dispute.fund(PERFORMER, who, part)
    dispute.fund(CHECKER)
    dispute.round = 1
    dispute.to_ruling(*[1] * 7)
    dispute.past()
    got = {}
    for i in order:
        told = event(dispute.claim(0, PERFORMER, crowd[i]), "AppealClaimed")
        got[i] = told["amount"]
    assert sum(got.values()) == PRIZE
    for i, part in enumerate(parts):
        exact = PRIZE * part // NEEDED
        assert exact <= got[i] <= exact + 2
    dispute.settle(1, 0)
    dispute.settle(0, 0)
    assert room.court.balance() == sum(room.credit(one) for one in room.people.values())


def test_each_appeal_is_judged_by_the_final_ruling(room, jurors):
    """The first moved it up, the second back to where it was: both were won by the checker."""
    for juror in jurors:
        room.pool.stake(10**18, {"from": juror.account, "value": 10**18})
    dispute = room.dispute()
    dispute.to_ruling(5_000, 5_000, 5_000)
    dispute.appeal(PERFORMER)
    dispute.to_ruling(*[9_000] * 7)
    dispute.fund(CHECKER)
    dispute.past()  # nobody answers: the checker gets all
    assert dispute.case["performerBps"] == 0
    with reverts("Court_NothingToClaim", dispute.performer):
        dispute.claim(0, PERFORMER, dispute.performer)
    assert event(dispute.claim(0, CHECKER, dispute.checker), "AppealClaimed")["amount"] == PRIZE


def test_claim_twice_and_for_nobody(room):
    dispute = appealed(room, 0, 1)
    dispute.claim(0, PERFORMER, dispute.performer)
    with reverts("Court_NothingToClaim", dispute.performer):
        dispute.claim(0, PERFORMER, dispute.performer)
    with reverts("Court_NothingToClaim", room.people["courier"]):
        dispute.claim(0, PERFORMER, room.people["courier"])
    with reverts("Court_NothingToClaim", dispute.performer):
        dispute.claim(1, PERFORMER, dispute.performer)
    with reverts("Court_NothingToClaim", dispute.performer):
        dispute.claim(2**255, PERFORMER, dispute.performer)
    with reverts("Court_NothingToClaim", dispute.performer):
        dispute.claim(0, 0, dispute.performer)


def test_claim_before_the_decision(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        dispute.claim(0, PERFORMER, dispute.performer)
    dispute.to_ruling(1, 1, 1)
    dispute.fund(PERFORMER, value=5)
    with reverts("Court_WrongStatus", dispute.id, APPEAL):
        dispute.claim(0, PERFORMER, dispute.performer)


def test_contributions_to_an_appeal_that_nobody_made(room):
    dispute = room.dispute()
    dispute.to_ruling(1, 1, 1)
    dispute.fund(PERFORMER, room.people["courier"], 5)
    dispute.fund(CHECKER, room.people["courier"], 7)
    dispute.past()
    dispute.claim(0, PERFORMER, room.people["courier"])
    dispute.claim(0, CHECKER, room.people["courier"])
    assert room.credit(room.people["courier"]) == 12
