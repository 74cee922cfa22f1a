"""What somebody who sells or buys elsewhere would try first: goods, files, gigs.

Money is worked out here from prices and the fees of the profile: goods and files 2.5 %, gigs 3 %.
"""

from __future__ import annotations

import pytest

from scripts.people import Person
from scripts.ways import Refused, Traders, way_of

HOUR, DAY, TUSD = 3_600, 86_400, 10**6
SALE = {"seller": Person.ALICE, "buyer": Person.BOB}


def texts(terms: dict) -> str:
    return "\n".join(each["text"] for each in terms["sentences"])


def test_goods_to_be_picked_up_say_so(traders: Traders) -> None:
    given = {"title": "A sofa", "price": str(80 * TUSD), "handover": "pickup"}
    listed = traders.offer("goods", given, SALE, "buyer")
    assert "If Alice does not have it ready to be picked up within 3 days" in texts(listed.terms)
    assert "sends it" not in texts(listed.terms)
    bargain = traders.take(listed)
    traders.act(bargain, "seller", "perform", 0)
    traders.act(bargain, "buyer", "accept", 0)
    (tranche,) = traders.told(bargain)["tranches"]
    assert tranche["status"] == "accepted"
    assert tranche["payout"]["toPerformer"]["value"] == str(78 * TUSD)
    assert tranche["payout"]["fee"]["value"] == str(2 * TUSD)


def test_each_piece_of_goods_is_sold_once(traders: Traders) -> None:
    """Two pieces, two trades; the listing tells how many are left, and a third is refused."""
    listed = traders.offer("goods", way_of("goods").given, SALE, "buyer")
    for fill in (0, 1):
        told = traders.api.get(f"/offers/{listed.hash}")
        assert told["fills"]["taken"] == fill
        traders.take(listed, fill)
        traders.api.catch_up()
    told = traders.api.get(f"/offers/{listed.hash}")
    assert (told["state"], told["fills"]["free"]) == ("filled", [])
    with pytest.raises(Refused, match="Escrow_BadFill"):
        traders.take(listed, 2)
    with pytest.raises(Refused, match="Escrow_FillTaken"):
        traders.take(listed, 1)


def test_goods_sent_too_late_are_not_sent(traders: Traders) -> None:
    given = {"title": "A sofa", "price": str(80 * TUSD), "shippingTime": 2 * DAY}
    bargain = traders.take(traders.offer("goods", given, SALE, "buyer"))
    due_at = traders.told(bargain)["tranches"][0]["nextDefault"]["dueAt"]
    traders.wait_until(due_at + 1)
    with pytest.raises(Refused, match="Escrow_"):
        traders.act(bargain, "seller", "perform", 0)
    before = traders.balance(Person.BOB)
    traders.act(bargain, "buyer", "expire", 0)
    assert traders.balance(Person.BOB) - before == 80 * TUSD


@pytest.mark.parametrize(("delivery", "due_in"), [(None, 15 * 60), (2 * DAY, 2 * DAY)])
def test_a_file_comes_at_once_or_later(traders: Traders, delivery: int | None, due_in: int) -> None:
    """Its hash is among the words that were signed."""
    digest = "0x" + "a7" * 32
    given = {"title": "A typeface", "price": str(20 * TUSD), "contentHash": digest}
    listed = traders.offer("digital", given | {"deliveryTime": delivery}, SALE, "buyer")
    assert f"content_hash: {digest}" in listed.terms["text"]
    bargain = traders.take(listed)
    opened_at = traders.told(bargain)["openedAt"]
    (tranche,) = traders.told(bargain)["tranches"]
    assert tranche["performBy"] == opened_at + due_in
    traders.act(bargain, "seller", "perform", 0)
    traders.act(bargain, "buyer", "accept", 0)
    assert traders.told(bargain)["tranches"][0]["payout"]["fee"]["value"] == str(TUSD // 2)


def test_a_revision_of_a_gig_is_settled_by_a_split_of_that_milestone_alone(
    traders: Traders,
) -> None:
    way = way_of("gig")
    bargain = traders.take(traders.offer("gig", way.given, way.cast, "client"))
    traders.act(bargain, "worker", "perform", 0)
    traders.act(bargain, "client", "dispute", 0)
    before = traders.balance(Person.ALICE), traders.balance(Person.ERIN)
    traders.settle(bargain, "client", 0, 8_000)  # of 150: 120 less 3.6, and 30
    first, second = traders.told(bargain)["tranches"]
    assert (first["status"], second["status"]) == ("split", "open")
    assert traders.balance(Person.ALICE) - before[0] == 116_400_000
    assert traders.balance(Person.ERIN) - before[1] == 30 * TUSD
    assert second["performBy"] - first["performBy"] == 7 * DAY
