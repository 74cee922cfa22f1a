"""Signed offers: what is taken in, what is refused, and what becomes of them."""

import json

import pytest

from backend.terms.cid import content_hash
from backend.terms.offer import ZERO_ADDRESS, Listing, Tranche
from tests.backend.api import book as facts
from tests.backend.api.book import (
    ALICE,
    BOB,
    CAROL,
    CONTRACTS,
    START,
    TOKEN,
    Book,
    body_of,
    offer_by,
    time_of,
)
from tests.backend.api.serving import problem_of

OFFERS = "/api/v1/offers"


def hash_of(offer) -> str:
    return "0x" + facts.offer_hash(offer).hex()


def listed(client, **params) -> list[str]:
    return [item["hash"] for item in client.get(OFFERS, params=params).json()["items"]]


def post(client, body):
    return client.post(OFFERS, json=body)


def test_posted_offer_gives_all_that_a_taker_needs(book: Book, client):
    offer = offer_by()
    body = body_of(offer, 1)
    response = post(client, body)
    assert response.status_code == 201, response.text
    assert response.headers["location"] == f"{OFFERS}/{hash_of(offer)}"
    told = client.get(response.headers["location"]).json()
    assert told == response.json()
    assert (told["state"], told["takeable"], told["obstacles"]) == ("live", True, [])
    assert told["fills"] == {"total": 3, "taken": 0, "free": [0, 1, 2]}
    assert told["offer"] == body["offer"]
    assert told["signatures"] == body["signatures"]
    [taking] = told["taking"]
    assert taking == {
        "taker": None,
        "signatures": [body["signatures"][0]["signature"]],
        "value": "1000",
    }
    argument = told["argument"]
    assert list(argument) == ["asset", "parties", "tranches", "contentHash", "conditions"]
    assert Listing.unpack(bytes(32), int(argument["conditions"])) == offer.listing
    assert Tranche.unpack(int(argument["tranches"][0])) == offer.terms.tranches[0]
    assert [(f["party"], f["amount"]["value"]) for f in told["funding"]] == [(None, "1000")]
    assert listed(client) == [hash_of(offer)]


def test_E20_same_offer_again_does_no_harm(book: Book, client):
    body = body_of(offer_by(), 1)
    first, again = post(client, body), post(client, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert len(listed(client)) == 1


def test_signature_that_was_missing_is_added(book: Book, client):
    offer = offer_by(parties=(ALICE, BOB))
    post(client, body_of(offer, 1))
    [taking] = client.get(f"{OFFERS}/{hash_of(offer)}").json()["taking"]
    assert taking["taker"] == BOB
    assert post(client, body_of(offer, 1, 2)).status_code == 200
    # Coin comes with the call: it is Bob who funds, so he alone may take it.
    told = client.get(f"{OFFERS}/{hash_of(offer)}").json()
    assert [signed["party"] for signed in told["signatures"]] == [ALICE, BOB]
    assert [taking["taker"] for taking in told["taking"]] == [BOB]


def test_three_parties_sign_all_but_one(book: Book, client):
    tranches = (Tranche(1, 0, 1, 700, 3600, 600), Tranche(1, 2, 1, 300, 3600, 600))
    offer = offer_by(parties=(ALICE, ZERO_ADDRESS, CAROL), tranches=tranches)
    problem = problem_of(post(client, body_of(offer, 1)), 400, "offer-missing-signature")
    assert problem["missing"] == [CAROL]
    told = post(client, body_of(offer, 3, 1)).json()
    assert [signed["party"] for signed in told["signatures"]] == [ALICE, CAROL]
    [taking] = told["taking"]
    assert taking["value"] == "1000"
    assert len(taking["signatures"]) == 2
    assert taking["signatures"] == [signed["signature"] for signed in told["signatures"]]


def test_text_must_be_what_was_signed(book: Book, client):
    text = "A blue bicycle, used <b>kindly</b>; it isn't 'new'.\n--\tPrix: 3 €"
    offer = offer_by(content_hash=content_hash(text))
    body = body_of(offer, 1)
    problem_of(post(client, body | {"text": text + "!"}), 400, "offer-content-mismatch")
    assert post(client, body | {"text": text}).json()["text"] == text
    assert client.get(OFFERS).json()["items"][0]["text"] == text


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\ue000", "\uffff"]
)
def test_S1_unseen_character_is_refused(quiet_client, character):
    text = f"a{character}b"
    body = body_of(offer_by(content_hash=content_hash(text)), 1) | {"text": text}
    problem = problem_of(post(quiet_client, body), 422, "malformed-input")
    assert problem["errors"][0]["pointer"] == "/text"


def test_S1_half_a_character_is_refused(quiet_client):
    body = json.dumps(body_of(offer_by(), 1) | {"text": "PLACE"}).replace("PLACE", "\\ud800")
    response = quiet_client.post(OFFERS, content=body, headers={"Content-Type": "application/json"})
    problem_of(response, 422, "malformed-input")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe{}",
        b'{"a": "\xc3\x28"}',
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b'{"chainId": ' + b"9" * 5000 + b"}",
        b'{"chainId": 1e999}',
        b'{"chainId": NaN}',
    ],
    ids=lambda content: repr(content[:20]),
)
def test_S5_body_that_is_no_offer(quiet_client, content):
    headers = {"Content-Type": "application/json"}
    problem_of(quiet_client.post(OFFERS, content=content, headers=headers), 422, "malformed-input")


def test_S5_body_of_10_MB(quiet_client):
    headers = {"Content-Type": "application/json", "Connection": "close"}
    content = b'{"text": "' + b"x" * 10_485_760 + b'"}'
    response = quiet_client.post(OFFERS, content=content, headers=headers)
    problem_of(response, 413, "body-too-large")


def changed(body: dict, path: str, value: object) -> dict:
    body = json.loads(json.dumps(body))
    *steps, last = path.split(".")
    place = body
    for step in steps:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("offer.terms.tranches.0.amount", "-1"),
        ("offer.terms.tranches.0.amount", str(2**256)),
        ("offer.terms.tranches.0.amount", str(2**128)),
        ("offer.terms.tranches.0.amount", "1.5"),
        ("offer.terms.tranches.0.amount", "1e3"),
        ("offer.terms.tranches.0.amount", "0x10"),
        ("offer.terms.tranches.0.amount", " 1"),
        ("offer.terms.tranches.0.amount", "٣"),
        ("offer.terms.tranches.0.amount", 1000),
        ("offer.terms.tranches.0.amount", "9" * 5000),
        ("offer.terms.tranches.0.dueIn", 2**32),
        ("offer.terms.tranches.0.dueIn", -1),
        ("offer.terms.tranches.0.dueIn", 1.5),
        ("offer.terms.tranches.0.dueIn", True),
        ("offer.terms.tranches.0.dueIn", "3600"),
        ("offer.terms.tranches.0.performer", 256),
        ("offer.terms.asset", ALICE[:-1]),
        ("offer.terms.asset", None),
        ("offer.terms.parties", [ALICE] * 9),
        ("offer.listing.expiresAt", 2**40),
        ("offer.listing.expiresAt", 2**53 + 1),
        ("offer.listing.salt", str(2**40)),
        ("offer.listing.sponsor", 256),
        ("offer.listing.labels", 2**16),
        ("offer.listing.leastPoints", -1),
        ("offer.listing.contentHash", "0x00"),
        ("offer.listing.extra", 1),
        ("signatures.0.signature", "0xabc"),
        ("signatures.0.signature", "0x" + "ab" * 9000),
        ("signatures.0.party", "alice"),
        ("chainId", 0),
        ("chainId", 2**53),
        ("chainId", "31337"),
        ("text", "x" * 20_001),
        ("text", "é" * 10_001),
        ("text", 5),
    ],
)
def test_S3_value_that_cannot_be_read(quiet_client, path, value):
    body = changed(body_of(offer_by(), 1), path, value)
    problem = problem_of(post(quiet_client, body), 422, "malformed-input")
    assert problem["errors"][0]["pointer"].startswith("/" + path.replace(".", "/"))


def test_S4_wrong_chain_and_wrong_contract(quiet_client):
    for domain in ({"chain_id": 1}, {"escrow": CONTRACTS["RuleBook"]}):
        problem = problem_of(
            post(quiet_client, body_of(offer_by(), 1, **domain)), 400, "offer-wrong-domain"
        )
        assert (problem["chainId"], problem["escrow"]) == (31337, CONTRACTS["Escrow"])


def test_E20_signature_for_another_chain_does_not_hold(book: Book, client):
    body = body_of(offer_by(), 1) | {"signatures": body_of(offer_by(), 1, chain_id=1)["signatures"]}
    # Nobody's key made it: a wallet contract might accept it, so that the node has to be asked.
    problem_of(post(client, body), 503, "node-unreachable")
    assert listed(client) == []


def test_stranger_signs(quiet_client):
    problem = problem_of(
        post(quiet_client, body_of(offer_by(), 1, 3)), 400, "offer-foreign-signature"
    )
    assert problem["party"] == CAROL
    problem_of(post(quiet_client, body_of(offer_by(), 1, 1)), 400, "offer-foreign-signature")


def test_nobody_signs(quiet_client):
    problem = problem_of(post(quiet_client, body_of(offer_by())), 400, "offer-missing-signature")
    assert problem["missing"] == [ALICE]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"fills": 0}, "Escrow_BadFill"),
        ({"kind": 0}, "RuleBook_UnknownKind"),
        ({"kind": 11}, "RuleBook_UnknownKind"),
        ({"parties": (ALICE,)}, "Escrow_PartyCount"),
        ({"parties": (ALICE, ZERO_ADDRESS, ZERO_ADDRESS)}, "Escrow_BadParties"),
        ({"parties": (ALICE, ALICE, ZERO_ADDRESS)}, "Escrow_BadParties"),
        ({"tranches": ()}, "Escrow_TrancheCount"),
        ({"tranches": (Tranche(1, 0, 1, 1, 1, 1),) * 21}, "Escrow_TrancheCount"),
        ({"tranches": (Tranche(1, 0, 0, 1, 1, 1),)}, "Escrow_BadRole"),
        ({"tranches": (Tranche(1, 0, 2, 1, 1, 1),)}, "Escrow_BadRole"),
        ({"tranches": (Tranche(1, 0, 1, 0, 1, 1),)}, "Escrow_ZeroAmount"),
        ({"tranches": (Tranche(1, 0, 1, 1, 0, 1),)}, "Escrow_BadPeriod"),
        ({"tranches": (Tranche(1, 0, 1, 1, 1, 730 * 86400 + 1),)}, "Escrow_BadPeriod"),
        ({"tranches": (Tranche(0, 0, 1, 1, 1, 1),)}, "Escrow_FunderNotCaller"),
    ],
)
def test_terms_that_the_escrow_would_refuse(quiet_client, changes, error):
    problem = problem_of(
        post(quiet_client, body_of(offer_by(**changes), 1)), 400, "offer-impossible"
    )
    assert problem["contractError"].startswith(error + "(")


def test_expired_and_early_offers(book: Book, client):
    book.at(5)
    late = offer_by(expires_at=time_of(5) - 1)
    problem = problem_of(post(client, body_of(late, 1)), 409, "offer-expired")
    assert problem["now"] == time_of(5)
    assert post(client, body_of(offer_by(expires_at=time_of(5)), 1)).status_code == 201
    early = offer_by(created_at=time_of(5) + 1)
    problem_of(post(client, body_of(early, 1)), 409, "offer-not-yet-valid")


def test_offer_disappears_when_it_expires(book: Book, client):
    offer = offer_by(expires_at=time_of(9))
    post(client, body_of(offer, 1))
    book.at(9)
    assert listed(client) == [hash_of(offer)]
    book.at(10)
    assert listed(client) == []
    told = client.get(f"{OFFERS}/{hash_of(offer)}").json()
    assert (told["state"], told["takeable"]) == ("expired", False)


def test_cancelled_offer_disappears_and_is_refused(book: Book, client):
    offer, other = offer_by(), offer_by(salt=8)
    for one in (offer, other):
        post(client, body_of(one, 1))
    book.cancel(5, offer)
    book.at(5)
    assert listed(client) == [hash_of(other)]
    assert client.get(f"{OFFERS}/{hash_of(offer)}").json()["state"] == "cancelled"
    problem = problem_of(post(client, body_of(offer, 1)), 409, "offer-cancelled")
    assert problem["by"] == ALICE


def test_all_offers_up_to_a_time_disappear_together(book: Book, client):
    old, new = offer_by(), offer_by(created_at=START + 1)
    foreign = offer_by(maker=CAROL)
    for offer, signer in ((old, 1), (new, 1), (foreign, 3)):
        assert post(client, body_of(offer, signer)).status_code == 201
    book.cancel_all(5, ALICE, until=START)
    book.at(5)
    assert set(listed(client)) == {hash_of(new), hash_of(foreign)}
    problem = problem_of(post(client, body_of(old, 1)), 409, "offer-cancelled")
    assert (problem["by"], problem["until"]) == (ALICE, START)


def test_filled_offer_disappears(book: Book, client):
    offer = offer_by(fills=3)
    post(client, body_of(offer, 1))
    book.trade(5, offer, fill=1)
    book.at(5)
    fills = client.get(f"{OFFERS}/{hash_of(offer)}").json()["fills"]
    assert fills == {"total": 3, "taken": 1, "free": [0, 2]}
    book.trade(6, offer, fill=0, index=0)
    book.trade(6, offer, fill=2, index=1)
    book.at(6)
    assert listed(client) == []
    assert client.get(f"{OFFERS}/{hash_of(offer)}").json()["state"] == "filled"
    problem_of(post(client, body_of(offer, 1)), 409, "offer-filled")


def test_four_billion_fills_cost_nothing(book: Book, client):
    offer = offer_by(fills=2**32 - 1)
    fills = post(client, body_of(offer, 1)).json()["fills"]
    assert fills == {"total": 2**32 - 1, "taken": 0, "free": list(range(20))}


def test_fee_ceiling(book: Book, client):
    low = offer_by(max_fee_bps=99)
    problem = problem_of(post(client, body_of(low, 1)), 409, "offer-fee-above-ceiling")
    assert (problem["feeBps"], problem["maxFeeBps"]) == (100, 99)
    just = offer_by(max_fee_bps=100)
    assert post(client, body_of(just, 1)).json()["feeBps"] == 100
    book.rules(5, 2, [101] * 10, changed="fees", effective_at=time_of(8))
    book.at(7)
    assert client.get(f"{OFFERS}/{hash_of(just)}").json()["takeable"] is True
    book.at(8)
    told = client.get(f"{OFFERS}/{hash_of(just)}").json()
    assert told["obstacles"] == ["offer-fee-above-ceiling"]
    assert told["state"] == "live"


def test_asset_that_members_do_not_allow(book: Book, client):
    problem_of(post(client, body_of(offer_by(asset=CAROL), 1)), 409, "offer-asset-not-allowed")
    book.asset(5, ZERO_ADDRESS, allowed=False, effective_at=time_of(6))
    book.at(5)
    assert post(client, body_of(offer_by(), 1)).json()["takeable"] is True
    book.at(6)
    assert client.get(f"{OFFERS}/{hash_of(offer_by())}").json()["obstacles"] == [
        "offer-asset-not-allowed"
    ]


def test_S7_node_that_is_down_is_told_of(book: Book, client):
    tranche = Tranche(funder=0, performer=0, checker=1, amount=5, due_in=60, review_period=60)
    body = body_of(offer_by(asset=TOKEN, tranches=(tranche,)), 1)
    response = post(client, body)
    problem_of(response, 503, "node-unreachable")
    assert int(response.headers["retry-after"]) > 0
    assert listed(client) == []


def test_number_of_offers_is_limited(book: Book, client):
    for salt in range(5):
        assert post(client, body_of(offer_by(salt=salt), 1)).status_code == 201
    problem = problem_of(post(client, body_of(offer_by(salt=5), 1)), 429, "too-many-offers")
    assert (problem["limit"], problem["party"]) == (5, ALICE)
    assert post(client, body_of(offer_by(salt=4), 1)).status_code == 200
    for salt in range(3):
        assert post(client, body_of(offer_by(maker=BOB, salt=salt), 2)).status_code == 201
    problem_of(post(client, body_of(offer_by(maker=CAROL), 3)), 429, "too-many-offers")


def test_filters_and_pages(book: Book, client):
    offers = {
        "goods": offer_by(),
        "gig": offer_by(kind=3),
        "token": offer_by(asset=TOKEN),
        "bob": offer_by(maker=BOB),
    }
    for name, offer in offers.items():
        assert post(client, body_of(offer, 2 if name == "bob" else 1)).status_code == 201
    hashes = {name: hash_of(offer) for name, offer in offers.items()}
    assert listed(client, kind=3) == [hashes["gig"]]
    assert listed(client, asset=TOKEN) == [hashes["token"]]
    assert listed(client, maker=BOB) == [hashes["bob"]]
    seen: list[str] = []
    params: dict[str, object] = {"limit": 1}
    while True:
        page = client.get(OFFERS, params=params).json()
        seen += [item["hash"] for item in page["items"]]
        if page["nextCursor"] is None:
            break
        params["cursor"] = page["nextCursor"]
    assert sorted(seen) == sorted(hashes.values())
    assert client.get(f"/api/v1/accounts/{ALICE}").json()["liveOffers"] == 3


def test_unknown_offer(quiet_client):
    problem_of(quiet_client.get(f"{OFFERS}/0x{'0' * 64}"), 404, "unknown-offer")
