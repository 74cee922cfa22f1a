"""What a dispute costs: one from its beginning to the last coin, and others for what it lacks."""

from typing import Any

from backend.terms.offer import Trade
from tests.gas.court import CHECKER, JURY, PERFORMER, Courtroom, Hearing, open_court
from tests.gas.jurors import Jury
from tests.gas.market import Market

VOTES = (6_150, 6_000, 6_300)  # all near enough to their median
SEVEN = (4_150, 4_000, 4_300, 4_200, 3_900, 4_100, 4_250)
APPEAL = 7 * JURY.juror_fee * JURY.appeal_multiplier_bps // 10_000
PLACES = ("first of a panel", "", "last of a panel")


def measure_disputes(market: Market, jury: Jury) -> None:
    """Cases before the court; stake is lost at the end only, as it changes the weights."""
    room = open_court(market, jury)
    _whole(room)
    _without_answer(room)
    appealed = _appealed(room)
    _misconduct(room)
    appealed.settle(0, "Court.settleRound: three jurors, one lost stake")


def _whole(room: Courtroom) -> None:
    """A dispute of three jurors who agree, and everybody takes out what is due."""
    chain = room.chain
    hearing = room.performed()
    with chain.step("dispute, at the Escrow", "the checker"):
        room.market.do("dispute", hearing.trade, "bob")
    with chain.step("open the case, with a deposit", "the checker"):
        hearing.open("Court.openCase")
    with chain.step("join, with a deposit; ask for a seed", "the performer"):
        hearing.join("Court.join: opens a round of seeds")
    with chain.step("show evidence", "both sides"):
        hearing.submit("bob", "Court.submitEvidence")
        hearing.submit("alice")
    number = hearing.panel()[0][0]
    with chain.step("commit to a secret", "the seed-givers"):
        room.jury.commit_all(number)
    room.jury.settle_target()
    with chain.step("reveal a secret", "the seed-givers"):
        room.jury.reveal_all(number)
    hearing.give_seed()
    with chain.step("draw and seat three jurors", "anyone"):
        hearing.draw(line="Court.draw: three jurors")
    hearing.end_period()
    with chain.step("commit", "the jurors"):
        _each(hearing.commit, hearing.jurors(), VOTES, "Court.commit")
    with chain.step("reveal; the last makes the ruling", "the jurors"):
        _each(hearing.reveal, hearing.jurors(), VOTES, "Court.reveal")
    hearing.end_period()
    with chain.step("carry the ruling out: pay both sides", "anyone"):
        hearing.execute("Court.execute: the ruling")
    with chain.step("pay the jurors, free their stakes", "anyone"):
        hearing.settle(0, "Court.settleRound: three jurors")
    with chain.step("take out what came back", "both sides"):
        hearing.withdraw("bob", "Court.withdraw")
        hearing.withdraw("alice")
    with chain.step("take out the fee", "the jurors"):
        for juror in hearing.jurors():
            hearing.withdraw(juror)


def _without_answer(room: Courtroom) -> None:
    hearing = room.dispute()
    hearing.open()
    hearing.end_period()
    hearing.execute("Court.execute: one side did not join")


def _appealed(room: Courtroom) -> Hearing:
    """One of three is silent; seven overturn it."""
    other, hearing = room.dispute(), room.dispute()
    other.open()
    other.join()
    hearing.open()
    hearing.join("Court.join: joins a round of seeds")
    hearing.give_seed()
    hearing.draw(1, "Court.draw: the first juror of a panel")
    hearing.draw(1, "Court.draw: another juror")
    hearing.draw()
    hearing.end_period()
    hearing.advance("Court.advance: to the commit period")
    jurors = hearing.jurors()
    for seat in (0, 1):
        hearing.commit(seat, jurors[seat], VOTES[seat])
    hearing.end_period()
    hearing.advance("Court.advance: to the reveal period")
    for seat in (0, 1):
        hearing.reveal(seat, jurors[seat], VOTES[seat])

    hearing.fund("carol", CHECKER, APPEAL // 3, "Court.fundAppeal: a part, the first of a side")
    hearing.fund("dave", CHECKER, APPEAL, "Court.fundAppeal: the rest, for the appellant")
    hearing.fund("alice", PERFORMER, APPEAL, "Court.fundAppeal: all, the appeal is made")
    hearing.round = 1
    hearing.give_seed()
    hearing.draw(line="Court.draw: seven jurors")
    hearing.end_period()
    seven = hearing.jurors()
    for act in (hearing.commit, hearing.reveal):
        for seat, juror in enumerate(seven):
            last = seat == 6 and act == hearing.reveal
            act(seat, juror, SEVEN[seat], "Court.reveal: last of seven" if last else None)
    hearing.end_period()
    hearing.advance("Court.advance: nobody appealed")
    hearing.settle(1, "Court.settleRound: seven jurors")
    for who, line in (("carol", "first of an appeal"), ("dave", "last of an appeal")):
        owner = room.chain.address(who)
        call = hearing.functions.claimAppeal(hearing.id, 0, CHECKER, owner)
        hearing.send("frank", call, line=f"Court.claimAppeal: {line}")
    return hearing


def _misconduct(room: Courtroom) -> None:
    """A juror who traded with a side, and one who tells its vote."""
    position = 777
    trade = _trade_with(room, position)
    hearing = room.dispute()
    hearing.open()
    hearing.join()
    hearing.give_seed(first=position)
    hearing.draw()
    call = hearing.functions.strike(hearing.id, 0, trade.pack())
    hearing.send("frank", call, line="Court.strike: in the evidence period")
    hearing.draw()
    hearing.end_period()
    juror = hearing.jurors()[1]
    hearing.commit(1, juror, VOTES[1])
    salt, _ = hearing.salt(1, juror, VOTES[1])
    call = hearing.functions.denounce(hearing.id, 1, VOTES[1], salt)
    hearing.send("frank", call, line="Court.denounce")


def _trade_with(room: Courtroom, position: int) -> Trade:
    juror = room.juror(position)
    room.chain.give(juror, 10)
    offer = room.market.offer((room.chain.address("alice"), juror))
    return room.market.open(offer, ["alice"], room.chain.impersonate(juror))


def _each(act: Any, jurors: list[str], votes: tuple[int, ...], name: str) -> None:
    for seat, (juror, bps) in enumerate(zip(jurors, votes, strict=True)):
        place = PLACES[seat] and f": {PLACES[seat]}"
        act(seat, juror, bps, f"{name}{place}")
