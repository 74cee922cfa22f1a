"""draw

├── no case → UnknownCase
├── no evidence period, and no panel awaited → WrongStatus
├── the seed is not known → NoSeed
├── every seat is filled → PanelFull
└── else, number by number of the seed's sequence, at most `most`
    ├── a juror who sits already is passed over
    ├── a side is passed over (J10)
    ├── a juror whose stake is locked is passed over
    ├── a juror who was struck is passed over (see test_strike)
    ├── the seat's stake is locked
    ├── the whole draw follows from logs and the pool's weights (J9)
    └── after the evidence period the last seat starts the commit period
"""

from itertools import count

import pytest
from eth_abi import encode
from eth_utils import keccak

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.court.world import COMMIT, DEPOSITS, JURY, SEED, STAKE, UNIT
from tests.contracts.expect import event, next_at, now, plain, reverts, until


def number(dispute, i, seed=SEED):
    """Number i of the seed's sequence, worked out without the contract."""
    values = [seed, dispute.id, dispute.round, dispute.attempt, i]
    words = ["uint256", "bytes32", "uint256", "uint256", "uint256"]
    return int.from_bytes(keccak(encode(words, values)), "big")


def told(receipt):
    return [plain(dict(one)) for one in receipt.events["JurorDrawn"]]


def test_draw_J9(room, jurors):
    """All jurors weigh the same: 20 units each, in the order in which they staked."""
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    drawn = told(dispute.draw())
    seats, i = [], 0
    while len(seats) < 3:
        juror = jurors[number(dispute, i) % (20 * len(jurors)) // 20]
        if juror not in [who for who, _ in seats]:
            seats.append((juror, i))
        i += 1
    assert drawn == [
        {"caseId": dispute.id, "juror": who.address, "round": 0, "seat": seat, "draw": i}
        for seat, (who, i) in enumerate(seats)
    ]
    assert dispute.seated() == [who for who, _ in seats]
    for juror in dispute.seated():
        assert room.stake(juror) == (STAKE, JURY.seat_stake)


def test_draw_in_small_bites(room):
    """The same jurors, whoever draws and however often."""
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    jurors = room.foresee(lambda: [one["juror"] for one in told(dispute.draw())])
    found = []
    while len(found) < 3:
        receipt = dispute.draw(1)
        found += (
            [str(one["juror"]) for one in receipt.events["JurorDrawn"]]
            if ("JurorDrawn" in receipt.events)
            else []
        )
    assert found == jurors


def test_draw_returns_how_many(room):
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    assert room.court.draw.call(dispute.id, 200, {"from": room.stranger}) == 3
    assert room.court.draw.call(dispute.id, 0, {"from": room.stranger}) == 0


def test_draw_without_a_seed(room):
    dispute = room.dispute()
    dispute.to_evidence()
    with reverts("Court_NoSeed", 1):
        dispute.draw()


def test_draw_a_full_panel(room):
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    dispute.draw()
    with reverts("Court_PanelFull", dispute.id):
        dispute.draw()


def test_draw_too_early_and_too_late(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        dispute.draw()
    dispute.open()
    with reverts("Court_WrongStatus", dispute.id, DEPOSITS):
        dispute.draw()
    dispute.join()
    dispute.seed()
    dispute.draw()
    dispute.past()
    with reverts("Court_WrongStatus", dispute.id, COMMIT):
        dispute.draw()


def test_no_side_is_drawn_J10(room, jurors):
    """Both sides are jurors; so small a pool would draw them."""
    market = room.market
    seller, buyer = jurors[0], jurors[1]
    offer = market.offer(parties=(seller, None))
    opened = market.opened(offer, market.take(offer, market.sign(offer, seller), buyer))
    market.escrow.perform(opened.packed, 0, {"from": seller.account})
    market.escrow.dispute(opened.packed, 0, {"from": buyer.account})
    dispute = type(room.dispute())(room, opened)
    for juror in jurors[5:]:
        room.pool.setDrawable(False, {"from": juror.account})
    until(now() + 86_400)
    dispute.open()
    dispute.join()
    hits_a_side = next(s for s in count(SEED) if number(dispute, 0, s) % 100 // 20 in (0, 1))
    dispute.seed(hits_a_side)
    dispute.draw()
    assert set(map(repr, dispute.seated())) == set(map(repr, jurors[2:5]))


def test_a_juror_whose_stake_is_locked_is_passed_over(room, jurors):
    """A stake of one seat, taken by the first case: the second must draw others."""
    small = jurors[0]
    room.pool.requestLeave(STAKE - 4 * UNIT, {"from": small.account})
    until(now() + 5 * 86_400)
    room.pool.withdraw({"from": small.account})
    for juror in jurors[3:]:
        room.pool.setDrawable(False, {"from": juror.account})
    until(now() + 86_400)
    first, second = room.dispute(), room.dispute()
    for dispute in (first, second):
        dispute.to_evidence()
        dispute.seed()
        dispute.draw()  # so many numbers that they hit each of three
    seats = [{str(seat["juror"]) for seat in one.panel()[1]} for one in (first, second)]
    three = {juror.address for juror in jurors[:3]}
    assert seats == [three, three - {small.address} | {ZERO_ADDRESS}]
    assert room.stake(small) == (4 * UNIT, JURY.seat_stake)


@pytest.mark.parametrize("second", [0, 1])
def test_the_last_seat_starts_the_commit_period_after_the_evidence(room, second):
    dispute = room.dispute()
    dispute.to_evidence()
    last = now() + JURY.evidence_period
    dispute.seed()
    next_at(last + second)
    receipt = dispute.draw()
    assert (dispute.status == COMMIT) == (second > 0)
    if second:
        started = event(receipt, "PeriodStarted")
        assert started["deadline"] == last + second + JURY.commit_period == dispute.deadline


def test_a_stake_made_after_the_request_is_not_drawn_J7(room, people):
    """Nor one made in the epoch of the request: no flash stake."""
    late = people["courier"]
    room.points.set([late.address], 10**6, {"from": people["deployer"].account})
    dispute = room.dispute()
    dispute.open()
    room.pool.stake(100 * UNIT, {"from": late.account, "value": 100 * UNIT})
    dispute.join()
    dispute.seed()
    dispute.draw()
    assert room.pool.totalWeightAt(dispute.panel()[0]["epoch"]) == 11 * 20
    assert late not in dispute.seated()


def test_draw_of_an_empty_pool(room, jurors):
    """Nothing is drawn, and nothing reverts (J6)."""
    for juror in jurors:
        room.pool.setDrawable(False, {"from": juror.account})
    until(now() + 86_400)
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    dispute.draw(20)
    assert dispute.panel()[0]["draws"] == 20
    assert dispute.panel()[0]["seated"] == 0
