"""The book of offers: who finds what, and what is told of those that went stale."""

import pytest
from sqlalchemy import select

from backend.db import reading
from backend.db.tables import offers as table
from backend.indexer import forget_facts
from backend.terms.cid import content_hash
from backend.terms.offer import ZERO_ADDRESS, Tranche
from backend.terms.shelf import side_of
from tests.backend.api import book as facts
from tests.backend.api.book import ALICE, BOB, CAROL, START, TOKEN, Book, body_of, offer_by, time_of
from tests.backend.api.serving import problem_of

OFFERS = "/api/v1/offers"
PAID_BY_MAKER = Tranche(funder=0, performer=1, checker=0, amount=9, due_in=60, review_period=60)


def hash_of(offer) -> str:
    return "0x" + facts.offer_hash(offer).hex()


def found(client, **params) -> list[str]:
    response = client.get(OFFERS, params=params)
    assert response.status_code == 200, response.text
    return [item["hash"] for item in response.json()["items"]]


def posted(client, text: str | None = None, signer: int = 1, **changed) -> str:
    if text is not None:
        changed["content_hash"] = content_hash(text)
    offer = offer_by(**changed)
    body = body_of(offer, signer) | ({} if text is None else {"text": text})
    response = client.post(OFFERS, json=body)
    assert response.status_code == 201, response.text
    return hash_of(offer)


def test_offers_and_requests_are_told_apart(book: Book, client):
    offer = posted(client)
    assert client.get(f"{OFFERS}/{offer}").json()["side"] == "pays"
    assert found(client, side="pays") == [offer]
    assert found(client, side="performs") == []
    # A request: the maker pays, in a token, so that it need not send the opening itself.
    request = offer_by(asset=TOKEN, tranches=(PAID_BY_MAKER,))
    assert side_of(request, seat=1) == "performs"


def test_private_offer_is_listed_to_who_asks_as_the_account_in_it(book: Book, client):
    public = posted(client)
    private = posted(client, "a secret boat", parties=(ALICE, BOB))
    assert found(client) == [public]
    assert found(client, maker=ALICE) == [public]
    assert found(client, q="boat") == []
    assert found(client, **{"for": BOB}) == [private]
    assert found(client, **{"for": ALICE}) == [private]
    assert found(client, **{"for": CAROL}) == []
    told = client.get(f"{OFFERS}/{private}").json()
    assert (told["private"], [taking["taker"] for taking in told["taking"]]) == (True, [BOB])


def test_stale_offers_are_marked_with_the_reason(book: Book, client):
    expiring = posted(client, expires_at=time_of(6))
    low = posted(client, max_fee_bps=100, salt=1)
    cancelled = offer_by(salt=2)
    posted(client, salt=2)
    good = posted(client, salt=3)
    book.cancel(5, cancelled)
    book.rules(5, 2, [101] * 10, changed="fees", effective_at=time_of(6))
    book.at(7)
    items = client.get(OFFERS, params={"standing": "stale"}).json()["items"]
    assert {item["hash"]: item["obstacles"] for item in items} == {
        expiring: ["offer-expired"],
        low: ["offer-fee-above-ceiling"],
        hash_of(cancelled): ["offer-cancelled"],
    }
    assert found(client, standing="takeable") == [good]
    assert set(found(client)) == {low, good}
    assert len(found(client, standing="any")) == 4
    problem_of(client.get(OFFERS, params={"standing": "rotten"}), 422, "malformed-input")


def test_stale_by_an_asset_that_members_took_off(book: Book, client):
    offer = posted(client)
    book.asset(5, ZERO_ADDRESS, allowed=False, effective_at=time_of(6))
    book.at(6)
    assert found(client, standing="stale") == [offer]
    assert found(client, standing="takeable") == []


def test_words_are_found_in_any_order_and_by_their_beginning(book: Book, client):
    blue = posted(client, "A blue bicycle, hardly used.\n\nPrix: 3 €, à vélo")
    red = posted(client, "A red bicycle", salt=8)
    assert found(client, q="bicycle blue") == [blue]
    assert found(client, q="BICYC red") == [red]
    assert found(client, q="velo") == [blue]
    assert found(client, q="green") == []


@pytest.mark.parametrize(
    "question",
    [
        'blue"',
        "blue*",
        "NEAR(blue)",
        "words:blue",
        "blue AND (",
        "^blue",
        "-blue",
        "'; DROP TABLE offers; blue",
        "blue OR 1",
        "{blue} : x",
        "blue \u0000 \u202e",
        "NOT blue",
    ],
)
def test_S1_sign_in_a_question_means_nothing(book: Book, client, question):
    blue = posted(client, "a blue one: NEAR, AND, OR, NOT, 1, x, words; drop table offers")
    assert found(client, q=question) == [blue]


@pytest.mark.parametrize("question", ['"', "*", "()", " ", "☃", "'--"])
def test_question_without_a_word(quiet_client, question):
    problem_of(quiet_client.get(OFFERS, params={"q": question}), 422, "malformed-input")


def test_area_is_as_coarse_as_the_maker_chose(book: Book, client):
    near = posted(client, "template: goods\n\nA chair\narea: u173z")
    wide = posted(client, "A table\narea: u17", salt=8)
    nowhere = posted(client, "A dream", salt=9)
    assert set(found(client, area="u17")) == {near, wide}
    assert found(client, area="u173") == [near]
    assert found(client, area="9q") == []
    assert found(client, template="goods") == [near]
    assert nowhere in found(client)


@pytest.mark.parametrize(
    "line", ["area: u173zq", "area: Oslo", "area: u1\narea: u2", "calendar: !"]
)
def test_line_that_an_offer_cannot_be_found_by(book: Book, client, line):
    text = f"A chair\n{line}"
    body = body_of(offer_by(content_hash=content_hash(text)), 1) | {"text": text}
    problem_of(client.post(OFFERS, json=body), 400, "offer-unusable-text")
    assert found(client) == []


def test_price_is_compared_in_one_asset_page_by_page(book: Book, client):
    amounts = [10, 9, 2**70, 100]
    hashes = {
        amount: posted(client, amount=amount, salt=salt) for salt, amount in enumerate(amounts)
    }
    posted(client, asset=TOKEN, signer=2, maker=BOB)
    params = {"asset": ZERO_ADDRESS, "sort": "cheapest", "limit": 1}
    seen = []
    while True:
        page = client.get(OFFERS, params=params).json()
        seen += [item["hash"] for item in page["items"]]
        if page["nextCursor"] is None:
            break
        params["cursor"] = page["nextCursor"]
    assert seen == [hashes[amount] for amount in sorted(amounts)]
    dearest = found(client, asset=ZERO_ADDRESS, sort="dearest", minAmount="10", maxAmount="100")
    assert dearest == [hashes[100], hashes[10]]
    problem_of(client.get(OFFERS, params={"sort": "cheapest"}), 422, "malformed-input")
    problem_of(client.get(OFFERS, params={"minAmount": "1"}), 422, "malformed-input")
    params["sort"] = "dearest"
    params["cursor"] = client.get(OFFERS, params={"limit": 1}).json()["nextCursor"]
    problem_of(client.get(OFFERS, params=params), 400, "foreign-cursor")


def test_dates(book: Book, client):
    soon = posted(client, starts_at=START + 5_000, expires_at=START + 4_000)
    late = posted(client, starts_at=START + 9_000, expires_at=START + 8_000)
    now = posted(client)
    assert found(client, startsFrom=START + 6_000) == [late]
    assert found(client, startsUntil=START + 6_000) == [soon]
    assert set(found(client, openUntil=START + 8_000)) == {late, now}
    assert found(client, sort="expiring") == [soon, late, now]


def test_rebuild_keeps_what_is_found(book: Book, client):
    posted(client, "A blue bicycle\narea: u17\ncalendar: bike")
    with reading(book.engine) as connection:
        before = connection.execute(select(table)).all()
    forget_facts(book.engine)
    with reading(book.engine) as connection:
        assert connection.execute(select(table)).all() == before
        words = connection.exec_driver_sql("SELECT words FROM offer_words").scalars().all()
    assert words == ["A blue bicycle\narea: u17\ncalendar: bike"]
