"""Offers with a sponsor, and offers that ask something of their takers, on a real chain."""

from typing import Any

import pytest

from backend.api.posting import hash_of
from backend.api.schemas.asked import requirements
from backend.terms.offer import ZERO_ADDRESS, Offer, Tranche
from backend.terms.typed_data import hash_listing
from tests.backend.api.chain import Chain, market
from tests.backend.api.serving import problem_of
from tests.backend.api.test_taking import MAKER, TAKER, body_of, offer_of, open_from, post
from tests.backend.market import calldata

REWARD = Tranche(funder=0, performer=1, checker=0, amount=900, due_in=3600, review_period=60)
BOND = Tranche(funder=1, performer=1, checker=0, amount=11, due_in=3600, review_period=60)


@pytest.fixture(scope="module")
def chain(deployed, tmp_path_factory):
    with market(deployed, tmp_path_factory.mktemp("sponsored")) as found:
        found.index()
        yield found


def campaign(chain: Chain, **changed: Any) -> Offer:
    terms = {"parties": (MAKER.address, ZERO_ADDRESS), "tranches": (REWARD, BOND), "fills": 3}
    return offer_of(chain, **(terms | {"sponsor": 1} | changed))


def tell(chain: Chain, function: str, *arguments: object, value: int = 0) -> None:
    """The sponsor calls the Escrow."""
    escrow = chain.deployment.address("Escrow")
    receipt = chain.send(MAKER.address, escrow, calldata("Escrow", function, *arguments), value)
    assert receipt["status"] == "0x1"
    chain.index()


def read(chain: Chain, offer: Offer) -> dict[str, Any]:
    return dict(chain.client.get(f"/offers/{hash_of(offer)}").json())


def sums(told: dict[str, Any]) -> tuple[int, ...]:
    budget = told["budget"]
    return tuple(int(budget[name]["value"]) for name in ("perFill", "locked", "unlocked", "left"))


def test_a_campaign_from_the_lock_to_the_last_unit(chain: Chain):
    offer = campaign(chain)
    body = body_of(chain, offer, MAKER)
    told = post(chain, body)
    assert told.status_code == 201, told.text
    assert (sums(told.json()), told.json()["takeable"]) == ((900, 0, 0, 0), False)
    assert told.json()["obstacles"] == ["offer-low-budget"]

    tell(chain, "lockBudget", offer.pack(), 2, value=1800)
    told = read(chain, offer)
    assert told["budget"]["sponsor"] == MAKER.address
    assert (sums(told), told["budget"]["fillsCovered"]) == ((900, 1800, 0, 1800), 2)
    assert [(f["party"], f["amount"]["value"]) for f in told["funding"]] == [(None, "11")]
    assert (told["takeable"], told["taking"][0]["value"]) == (True, "11")
    assert told["amount"]["value"] == "911"

    assert open_from(chain, told, TAKER, 1)["status"] == "0x1"
    chain.index()
    told = read(chain, offer)
    assert (sums(told), told["takeable"]) == ((900, 1800, 0, 900), True)
    progress = told["progress"]
    assert (progress["taken"], progress["total"], progress["paid"]["value"]) == (1, 3, "0")

    assert open_from(chain, told, TAKER, 0)["status"] == "0x1"
    chain.index()
    told = read(chain, offer)
    assert (told["takeable"], told["obstacles"]) == (False, ["offer-low-budget"])

    trades = chain.client.get("/trades", params={"offer": told["hash"]}).json()["items"]
    detail = chain.client.get(f"/trades/{trades[0]['id']}").json()
    pin, parties = int(detail["trade"]["pin"]), (MAKER.address, TAKER.address)
    trade = (ZERO_ADDRESS, parties, offer.pack()[2], hash_listing(offer.listing), pin)
    tell(chain, "accept", trade, 0)
    fee = 900 * told["feeBps"] // 10_000
    assert read(chain, offer)["progress"]["paid"]["value"] == str(900 - fee)

    tell(chain, "lockBudget", offer.pack(), 1, value=900)
    tell(chain, "cancelOffer", offer.pack())
    tell(chain, "unlockBudget", offer.pack())
    told = read(chain, offer)
    assert (sums(told), told["state"]) == ((900, 2700, 900, 0), "cancelled")


def test_an_offer_without_a_sponsor_has_no_budget(chain: Chain):
    told = post(chain, body_of(chain, offer_of(chain), MAKER)).json()
    assert (told["budget"], told["progress"], told["requirements"]) == (None, None, [])


@pytest.mark.parametrize(("place", "error"), [(2, "Escrow_BadSponsor(2)"), (3, None), (9, None)])
def test_a_sponsor_that_nobody_is(chain: Chain, place: int, error: str | None):
    answer = post(chain, body_of(chain, campaign(chain, sponsor=place), MAKER))
    problem = problem_of(answer, 400, "offer-impossible")
    assert problem["contractError"] == (error or f"Escrow_BadSponsor({place})")


@pytest.mark.parametrize(
    ("labels", "points", "words"),
    [
        (0, 0, []),
        (0b1000, 0, ["label 3, credit band 1 or better"]),
        (
            0b11,
            7,
            [
                "label 0, person verified",
                "label 1, business verified",
                "at least 7 points of reputation",
            ],
        ),
        (
            0x84,
            1,
            [
                "label 2, sustainable product",
                "label 7, credit band 5 or better",
                "at least 1 point of reputation",
            ],
        ),
    ],
)
def test_what_is_asked_of_the_taker_in_words(
    chain: Chain, labels: int, points: int, words: list[str]
):
    offer = offer_of(chain, labels=labels, least_points=points)
    assert requirements(offer.listing) == words
    told = post(chain, body_of(chain, offer, MAKER)).json()
    assert told["requirements"] == words
    listing = told["offer"]["listing"]
    assert (listing["labels"], listing["leastPoints"]) == (labels, points)


def test_label_that_cannot_be_is_told_of(chain: Chain):
    """Of an offer that was listed elsewhere."""
    asked = offer_of(chain, labels=0x101).listing
    assert requirements(asked) == ["label 0, person verified", "label 8, which nobody can have"]
