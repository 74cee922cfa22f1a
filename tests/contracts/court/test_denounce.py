"""denounce (J2)

├── no commit period → WrongStatus
├── the seat has not committed, is void, or is none → WrongSeat
├── another choice or salt → WrongOpening
├── the juror itself → OwnVote
└── else
    ├── the seat is void; its stake less the slashed share goes to the denouncer
    ├── the slashed share goes to the round
    ├── it may be the last one waited for
    ├── a salt that can be guessed is denounced by trying the choices (J2)
    └── a salt used before is denounced too (J2)
"""

import pytest

from tests.contracts.court.world import (
    COMMIT,
    DENOUNCED,
    EMPTY,
    FEE,
    JURY,
    REVEAL,
    REVEALED,
    SALT,
    SEATED,
    SLASH,
    STAKE,
)
from tests.contracts.expect import event, next_at, reverts

REWARD = 225_000_000_000_000_006  # the seat's stake less a quarter, rounded up


@pytest.fixture
def dispute(room):
    made = room.dispute()
    made.to_commit()
    made.commit(0, 4_000)
    return made


def denounce(dispute, seat, bps, salt=SALT, by=None):
    who = by.account if by else dispute.room.stranger
    return dispute.court.denounce(dispute.id, seat, bps, salt, {"from": who})


def test_denounce_J2(room, dispute):
    assert JURY.seat_stake == REWARD + SLASH
    juror = dispute.seated()[0]
    receipt = denounce(dispute, 0, 4_000)
    assert event(receipt, "VoteDenounced") == {
        "caseId": dispute.id,
        "juror": juror.address,
        "round": 0,
        "seat": 0,
        "by": room.stranger.address,
        "amount": REWARD,
    }
    assert room.stake(juror) == (STAKE - JURY.seat_stake, 0)
    assert room.pool.creditOf(room.stranger.address) == REWARD
    assert room.pool.slashedBy(room.court) == SLASH
    panel, seats = dispute.panel()
    assert (panel["commits"], panel["voids"], seats[0]["state"]) == (0, 1, DENOUNCED)
    with reverts("Court_WrongSeat", 0, DENOUNCED):
        room.court.commit(dispute.id, 0, SALT, {"from": juror.account})


def test_denounce_by_another_juror_J2(room, dispute):
    """What it wins is added to its stake."""
    other = dispute.seated()[1]
    denounce(dispute, 0, 4_000, by=other)
    assert room.stake(other) == (STAKE + REWARD, JURY.seat_stake)


def test_what_the_denounced_lost_goes_to_the_coherent(room, dispute):
    denounce(dispute, 0, 4_000)
    dispute.commit(1, 100)
    dispute.commit(2, 300)
    assert dispute.status == REVEAL
    dispute.reveal(1, 100)
    dispute.reveal(2, 300)
    dispute.past()
    told = event(dispute.settle(), "RoundSettled")
    assert (told["paid"], told["slashed"]) == (0b110, 0b001)
    assert (told["stakeShare"], told["stakeToTreasury"]) == (SLASH // 2, SLASH % 2)
    assert (told["feeShare"], told["feeToTreasury"]) == (FEE // 2, FEE % 2)
    for seat in (1, 2):
        assert room.stake(dispute.seated()[seat]) == (STAKE + SLASH // 2, 0)
    assert room.pool.slashedBy(room.court) == 0


def test_denounce_of_the_last_one(room, dispute):
    dispute.commit(1, 0)
    dispute.court.commit(
        dispute.id, 2, dispute.commitment(2, 0), {"from": dispute.seated()[2].account}
    )
    assert dispute.status == REVEAL
    with reverts("Court_WrongStatus", dispute.id, REVEAL):
        denounce(dispute, 0, 4_000)


def test_denounce_ends_the_commit_period(room, dispute):
    """Seat 0 is denounced after both others had been: nobody is waited for but seat 2."""
    dispute.commit(1, 5)
    denounce(dispute, 0, 4_000)
    denounce(dispute, 1, 5)
    assert dispute.status == COMMIT
    dispute.commit(2, 9)
    assert dispute.status == REVEAL


@pytest.mark.parametrize("second", [0, 1])
def test_denounce_around_the_deadline(room, dispute, second):
    next_at(dispute.deadline + second)
    if not second:
        denounce(dispute, 0, 4_000)
        return
    with reverts("Court_WrongStatus", dispute.id, REVEAL):
        denounce(dispute, 0, 4_000)


def test_denounce_what_was_not_committed(room, dispute):
    for bps, salt in ((4_001, SALT), (4_000, bytes(32))):
        with reverts("Court_WrongOpening", 0):
            denounce(dispute, 0, bps, salt)
    with reverts("Court_WrongSeat", 1, SEATED):
        denounce(dispute, 1, 4_000)
    with reverts("Court_WrongSeat", 3, EMPTY):
        denounce(dispute, 3, 4_000)


def test_denounce_twice(room, dispute):
    denounce(dispute, 0, 4_000)
    with reverts("Court_WrongSeat", 0, DENOUNCED):
        denounce(dispute, 0, 4_000)


def test_denounce_oneself(room, dispute):
    """It would only save what not to reveal costs: nothing."""
    juror = dispute.seated()[0]
    with reverts("Court_OwnVote", juror):
        denounce(dispute, 0, 4_000, by=juror)


def test_denounce_in_no_case(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        denounce(dispute, 0, 0)


def test_a_salt_that_can_be_guessed_J2(room, dispute):
    """10,001 hashes find the choice behind a salt of zero."""
    dispute.commit(1, 6_543, bytes(32))
    seen, juror = dispute.panel()[1][1]["commitment"], dispute.seated()[1].address
    found = next(
        bps
        for bps in range(10_001)
        if room.commitment(dispute.id, 0, 0, juror, bps, bytes(32)) == bytes(seen)
    )
    denounce(dispute, 1, found, bytes(32))
    assert dispute.panel()[1][1]["state"] == DENOUNCED


def test_a_salt_used_again_J2(room, jurors):
    """Revealed in one round, it opens the same juror's commitment of the next."""
    dispute = room.dispute()
    dispute.to_ruling(1, 2, 3)
    first = dispute.seated()
    assert dispute.panel()[1][0]["state"] == REVEALED
    dispute.appeal()
    dispute.to_commit()
    seats = dispute.seated()
    again = next(juror for juror in first if juror in seats)
    seat = seats.index(again)
    dispute.commit(seat, 77)
    denounce(dispute, seat, 77)
    assert dispute.panel()[1][seat]["state"] == DENOUNCED
