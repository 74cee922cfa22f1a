"""Cases of every kind: of two rounds, one-sided, without a panel, settled, under way."""

from __future__ import annotations

from backend.terms.court import CaseStatus, SeatState, Side
from scripts.people import Person
from tests.backend import pool_play
from tests.backend.court import SALT, Case, stake_all, trades_with_jurors
from tests.backend.market import Market

ALICE, BOB, CAROL, DAVE, ERIN = Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE, Person.ERIN
RITA, NOOR = Person.RITA, Person.NOOR
CONTRIBUTION = 10**16


def play_court(market: Market) -> None:
    stake_all(market)
    pool_play.play_pool(market)
    play_two_rounds(market)
    play_one_side(market)
    play_no_panel(market)
    play_settled(market)
    play_unanswered_appeal(market)
    play_under_way(market)
    pool_play.play_under_way(market)


def play_two_rounds(market: Market) -> Case:
    """A juror struck in time, one denounced; an appeal, in which one is struck late and one says
    nothing. The second ruling moves towards the checker, whose contributors share."""
    shown = trades_with_jurors(market, DAVE)
    case = Case.of(market, DAVE)
    case.open()
    case.show(DAVE, b"https://evidence.example/1\xff\0")
    case.join()
    case.show(ALICE)
    case.seat_panel()
    struck = case.jurors()[0]
    assert isinstance(struck, Person)
    case.strike(0, shown[struck])
    case.draw()
    case.past()
    case.commit(2, 100)
    case.send(RITA, "denounce", 2, 100, SALT)
    case.commit(0, 6_000)
    case.commit(1, 7_001)
    case.reveal(0, 6_000)
    case.reveal(1, 7_001)
    assert case.status == CaseStatus.APPEAL

    case.fund(Side.CHECKER, DAVE, CONTRIBUTION)
    case.fund(Side.CHECKER, NOOR, case.needed())
    case.show(ALICE, b"ipfs://more")
    case.fund(Side.PERFORMER, ALICE, CONTRIBUTION)
    case.fund(Side.PERFORMER, ALICE)
    assert (case.status, case.round) == (CaseStatus.EVIDENCE, 1)
    case.seat_panel()
    case.past()
    for seat in range(6):
        case.commit(seat, 2_000 + 301 * seat)
    late = case.jurors()[5]
    assert isinstance(late, Person)
    case.strike(5, shown[late])
    case.past()
    for seat in range(4):
        case.reveal(seat, 2_000 + 301 * seat)
    case.past()
    assert case.seat_states()[4:] == [SeatState.COMMITTED, SeatState.STRUCK, SeatState.SEATED]
    case.fund(Side.PERFORMER, BOB, 77)
    case.past()
    assert case.status == CaseStatus.DECIDED
    case.execute()
    case.settle(0)
    case.settle(1)
    case.claim(0, Side.CHECKER, DAVE)
    case.claim(0, Side.CHECKER, NOOR)
    case.claim(1, Side.PERFORMER, BOB)
    market.send(RITA, "Court", "withdraw", NOOR.address, NOOR.address)
    return case


def play_one_side(market: Market) -> Case:
    """Who was disputed against never answers."""
    case = Case.of(market, ERIN)
    case.open()
    case.past()
    case.execute()
    return case


def play_no_panel(market: Market) -> Case:
    """Twice nobody commits: the Escrow splits by the default."""
    case = Case.of(market, ERIN)
    case.to_commit()
    for _ in range(2):
        if case.status == CaseStatus.EVIDENCE:
            case.to_commit()
        case.past()
        if case.status == CaseStatus.REVEAL:
            case.past()
    assert case.status == CaseStatus.DECIDED
    case.execute()
    case.settle(0, 0)
    case.settle(0, 1)
    return case


def play_settled(market: Market) -> Case:
    """The performer gives up while jurors commit."""
    case = Case.of(market, BOB)
    case.to_commit()
    case.commit(0, 5_000)
    market.act(ALICE, "refund", case.opened, 0)
    case.execute()
    case.settle(0)
    return case


def play_unanswered_appeal(market: Market) -> Case:
    case = Case.of(market, CAROL)
    case.to_ruling(1_000, 2_000, 3_000)
    case.fund(Side.PERFORMER, ALICE)
    case.past()
    assert case.status == CaseStatus.DECIDED
    return case


def play_under_way(market: Market) -> list[Case]:
    """Waiting for the other side; being drawn; at the vote; before the end of an appeal."""
    first, second, third, fourth = (Case.of(market, who) for who in (BOB, CAROL, ERIN, BOB))
    fourth.to_ruling(4_000, 4_100, None)
    fourth.fund(Side.CHECKER, BOB)
    third.to_commit()
    third.commit(1, 9_999)
    second.to_evidence()
    first.open(ALICE)
    return [first, second, third, fourth]
