"""A case from the dispute to the last coin, once without and once with an appeal."""

from tests.contracts.court.world import (
    APPEAL,
    BY_JURY,
    CHECKER,
    CLOSED,
    DECIDED,
    EVIDENCE,
    FEE,
    JURY,
    PERFORMER,
    SLASH,
    STAKE,
)
from tests.contracts.escrow.market import AMOUNT
from tests.contracts.escrow.market import RULED as TRANCHE_RULED
from tests.contracts.expect import event


def test_a_case_of_three_jurors_of_whom_one_does_not_reveal(room):
    dispute = room.dispute()
    dispute.to_reveal(6_000, 6_400, 5_900)
    silent = dispute.seated()[2]
    dispute.reveal(0, 6_000)
    dispute.reveal(1, 6_400)
    ruled = dispute.past()
    assert event(ruled, "PanelRuled")["performerBps"] == 6_200
    decided = dispute.past()
    assert event(decided, "CaseDecided")["decision"] == BY_JURY
    assert dispute.status == DECIDED
    # One fee comes back by the ruling: 62 %, rounded down, to the performer.
    assert room.credit(dispute.performer) == 1_860_005
    assert room.credit(dispute.checker) == FEE - 1_860_005

    executed = dispute.execute()
    assert dispute.status == CLOSED
    assert room.market.status(dispute.opened) == TRANCHE_RULED
    ruling = event(executed, "TrancheRuled")
    assert ruling["performerBps"] == 6_200
    performer = AMOUNT * 6_200 // 10_000
    assert room.market.gained(executed, "0x" + "00" * 20, dispute.performer) == (
        performer - performer * 250 // 10_000
    )

    dispute.settle()
    for juror in dispute.seated():
        if juror is silent:
            assert room.credit(juror) == 0
            assert room.stake(juror) == (STAKE - SLASH, 0)
        else:
            assert room.credit(juror) == FEE // 2
            assert room.stake(juror) == (STAKE + SLASH // 2, 0)
    assert room.credit(room.people["treasury"]) == FEE % 2
    assert room.pool.creditOf(room.people["treasury"].address) == SLASH % 2
    assert room.pool.slashedBy(room.court) == 0


def test_an_appeal_that_overturns_a_ruling(room):
    dispute = room.dispute()
    dispute.to_ruling(2_000, 2_000, 2_000)
    assert dispute.status == APPEAL
    dispute.appeal(PERFORMER)
    assert dispute.status == EVIDENCE
    dispute.to_ruling(*[9_000] * 7)
    assert dispute.status == APPEAL
    dispute.past()
    dispute.execute()
    assert dispute.case["performerBps"] == 9_000
    for round_ in (0, 1):
        dispute.settle(round_)
    # The first panel voted far from the last ruling: fee and slashed stake go to the treasury.
    treasury = room.people["treasury"]
    assert room.credit(treasury) == FEE
    assert room.pool.creditOf(treasury.address) == 3 * SLASH
    for juror in dispute.seated():
        assert room.credit(juror) == JURY.juror_fee

    # The appellant won: it gets what both put up, less the fees of seven jurors.
    dispute.round = 0
    before = room.credit(dispute.performer)
    dispute.claim(0, PERFORMER, dispute.performer)
    assert room.credit(dispute.performer) - before == 2 * dispute.needed() - 7 * JURY.juror_fee
    assert room.court.contributionOf(dispute.id, 0, CHECKER, dispute.checker.address) > 0

    for someone in [*room.people.values()]:
        if room.credit(someone):
            room.court.withdraw(someone.address, someone.address, {"from": room.stranger})
    assert room.court.balance() == 0
