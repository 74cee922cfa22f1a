"""Two people bargain over a van at the command line, and one takes the other's last word."""

from __future__ import annotations

import json
import re
from pathlib import Path

from scripts.people import Person
from scripts.ways import Traders, way_of
from scripts.ways.bargain import Listed
from tests.backend.ways.conftest import Tell

TUSD = 10**6


def test_a_counter_offer_is_taken(traders: Traders, told: Tell, tmp_path: Path) -> None:
    owner, renter = Person.ALICE, Person.BOB
    begins = traders.now + way_of("rental").given["beginsAt"]
    form = (
        *("--title", "A blue van", "--asset", "TUSD", "--deposit", "500", "--late-fee", "80"),
        *("--begins-at", begins, "--lasts", "2 days", "--condition", "0x" + "c0" * 32),
        *("--area", "u33d", "--calendar", "blue-van", "--yes"),
    )
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    new = ("offer", "new", "rental", *form)
    told(owner, *new, "--rent", 160, "--party", f"owner={owner.address}", "--out", first)
    asked = re.findall("0x[0-9a-f]{64}", told(None, "offer", "post", first))[0]
    parties = ("--party", f"owner={owner.address}", "--party", f"renter={renter.address}")
    told(renter, *new, "--rent", 120, *parties, "--answers", asked, "--out", second)
    answer = re.findall("0x[0-9a-f]{64}", told(None, "offer", "post", second))[0]
    shown = told(None, "offer", "show", answer)
    assert "A blue van: 700 TUSD, rental" in shown
    assert f"Found by: area u33d, calendar blue-van, answers {asked}." in shown

    chain = traders.api.get(f"/offers/{asked}/negotiation")["items"]
    assert [(one["hash"], one["amount"]["value"]) for one in chain] == [
        (asked, str(740 * TUSD)),
        (answer, str(700 * TUSD)),
    ]
    terms = json.loads(second.read_text()) | {"presigned": []}
    listed = Listed(terms, {"owner": owner, "renter": renter}, "owner")
    held = traders.balance(renter)
    bargain = traders.take(listed)
    assert held - traders.balance(renter) == 700 * TUSD
    assert traders.told(bargain)["offerHash"] == answer
