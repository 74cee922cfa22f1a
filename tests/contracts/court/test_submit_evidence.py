"""submitEvidence

├── no case → UnknownCase
├── the caller is no side → NotSide
├── jurors are voting, or the case is decided → WrongStatus
├── the evidence period is over, and the panel still being drawn → TooLate
└── while deposits, evidence or appeals are taken: two events, one as ERC-1497 has it
"""

import pytest

from tests.contracts.court.world import APPEAL, COMMIT, DECIDED, JURY, REVEAL
from tests.contracts.expect import event, next_at, now, reverts

HASH = bytes(range(32))
URI = "ipfs://bafy/photo.jpg"


def submit(dispute, who=None):
    sender = {"from": (who or dispute.checker).account}
    return dispute.court.submitEvidence(dispute.id, HASH, URI, sender)


@pytest.mark.parametrize("role", ["performer", "checker"])
def test_submit_evidence(room, role):
    dispute = room.dispute()
    dispute.open()
    who = getattr(dispute, role)
    receipt = submit(dispute, who)
    assert event(receipt, "EvidenceSubmitted") == {
        "caseId": dispute.id,
        "party": who.address,
        "contentHash": HASH,
        "uri": URI,
    }
    assert event(receipt, "Evidence") == {
        "arbitrator": room.court.address,
        "evidenceGroupID": int.from_bytes(dispute.id, "big"),
        "party": who.address,
        "evidence": URI,
    }


def test_submit_evidence_while_an_appeal_may_be_funded(room):
    dispute = room.dispute()
    dispute.to_ruling(0, 0, 0)
    assert dispute.status == APPEAL
    submit(dispute)


def test_submit_evidence_by_another(room):
    dispute = room.dispute()
    dispute.open()
    with reverts("Court_NotSide", room.people["stranger"]):
        submit(dispute, room.people["stranger"])


def test_submit_evidence_in_no_case(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        submit(dispute)


def test_submit_evidence_to_jurors_who_vote(room):
    dispute = room.dispute()
    dispute.to_commit()
    with reverts("Court_WrongStatus", dispute.id, COMMIT):
        submit(dispute)
    for seat in range(3):
        dispute.commit(seat, 0)
    with reverts("Court_WrongStatus", dispute.id, REVEAL):
        submit(dispute)
    for seat in range(3):
        dispute.reveal(seat, 0)
    dispute.past()
    with reverts("Court_WrongStatus", dispute.id, DECIDED):
        submit(dispute)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_submit_evidence_around_the_deadline(room, second):
    """The panel is not drawn yet."""
    dispute = room.dispute()
    dispute.to_evidence()
    last = now() + JURY.evidence_period
    next_at(last + second)
    if second <= 0:
        submit(dispute)
        return
    with reverts("Court_TooLate", dispute.id, last):
        submit(dispute)
