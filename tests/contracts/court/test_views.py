"""Views: what a case costs and what comes next, in every status."""

from tests.contracts.court.world import (
    APPEAL,
    CLOSED,
    COMMIT,
    DECIDED,
    EVIDENCE,
    FEE,
    JURY,
    NONE,
    PERFORMER,
    REVEAL,
)
from tests.contracts.expect import now, reverts


def next_step(dispute):
    return tuple(map(int, dispute.court.nextStep(dispute.id)))


def test_what_comes_next(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        dispute.court.nextStep(dispute.id)
    dispute.open()
    assert next_step(dispute) == (DECIDED, now() + JURY.deposit_period + 1)
    dispute.join()
    evidence = now() + JURY.evidence_period
    assert next_step(dispute) == (EVIDENCE, evidence + JURY.commit_period + 1)
    dispute.seed()
    dispute.draw()
    assert next_step(dispute) == (COMMIT, evidence + 1)
    dispute.past()
    assert next_step(dispute) == (REVEAL, evidence + JURY.commit_period + 1)
    for seat in range(3):
        dispute.commit(seat, 9)
    reveal = now() + JURY.reveal_period
    dispute.reveal(0, 9)
    assert next_step(dispute) == (EVIDENCE, reveal + 1)
    dispute.reveal(1, 9)
    assert next_step(dispute) == (APPEAL, reveal + 1)
    dispute.reveal(2, 9)
    ruled = now()
    assert next_step(dispute) == (DECIDED, ruled + JURY.appeal_period // 2 + 1)
    dispute.fund(PERFORMER)
    assert next_step(dispute) == (DECIDED, ruled + JURY.appeal_period + 1)
    dispute.past()
    assert next_step(dispute) == (CLOSED, 0)
    dispute.execute()
    assert next_step(dispute) == (NONE, 0)


def test_what_comes_after_a_second_failure(room):
    dispute = room.dispute()
    dispute.to_ruling(None, None, None)
    assert next_step(dispute)[0] == DECIDED
    dispute.attempt = 1
    dispute.to_reveal(1, 1, None)
    assert next_step(dispute)[0] == DECIDED


def test_names_and_costs(room, deployed, people):
    court = room.court
    assert court.arbitrationFee(1) == FEE
    assert court.escrow() == deployed["escrow"].address
    assert court.pool() == deployed["pool"].address
    assert court.randomness() == deployed["randomness"].address
    assert court.treasury() == people["treasury"].address
    dispute = room.dispute()
    assert bytes(court.caseIdOf(dispute.opened.id, 0)) == dispute.id


def test_views_of_nothing(room):
    court, nothing = room.court, bytes(32)
    assert not any(
        int(value, 16) if isinstance(value, str) else value for value in court.caseOf(nothing)
    )
    panel, seats = court.panelOf(nothing, 0, 0)
    assert not any(panel)
    assert len(seats) == 0
    assert court.creditOf(room.stranger.address) == 0
