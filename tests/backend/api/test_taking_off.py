"""Offers that their makers withdraw, and that the operator hides."""

import pytest
from typer.testing import CliRunner

from backend.cli.main import app
from backend.indexer import forget_facts
from backend.terms.moderation import RULES, withdrawal_message
from tests.backend.api.book import (
    ALICE,
    CAROL,
    CHAIN,
    CONTRACTS,
    Book,
    body_of,
    key,
    offer_by,
    offer_hash,
)
from tests.backend.api.serving import problem_of

OFFERS = "/api/v1/offers"
ESCROW = CONTRACTS["Escrow"]


@pytest.fixture
def offer(book: Book, client) -> str:
    assert client.post(OFFERS, json=body_of(offer_by(), 1)).status_code == 201
    return "0x" + offer_hash(offer_by()).hex()


def withdrawal(offer: str, signer: int = 1, by: str = ALICE, **domain) -> dict:
    place = {"chain_id": CHAIN, "escrow": ESCROW} | domain
    signed = key(signer).sign_message(withdrawal_message(offer_hash=offer, **place))
    return {"by": by, "signature": "0x" + signed.signature.hex()}


def listed(client, **params) -> list[str]:
    return [item["hash"] for item in client.get(OFFERS, params=params).json()["items"]]


def withdraw(client, offer: str, body: dict):
    return client.post(f"{OFFERS}/{offer}/withdrawal", json=body)


def moderate(book: Book, *arguments: str):
    place = ["--database", book.settings.database, "--deployment", book.settings.deployment]
    return CliRunner().invoke(app, ["offer", *arguments, *place])


def test_maker_withdraws_at_once_and_for_good(book: Book, client, offer):
    assert listed(client) == [offer]
    response = withdraw(client, offer, withdrawal(offer))
    assert response.status_code == 200, response.text
    told = response.json()
    assert (told["unlisted"]["why"], told["unlisted"]["by"]) == ("withdrawn", ALICE)
    assert (told["taking"], told["signatures"]) == ([], [])
    assert listed(client, standing="any") == []
    assert client.get(f"/api/v1/accounts/{ALICE}").json()["liveOffers"] == 0
    assert (
        problem_of(client.post(OFFERS, json=body_of(offer_by(), 1)), 409, "offer-withdrawn")["by"]
        == ALICE
    )
    assert withdraw(client, offer, withdrawal(offer)).json() == told


def test_withdrawal_by_others_is_refused(book: Book, client, offer):
    stranger = withdraw(client, offer, withdrawal(offer, signer=3, by=CAROL))
    problem_of(stranger, 400, "offer-foreign-signature")
    # Nobody's key: it may be a wallet contract's, which the node would have to say.
    forged = [
        withdrawal(offer, signer=3),
        withdrawal("0x" + "11" * 32),
        withdrawal(offer, chain_id=1),
        withdrawal(offer, escrow=CONTRACTS["RuleBook"]),
        {"by": ALICE, "signature": body_of(offer_by(), 1)["signatures"][0]["signature"]},
    ]
    for body in forged:
        problem_of(withdraw(client, offer, body), 503, "node-unreachable")
    unknown = "0x" + "11" * 32
    problem_of(withdraw(client, unknown, withdrawal(unknown)), 404, "unknown-offer")
    assert listed(client) == [offer]


def test_operator_hides_by_a_rule_and_the_log_tells(book: Book, client, offer):
    rules = client.get("/api/v1/moderation/rules").json()["rules"]
    assert {rule["name"]: rule["text"] for rule in rules} == dict(RULES)
    done = moderate(book, "hide", offer, "--rule", "spam", "--reason", "The tenth of the same")
    assert done.exit_code == 0, done.output
    assert listed(client, standing="any") == []
    told = client.get(f"{OFFERS}/{offer}").json()
    unlisted = told["unlisted"]
    assert (unlisted["why"], unlisted["rule"], unlisted["reason"]) == (
        "hidden",
        "spam",
        "The tenth of the same",
    )
    assert (told["takeable"], len(told["taking"])) == (True, 1)
    # To post it again does not bring it back.
    assert client.post(OFFERS, json=body_of(offer_by(), 1)).status_code == 200
    assert listed(client) == []
    forget_facts(book.engine)
    book.begin()
    back = moderate(book, "unhide", offer, "--rule", "spam", "--reason", "A mistake")
    assert back.exit_code == 0, back.output
    assert listed(client) == [offer]
    items = client.get("/api/v1/moderation").json()["items"]
    assert [(item["action"], item["reason"]) for item in items] == [
        ("unhide", "A mistake"),
        ("hide", "The tenth of the same"),
    ]
    first = client.get("/api/v1/moderation", params={"limit": 1}).json()
    rest = client.get("/api/v1/moderation", params={"cursor": first["nextCursor"]}).json()
    assert first["items"] + rest["items"] == items


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["hide", "OFFER", "--rule", "dislike", "--reason", "x"], "no rule dislike"),
        (["hide", "OFFER", "--rule", "spam", "--reason", "  "], "Say why"),
        (["hide", "OFFER", "--rule", "spam", "--reason", "a\x07b"], "is not text"),
        (["hide", "0x12", "--rule", "spam", "--reason", "x"], "64 hexadecimal digits"),
        (["hide", "0x" + "11" * 32, "--rule", "spam", "--reason", "x"], "Nobody posted"),
        (["unhide", "OFFER", "--rule", "spam", "--reason", "x"], "not hidden"),
    ],
)
def test_operator_is_told_what_is_wrong(book: Book, client, offer, arguments, words):
    done = moderate(book, *[offer if each == "OFFER" else each for each in arguments])
    assert done.exit_code == 1
    assert words in done.output
    assert client.get("/api/v1/moderation").json()["items"] == []
    assert listed(client) == [offer]
