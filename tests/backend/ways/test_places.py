"""What somebody who lets or rents elsewhere would try first: stays, and things for a time.

Money is worked out here from prices and the fee of the profile: 2 %.
"""

from __future__ import annotations

from hashlib import sha256

import pytest

from backend.terms.condition_report import MOMENTS, report_to_sign, signer_of
from scripts.people import Person
from scripts.ways import Bargain, Refused, Traders, way_of
from scripts.ways.signing import sign

HOUR, DAY, TUSD = 3_600, 86_400, 10**6
PRICE = 330 * TUSD  # three nights of 100, and the cleaning


def begun(traders: Traders, name: str, **changes: object) -> Bargain:
    way = way_of(name)
    given = way.input_at(traders.now) | changes
    return traders.take(traders.offer(name, given, way.cast, way.taker))


def test_a_stay_called_off_early_costs_nothing_and_no_fee(traders: Traders) -> None:
    """The cleaning fee is part of what comes back; the host need not be awake."""
    bargain = begun(traders, "stay")
    before = traders.balance(Person.DAVE)
    traders.use(bargain, "guest", 0, 0)
    assert traders.balance(Person.DAVE) - before == PRICE
    price, deposit = traders.told(bargain)["tranches"]
    assert (price["status"], price["payout"]["fee"]["value"]) == ("split", "0")
    assert deposit["status"] == "open"


def test_each_step_of_a_cancellation_ends_on_its_day(traders: Traders) -> None:
    bargain = begun(traders, "stay")
    traders.wait_until(bargain.starts_at - 7 * DAY + 1)
    with pytest.raises(Refused, match="Escrow_"):
        traders.use(bargain, "guest", 0, 0)
    traders.wait_until(bargain.starts_at - 2 * DAY - HOUR)
    host, guest = traders.balance(Person.ALICE), traders.balance(Person.DAVE)
    traders.use(bargain, "guest", 0, 5_000)  # 165 each, the host's less 3.3
    assert traders.balance(Person.ALICE) - host == 161_700_000
    assert traders.balance(Person.DAVE) - guest == 165 * TUSD


def test_after_the_last_step_a_guest_who_stays_away_pays(traders: Traders) -> None:
    bargain = begun(traders, "stay")
    traders.wait_until(bargain.starts_at)
    with pytest.raises(Refused, match="Escrow_"):
        traders.use(bargain, "guest", 0, 5_000)
    traders.act(bargain, "host", "perform", 0)
    traders.wait_until(traders.told(bargain)["tranches"][0]["nextDefault"]["dueAt"] + 1)
    before = traders.balance(Person.ALICE)
    traders.act(bargain, "host", "expire", 0)
    assert traders.balance(Person.ALICE) - before == 323_400_000


def test_a_host_who_does_not_open_gets_nothing(traders: Traders) -> None:
    bargain = begun(traders, "stay")
    traders.wait_until(bargain.starts_at + DAY + 1)
    before = traders.balance(Person.DAVE)
    traders.act(bargain, "guest", "expire", 0)
    assert traders.balance(Person.DAVE) - before == PRICE


def test_a_guest_who_leaves_and_hears_nothing_gets_the_deposit_back(traders: Traders) -> None:
    bargain = begun(traders, "stay")
    traders.wait_until(bargain.starts_at)
    traders.act(bargain, "host", "perform", 0)
    traders.wait_until(bargain.starts_at + 3 * DAY)
    traders.act(bargain, "guest", "perform", 1)
    due_at = traders.told(bargain)["tranches"][1]["nextDefault"]["dueAt"]
    assert due_at >= bargain.starts_at + 6 * DAY  # the inspection
    traders.wait_until(due_at + 1)
    before = traders.balance(Person.DAVE)
    traders.act(bargain, "guest", "expire", 1)
    assert traders.balance(Person.DAVE) - before == 200 * TUSD


def test_a_stay_without_deposit_is_one_tranche(traders: Traders) -> None:
    assert len(traders.told(begun(traders, "stay", deposit="0"))["tranches"]) == 1


def test_late_return_costs_the_pledge_and_not_the_deposit(traders: Traders) -> None:
    """The hour of grace is over; the two further days are not."""
    bargain = begun(traders, "rental")
    traders.wait_until(bargain.starts_at)
    traders.act(bargain, "owner", "perform", 0)
    traders.wait_until(bargain.starts_at + 2 * DAY + HOUR + 1)
    with pytest.raises(Refused, match="Escrow_"):
        traders.act(bargain, "renter", "perform", 2)
    owner, renter = traders.balance(Person.ALICE), traders.balance(Person.BOB)
    traders.act(bargain, "owner", "expire", 2)
    traders.act(bargain, "renter", "perform", 1)
    traders.act(bargain, "owner", "accept", 1)
    assert traders.balance(Person.ALICE) - owner == 80 * TUSD
    assert traders.balance(Person.BOB) - renter == 500 * TUSD


def test_what_is_never_returned_costs_the_deposit(traders: Traders) -> None:
    bargain = begun(traders, "rental")
    traders.wait_until(bargain.starts_at + 4 * DAY + HOUR + 1)
    before = traders.balance(Person.ALICE)
    traders.act(bargain, "owner", "expire", 1)
    traders.act(bargain, "owner", "expire", 2)
    assert traders.balance(Person.ALICE) - before == 580 * TUSD


def test_the_condition_is_signed_at_handover_and_at_return(traders: Traders) -> None:
    """Both sign the hash of each report; whoever alters it, or takes it elsewhere, is found out."""
    bargain, other = begun(traders, "rental"), begun(traders, "rental")
    owner, renter = Person.ALICE, Person.BOB
    before, after = (
        "0x" + sha256(text).hexdigest() for text in (b"clean", b"clean, a dent in the door")
    )
    assert f"condition: {way_of('rental').given['condition']}" in bargain.listed.terms["text"]
    place = (traders.deployment.chain_id, traders.escrow)
    signed: dict[str, list[bytes]] = {}
    for moment, content in zip(MOMENTS, (before, after), strict=True):
        report = report_to_sign(*place, bargain.trade_id, moment, content)
        signed[moment] = [sign(who, report) for who in (owner, renter)]
        found = [signer_of(report, signature) for signature in signed[moment]]
        assert found == [owner.address, renter.address]
    for altered in (
        report_to_sign(*place, bargain.trade_id, "return", before),
        report_to_sign(*place, bargain.trade_id, "handover", after),
        report_to_sign(*place, other.trade_id, "return", after),
        report_to_sign(place[0] + 1, place[1], bargain.trade_id, "return", after),
    ):
        assert signer_of(altered, signed["return"][1]) != renter.address
    assert signer_of(report, b"") is None
