"""commit (J1, J2)

├── no case → UnknownCase
├── no commit period → WrongStatus
├── the commitment is below 2^32, where marks are kept → BadCommitment
├── the seat is void, has committed, or is none → WrongSeat
├── the caller does not sit there → NotSeated
└── else
    ├── the last one starts the reveal period
    └── another's commitment is worth nothing (J1)
"""

import pytest

from tests.contracts.court.world import (
    COMMIT,
    COMMITTED,
    EMPTY,
    EVIDENCE,
    JURY,
    REVEAL,
    SALT,
)
from tests.contracts.expect import event, next_at, reverts, until


@pytest.fixture
def dispute(room):
    made = room.dispute()
    made.to_commit()
    return made


def test_commit(room, dispute):
    receipt = dispute.commit(1, 4_200)
    commitment = dispute.commitment(1, 4_200)
    assert event(receipt, "VoteCommitted") == {
        "caseId": dispute.id,
        "juror": dispute.seated()[1].address,
        "round": 0,
        "seat": 1,
        "commitment": commitment,
    }
    panel, seats = dispute.panel()
    assert (panel["commits"], seats[1]["state"]) == (1, COMMITTED)
    assert bytes(seats[1]["commitment"]) == commitment
    juror = dispute.seated()[1].address
    assert bytes(room.court.commitmentOf(dispute.id, 0, 0, juror, 4_200, SALT)) == commitment


def test_the_last_commitment_starts_the_reveal_period(room, dispute):
    for seat in range(2):
        dispute.commit(seat, 0)
        assert dispute.status == COMMIT
    receipt = dispute.commit(2, 0)
    until_ = receipt.timestamp + JURY.reveal_period
    assert event(receipt, "PeriodStarted")["deadline"] == until_
    assert (dispute.status, dispute.deadline) == (REVEAL, until_)


def test_the_first_commitment_starts_its_period(room):
    """Nobody has to move the case on; the period ends as if somebody had at once."""
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    dispute.draw()
    end = dispute.deadline
    until(end + 1_000)
    dispute.commit(0, 1)
    assert (dispute.status, dispute.deadline) == (COMMIT, end + JURY.commit_period)


def test_commit_in_no_case(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        room.court.commit(dispute.id, 0, SALT, {"from": room.stranger})


@pytest.mark.parametrize("second", [0, 1])
def test_commit_around_the_end_of_the_evidence_J3(room, second):
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    dispute.draw()
    next_at(dispute.deadline + second)
    if second:
        dispute.commit(0, 0)
        return
    with reverts("Court_WrongStatus", dispute.id, EVIDENCE):
        dispute.commit(0, 0)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_commit_around_the_deadline_J3(room, dispute, second):
    dispute.commit(0, 0)
    last = dispute.deadline
    next_at(last + second)
    if second <= 0:
        dispute.commit(1, 0)
        return
    with reverts("Court_WrongStatus", dispute.id, REVEAL):
        dispute.commit(1, 0)


@pytest.mark.parametrize("low", [0, 1, 2**16 + 10_000, 2**17, 2**18, 2**32 - 1])
def test_commit_to_what_would_be_a_mark(room, dispute, low):
    """A revealed vote, for one, that nobody could denounce."""
    juror = dispute.seated()[0].account
    commitment = low.to_bytes(32, "big")
    with reverts("Court_BadCommitment", commitment):
        room.court.commit(dispute.id, 0, commitment, {"from": juror})
    room.court.commit(dispute.id, 0, (2**32).to_bytes(32, "big"), {"from": juror})


def test_commit_twice(room, dispute):
    dispute.commit(0, 0)
    with reverts("Court_WrongSeat", 0, COMMITTED):
        dispute.commit(0, 10_000)


@pytest.mark.parametrize("seat", [3, 16, 31, 32, 2**255])
def test_commit_to_no_seat(room, dispute, seat):
    juror = dispute.seated()[0].account
    with reverts("Court_WrongSeat", seat, EMPTY):
        room.court.commit(dispute.id, seat, SALT, {"from": juror})


def test_commit_by_another(room, dispute):
    """Nor by a juror on another's seat."""
    for who in (room.people["stranger"], dispute.seated()[1], dispute.checker):
        with reverts("Court_NotSeated", 0, who):
            room.court.commit(dispute.id, 0, SALT, {"from": who.account})


def test_a_copied_commitment_cannot_be_opened_J1(room, dispute):
    """Seat 1 copies seat 0, and what seat 0 reveals."""
    copied = dispute.commitment(0, 7_000)
    dispute.commit(0, 7_000)
    room.court.commit(dispute.id, 1, copied, {"from": dispute.seated()[1].account})
    dispute.commit(2, 7_000)
    dispute.reveal(0, 7_000)
    with reverts("Court_WrongOpening", 1):
        dispute.reveal(1, 7_000)


@pytest.mark.parametrize("changed", ["case", "round", "attempt", "juror", "choice", "salt"])
def test_a_commitment_is_bound_to_all_of_it_J1(room, dispute, changed):
    juror = dispute.seated()[0]
    made = {
        "case": dispute.id,
        "round": 0,
        "attempt": 0,
        "juror": juror.address,
        "choice": 5_000,
        "salt": SALT,
    }
    other = {
        "case": bytes(32),
        "round": 1,
        "attempt": 1,
        "juror": dispute.seated()[1].address,
        "choice": 5_001,
        "salt": bytes(32),
    }
    bound = room.commitment(*(made | {changed: other[changed]}).values())
    room.court.commit(dispute.id, 0, bound, {"from": juror.account})
    for seat in (1, 2):
        dispute.commit(seat, 5_000)
    with reverts("Court_WrongOpening", 0):
        dispute.reveal(0, 5_000)


def test_a_commitment_for_another_chain_or_court_J1(room, dispute):
    juror = dispute.seated()[0]
    one = room.court.commitmentOf(dispute.id, 0, 0, juror.address, 5_000, SALT)
    assert bytes(one) == dispute.commitment(0, 5_000)
    assert bytes(one) != _elsewhere(room, dispute, juror, room.market.chain.id + 1)
    assert bytes(one) != _elsewhere(room, dispute, juror, None)


def _elsewhere(room, dispute, juror, chain):
    from eth_abi import encode
    from eth_utils import keccak

    court = room.court.address if chain else room.pool.address
    types = ["uint256", "address", "bytes32", "uint256", "uint256", "address", "uint256", "bytes32"]
    values = [chain or room.market.chain.id, court, dispute.id, 0, 0, juror.address, 5_000, SALT]
    return bytes(keccak(encode(types, values)))
