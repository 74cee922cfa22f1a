"""What drivers, riders, guides, sponsors, couriers and contributors would try first.

Money is worked out here from prices and the fees of the profile: rides and deliveries 1.5 %, guides
2 %, campaigns 1 %; a bond that comes back pays none.
"""

from __future__ import annotations

import pytest

from backend.terms.payout import BPS
from scripts.people import Person
from scripts.ways import Bargain, Refused, Traders, way_of

HOUR, DAY, TUSD = 3_600, 86_400, 10**6


def begun(traders: Traders, name: str, **changes: object) -> Bargain:
    way = way_of(name)
    given = way.input_at(traders.now) | changes
    return traders.take(traders.offer(name, given, way.cast, way.taker))


def test_a_driver_who_does_not_turn_up_loses_the_bond_to_the_rider(traders: Traders) -> None:
    bargain = begun(traders, "ride")
    traders.wait_until(bargain.starts_at + 15 * 60 + 1)
    rider = traders.balance(Person.CAROL)
    traders.act(bargain, "rider", "expire", 1)
    assert traders.balance(Person.CAROL) - rider == 10 * TUSD
    traders.wait_until(bargain.starts_at + 15 * 60 + 2 * HOUR + 1)
    traders.act(bargain, "rider", "expire", 0)
    assert traders.balance(Person.CAROL) - rider == 40 * TUSD


def test_a_driver_who_lies_about_being_there_is_disputed(traders: Traders) -> None:
    bargain = begun(traders, "ride")
    traders.wait_until(bargain.starts_at)
    traders.act(bargain, "driver", "perform", 1)
    traders.act(bargain, "rider", "dispute", 1)
    assert traders.told(bargain)["tranches"][1]["status"] == "disputed"


def test_a_ride_can_begin_as_soon_as_it_is_taken(traders: Traders) -> None:
    bargain = begun(traders, "ride", pickupAt=None, driverBond="0", riderBond="0")
    told = traders.told(bargain)
    (fare,) = told["tranches"]
    assert fare["performBy"] == told["openedAt"] + 15 * 60 + 2 * HOUR
    traders.act(bargain, "driver", "perform", 0)
    before = traders.balance(Person.ALICE)
    traders.act(bargain, "rider", "accept", 0)
    assert traders.balance(Person.ALICE) - before == 29_550_000


def test_an_evening_that_is_free_is_held_by_bonds(traders: Traders) -> None:
    """No sponsor, no pay, no fee: two people who want to be sure of one another."""
    way = way_of("guide")
    cast = {role: way.cast[role] for role in ("guide", "guest")}
    given = way.input_at(traders.now) | {"pay": "0", "paidBy": "guest"}
    bargain = traders.take(traders.offer("guide", given, cast, "guest"))
    traders.wait_until(bargain.starts_at)
    before = [traders.balance(who) for who in cast.values()]
    traders.act(bargain, "guide", "perform", 0)
    traders.act(bargain, "guest", "accept", 0)
    traders.wait_until(traders.told(bargain)["tranches"][1]["nextDefault"]["dueAt"] + 1)
    traders.act(bargain, "guide", "expire", 1)  # the guest never came
    after = [traders.balance(who) for who in cast.values()]
    assert [now - then for now, then in zip(after, before, strict=True)] == [40 * TUSD, 0]


def test_a_sponsor_pays_and_looks_at_the_work(traders: Traders) -> None:
    """The guest can neither confirm nor dispute what the sponsor pays for."""
    bargain = begun(traders, "guide")
    traders.wait_until(bargain.starts_at)
    traders.act(bargain, "guide", "perform", 0)
    for deed in ("accept", "dispute"):
        with pytest.raises(Refused, match="Escrow_NotChecker"):
            traders.act(bargain, "guest", deed, 0)
    before = traders.balance(Person.ALICE)
    traders.act(bargain, "sponsor", "accept", 0)
    assert traders.balance(Person.ALICE) - before == 88_200_000  # of 90


def test_the_code_at_the_door_is_the_couriers_proof(traders: Traders) -> None:
    """Without the buyer's code nothing is paid, and the code of another trade does not fit."""
    bargain, other = begun(traders, "delivery"), begun(traders, "delivery")
    traders.wait_until(bargain.starts_at)
    step = bargain.listed.steps[0, 1, BPS]
    for code in (b"", other.listed.steps[0, 1, BPS].signature):
        with pytest.raises(Refused, match="Escrow_"):
            traders.act(bargain, "courier", "split", 1, BPS, step.deadline, b"", code)
    courier, seller = traders.balance(Person.CAROL), traders.balance(Person.ALICE)
    traders.use(bargain, "courier", 1, BPS)
    traders.use(bargain, "seller", 0, BPS)
    assert traders.balance(Person.CAROL) - courier == 9_850_000  # of 10
    assert traders.balance(Person.ALICE) - seller == 118_200_000  # of 120


def test_a_courier_who_books_a_block_stands_in_with_the_bond(traders: Traders) -> None:
    """What one trade's code is good for ends with its review; the bond is the seller's then."""
    bargain = begun(traders, "delivery")
    traders.wait_until(bargain.starts_at + 4 * HOUR + 1)
    with pytest.raises(Refused, match="Escrow_"):
        traders.act(bargain, "courier", "perform", 2)
    before = traders.balance(Person.ALICE)
    traders.act(bargain, "seller", "expire", 2)
    assert traders.balance(Person.ALICE) - before == 100 * TUSD


def test_a_campaign_has_roles_slots_and_progress(traders: Traders) -> None:
    """Two roles are two offers of one title; each contributor takes a reward of its own."""
    way = way_of("campaign")
    offers = {}
    for role, slot in (("counter", 2 * DAY), ("driver", 3 * DAY)):
        given = way.input_at(traders.now) | {"role": role, "slot": traders.now + slot, "rewards": 3}
        offers[role] = traders.offer("campaign", given, way.cast, "contributor")
    titles = {one.terms["text"].split("title: ")[1].split("\n")[0] for one in offers.values()}
    assert titles == {way.given["title"]}
    slots = [one.terms["offer"]["listing"]["startsAt"] for one in offers.values()]
    assert slots[1] - slots[0] >= DAY

    listed = offers["counter"]
    first = traders.take(listed)
    listed.cast = {**way.cast, "contributor": Person.CAROL}
    second = traders.take(listed, 1)
    traders.api.catch_up()
    told = traders.api.get(f"/offers/{listed.hash}")
    assert (told["fills"]["total"], told["fills"]["taken"], told["fills"]["free"]) == (3, 2, [2])
    assert traders.told(first)["parties"][1] == Person.DAVE.address
    before = traders.balance(Person.CAROL)
    for tranche in (0, 1):
        traders.act(second, "contributor", "perform", tranche)
        traders.act(second, "sponsor", "accept", tranche)
    assert traders.balance(Person.CAROL) - before == 44_600_000  # of 40, and the bond of 5
    statuses = [tranche["status"] for tranche in traders.told(first)["tranches"]]
    assert statuses == ["open", "open"]


def test_the_whole_budget_is_locked_before_the_first_reward_is_taken(traders: Traders) -> None:
    """What nobody takes comes back once the slot has begun, and not before."""
    way = way_of("campaign")
    before = traders.balance(Person.ERIN)
    given = way.input_at(traders.now) | {"rewards": 3}
    listed = traders.offer("campaign", given, way.cast, "contributor")
    assert traders.balance(Person.ERIN) - before == -120 * TUSD
    assert listed.terms["budget"] is True
    bargain = traders.take(listed)
    assert traders.balance(Person.ERIN) - before == -120 * TUSD
    with pytest.raises(Refused, match="Escrow_"):
        traders.unlock(bargain, "sponsor")
    traders.wait_until(bargain.starts_at + 1)
    traders.unlock(bargain, "anyone")
    assert traders.balance(Person.ERIN) - before == -40 * TUSD


def test_a_campaign_without_bond_is_one_tranche(traders: Traders) -> None:
    bargain = begun(traders, "campaign", bond="0", slot=None)
    assert len(traders.told(bargain)["tranches"]) == 1
