"""From a plain input to an offer, signed and posted, and from its terms back to sentences."""

from __future__ import annotations

import pytest
from eth_account.messages import encode_typed_data

from backend.terms.offer import ZERO_ADDRESS
from backend.terms.templates import all_templates
from tests.backend.api.book import ALICE, BOB, CHAIN, CONTRACTS, Book, key, offer_by
from tests.backend.api.serving import problem_of

V1 = "/api/v1"
GIG = {
    "title": "A logo",
    "milestones": [
        {"title": "a draft", "pay": "400", "dueIn": 86_400, "reviewPeriod": 3_600},
        {"title": "the files", "pay": "1000", "dueIn": 172_800},
    ],
    "revisions": 2,
}
DEAL = {"asset": ZERO_ADDRESS, "parties": {"worker": ALICE, "client": None}}


def terms(client, name="gig", given=GIG, deal=DEAL, **more):
    body = {"input": given, "deal": deal, **more}
    return client.post(f"{V1}/templates/{name}/terms", json=body)


def test_list_and_forms(quiet_client):
    listed = quiet_client.get(f"{V1}/templates").json()["items"]
    assert [each["name"] for each in listed] == list(all_templates())
    for each in listed:
        form = quiet_client.get(f"{V1}/templates/{each['name']}").json()
        fields = form.pop("input")["properties"]
        assert form == each
        assert all(field["description"] and field["unit"] for field in fields.values())
    pay = quiet_client.get(f"{V1}/templates/gig").json()["input"]["$defs"]["Milestone"]
    assert pay["properties"]["pay"]["type"] == "string"
    assert (pay["properties"]["dueIn"]["unit"], pay["properties"]["dueIn"]["minimum"]) == (
        "seconds",
        3_600,
    )
    problem_of(quiet_client.get(f"{V1}/templates/barter"), 404, "unknown-template")


def test_terms_are_signed_posted_and_explained(book: Book, client):
    made = terms(client, names={"worker": "Bob", "client": "Carol"}).json()
    assert made["sentences"][0]["text"].startswith(
        "If Bob does not deliver milestone 1 within 1 day"
    )
    assert made["typedData"]["domain"]["chainId"] == CHAIN
    signature = key(1).sign_message(encode_typed_data(full_message=made["typedData"])).signature
    posted = client.post(
        f"{V1}/offers",
        json={
            "chainId": CHAIN,
            "escrow": CONTRACTS["Escrow"],
            "offer": made["offer"],
            "signatures": [{"party": ALICE, "signature": "0x" + signature.hex()}],
            "text": made["text"],
        },
    )
    assert posted.status_code == 201, posted.text
    assert posted.json()["hash"] == made["offerHash"]

    body = {"offer": made["offer"], "text": posted.json()["text"]}
    told = client.post(f"{V1}/terms/explain", json=body).json()
    assert (told["kind"], told["template"], told["unknownBecause"]) == ("gig", "gig", None)
    filled = {"about": "", "quantity": 1}
    first, second = GIG["milestones"]
    assert told["input"] == GIG | filled | {
        "milestones": [first, second | {"reviewPeriod": 7 * 86_400}]
    }
    figures = [dict(each, text="") for each in made["sentences"]]
    assert [dict(each, text="") for each in told["sentences"]] == figures
    fee = 1000 * 100 // 10_000  # one percent, by the rules of the book
    [done] = [s for s in figures if (s["tranche"], s["case"]) == (1, "accepted")]
    assert (done["toPerformer"], done["fee"], done["toChecker"]) == (str(1000 - fee), str(fee), "0")


def test_terms_without_a_template_are_told_too(book: Book, client):
    offer = offer_by()
    listing = {
        "contentHash": "0x" + "00" * 32,
        "kind": 1,
        "maxFeeBps": 500,
        "createdAt": offer.listing.created_at,
        "expiresAt": offer.listing.expires_at,
        "fills": 3,
        "salt": "7",
    }
    tranche = {
        "funder": 1,
        "performer": 0,
        "checker": 1,
        "amount": "1000",
        "dueIn": 3_600,
        "reviewPeriod": 600,
    }
    shape = {
        "terms": {"asset": ZERO_ADDRESS, "parties": [ALICE, BOB], "tranches": [tranche]},
        "listing": listing,
    }
    told = client.post(f"{V1}/terms/explain", json={"offer": shape, "openedAt": 1_000_000}).json()
    assert (told["template"], told["input"]) == (None, None)
    assert told["unknownBecause"] == "its text is not known"
    assert told["seats"] == ["party 0", "party 1"]
    silent = told["sentences"][0]
    assert (silent["case"], silent["dueAt"], silent["toChecker"]) == (
        "notPerformed",
        1_003_600,
        "1000",
    )
    assert silent["text"].startswith("If party 0 does not do it by 12 January 1970 14:46:40 UTC")
    told = client.post(f"{V1}/terms/explain", json={"offer": shape, "text": "other"}).json()
    assert told["unknownBecause"] == "the text is not the one that was signed"
    shape["terms"]["tranches"][0]["amount"] = "0"
    refused = client.post(f"{V1}/terms/explain", json={"offer": shape})
    problem = problem_of(refused, 400, "offer-impossible")
    assert problem["contractError"] == "Escrow_ZeroAmount(0)"


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({**GIG, "milestones": []}, "/input/milestones"),
        ({**GIG, "revisions": "2"}, "/input/revisions"),
        ({**GIG, "colour": "red"}, "/input/colour"),
        ({**GIG, "title": "two\nlines"}, "/input/title"),
        ({**GIG, "title": "\u202eturned"}, "/input/title"),
        (
            {**GIG, "milestones": [{"title": "a", "pay": "1.5", "dueIn": 86_400}]},
            "/input/milestones/0/pay",
        ),
    ],
)
def test_input_that_cannot_be_read(client, given, pointer):
    problem = problem_of(terms(client, given=given), 422, "malformed-input")
    assert problem["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("parties", "message"),
    [
        ({"worker": ALICE}, "the parties of this offer are worker, client"),
        ({"worker": None, "client": BOB}, "comes with the call that opens the trade"),
        ({"worker": ALICE, "client": ALICE}, "Escrow_BadParties"),
    ],
)
def test_deals_that_cannot_be_made(client, parties, message):
    refused = terms(client, deal=DEAL | {"parties": parties})
    assert message in problem_of(refused, 400, "terms-impossible")["detail"]
