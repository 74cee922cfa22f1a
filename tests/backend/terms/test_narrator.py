"""The sentences of one deal, each written by hand from what the contract is meant to do."""

from __future__ import annotations

import pytest

from backend.terms.offer import Tranche
from backend.terms.plain.draft import BadDeal, Deal, Draft, draft
from backend.terms.plain.money import Money
from backend.terms.plain.narrator import Narrator, Place
from backend.terms.plain.template import PLAIN_PHRASES, Piece
from backend.terms.silence import PinnedRules
from backend.terms.status import TrancheStatus
from backend.terms.templates import all_templates
from backend.terms.words import moment

USD = Money("USD", 6)
RULES = PinnedRules(fee_bps=250, ruling_period=30 * 86_400, default_performer_bps=5_000)
MAY_3 = 1_777_809_600
BOB, CAROL = "0x" + "b0" * 20, "0x" + "ca" * 20


def sale(asset: str = "0x" + "70" * 20, buyer: str | None = None) -> Draft:
    goods = all_templates()["goods"]
    given = goods.input.model_validate(
        {"title": "A lamp", "price": 120_000_000, "shipping_time": 3 * 86_400}
    )
    parties = {"seller": BOB, "buyer": buyer}
    return draft(goods, given, Deal(asset=asset, parties=parties, max_fee_bps=250, created_at=1))


def texts(narrator: Narrator, pieces: tuple[Piece, ...], place: Place | None = None) -> list[str]:
    return [each.text for each in narrator.tell(pieces, {0: place} if place else None)]


def test_moments() -> None:
    assert moment(MAY_3) == "3 May 2026 12:00 UTC"
    assert moment(MAY_3 + 61) == "3 May 2026 12:01:01 UTC"
    assert moment(0) == "1 January 1970 00:00 UTC"
    assert moment(253_402_300_799) == "31 December 9999 23:59:59 UTC"
    assert moment(2**40) == "the second 1099511627776 of unix time"


def test_before_the_opening() -> None:
    fee = "Bob gets 117 USD and the members' treasury 3 USD as the fee."
    half = "Bob gets 58.5 USD, Carol gets 60 USD back and the members' treasury 1.5 USD as the fee."
    assert texts(Narrator(["Bob", "Carol"], USD, RULES), sale().pieces) == [
        "If Bob does not send it within 3 days of the opening, Carol gets 120 USD back.",
        "If Bob reports in time that it is sent and Carol neither accepts nor disputes it within"
        f" 14 days of the report, {fee}",
        f"If Carol confirms that it has come, at any time, {fee}",
        "If Bob gives up, at any time, Carol gets 120 USD back.",
        f"If Carol disputes it in time and the arbitrator finds wholly for Bob, {fee}",
        "If Carol disputes it in time and the arbitrator finds wholly for Carol,"
        " Carol gets 120 USD back.",
        f"If Carol disputes it in time and nobody rules within 30 days of the dispute, {half}",
        f"If Bob and Carol sign a split, at any time, half and half say, {half}",
    ]


@pytest.mark.parametrize(
    ("place", "first", "cases"),
    [
        (
            Place(),
            "If Bob does not send it by 3 May 2026 12:00 UTC, Carol gets 120 USD back.",
            8,
        ),
        (
            Place(TrancheStatus.PERFORMED, MAY_3 - 14 * 86_400),
            "If Carol neither accepts nor disputes it by 3 May 2026 12:00 UTC,"
            " Bob gets 117 USD and the members' treasury 3 USD as the fee.",
            7,
        ),
        (
            Place(TrancheStatus.DISPUTED, MAY_3 - 30 * 86_400),
            "If nobody rules by 3 May 2026 12:00 UTC, Bob gets 58.5 USD, Carol gets 60 USD back"
            " and the members' treasury 1.5 USD as the fee.",
            6,
        ),
        (Place(TrancheStatus.ACCEPTED, MAY_3), None, 0),
    ],
)
def test_an_open_trade(place: Place, first: str | None, cases: int) -> None:
    narrator = Narrator(["Bob", "Carol"], USD, RULES, opened_at=MAY_3 - 3 * 86_400)
    told = list(narrator.tell(sale().pieces, {0: place}))
    assert len(told) == cases
    assert first is None or first in {each.text for each in told if each.due_at == MAY_3}


def test_a_deposit_goes_back_without_a_fee() -> None:
    deposit = Piece(Tranche(0, 0, 1, 50_000_000, 86_400, 3_600), PLAIN_PHRASES)
    told = texts(Narrator(["Rita", "Olga"], USD, RULES), (deposit,))
    assert told[0] == "If Rita does not do it within 1 day of the opening, Olga gets 50 USD."
    assert told[2] == "If Olga accepts it, at any time, Rita gets 50 USD back."


def test_coin_comes_from_who_opens() -> None:
    coin = "0x" + "00" * 20
    assert sale(asset=coin).offer.terms.asset == coin
    goods, made = all_templates()["goods"], sale()
    parties = {"seller": None, "buyer": CAROL}
    deal = Deal(asset=coin, parties=parties, max_fee_bps=250, created_at=1)
    with pytest.raises(BadDeal, match="the chain's own coin comes with the call"):
        draft(goods, made.given, deal)


@pytest.mark.parametrize(
    ("parties", "message"),
    [
        ({"seller": BOB}, "the parties of this offer are seller, buyer"),
        ({"seller": None, "buyer": None}, "one place can be open"),
        ({"seller": BOB, "buyer": BOB}, "Escrow_BadParties"),
    ],
)
def test_parties_that_do_not_fit(parties: dict[str, str | None], message: str) -> None:
    deal = Deal(asset="0x" + "70" * 20, parties=parties, max_fee_bps=0, created_at=1)
    with pytest.raises(BadDeal, match=message):
        draft(all_templates()["goods"], sale().given, deal)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 6, "0 USD"),
        (1, 6, "0.000001 USD"),
        (1_500_000, 6, "1.5 USD"),
        (7, 0, "7 USD"),
        (10**24, 18, "1000000 USD"),
    ],
)
def test_amounts(value: int, decimals: int, text: str) -> None:
    money = Money("USD", decimals)
    assert money.show(value) == text
    assert money.read(text.removesuffix(" USD")) == value


@pytest.mark.parametrize("text", ["", "-1", "1.", ".5", "1e3", "0.0000001", "1,5"])
def test_amounts_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|finer"):
        USD.read(text)
