"""`commonhold label`: attestors, who is labelled, and everybody else, on a real chain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backend.db import migrate, open_engine
from backend.people import Person
from backend.settings import Settings
from backend.terms.attestations import Claim
from tests.backend.cli.acting import index
from tests.backend.commands import invoke
from tests.backend.market import DAY, Market
from tests.backend.review_play import allow

ALICE, BOB, NOOR, RITA = Person.ALICE, Person.BOB, Person.NOOR, Person.RITA


class Office:
    """The market's attestations, at the command line. Rita attests persons and bands."""

    def __init__(self, market: Market, settings: Settings) -> None:
        self.market, self.settings = market, settings
        allow(market, RITA, Claim.PERSON, True)
        allow(market, RITA, Claim.CREDIT_BAND, True)

    def run(self, who: Person | None, *words: object) -> tuple[int, str]:
        where = ["--deployment", self.settings.deployment]
        if words[0] == "attestors":
            where += ["--database", self.settings.database]
        else:
            where += ["--rpc-url", self.market.url]
        name = [] if who is None else ["--as", who.name.lower()]
        return invoke("label", *words, *name, *where)

    def told(self, who: Person | None, *words: object) -> str:
        code, said = self.run(who, *words)
        assert code == 0, said
        return said

    def refused(self, who: Person | None, *words: object) -> str:
        code, said = self.run(who, *words)
        assert code == 1, said
        return said

    def labels(self, who: Person) -> int:
        return int(self.market.view("Attestations", "labelsOf", who.address))

    def uid(self, who: Person, claim: Claim) -> str:
        return str(self.market.view("Attestations", "attestationOf", who.address, int(claim)))


@pytest.fixture
def office(market: Market, settings: Settings) -> Office:
    engine = open_engine(settings.database)
    migrate(engine)
    engine.dispose()
    return Office(market, settings)


def test_an_attestor_gives_and_both_sides_can_take(office: Office) -> None:
    office.told(RITA, "give", "bob", "person", "--days", 30)
    office.told(RITA, "give", BOB.address, "band", "--value", 3)
    assert office.labels(BOB) == 0b111001
    shown = office.told(None, "of", "bob")
    for line in ("label 0, person verified", "label 5, credit band 3 or better", RITA.address):
        assert line in shown
    assert "label 6" not in shown
    person, band = office.uid(BOB, Claim.PERSON), office.uid(BOB, Claim.CREDIT_BAND)
    assert (person in shown, band in shown) == (True, True)
    assert f"Only {RITA.address}" in office.refused(ALICE, "revoke", person)
    office.told(BOB, "revoke", person)
    assert office.labels(BOB) == 0b111000
    assert "ended before" in office.refused(RITA, "revoke", person)
    office.told(RITA, "revoke", band)
    assert "no labels" in office.told(None, "of", "bob")


def test_what_an_attestor_signed_anybody_brings_once(office: Office, tmp_path: Path) -> None:
    file, second = tmp_path / "label.json", tmp_path / "second.json"
    office.told(RITA, "sign", "bob", "band", "--value", 2, "--days", 90, "--out", file)
    office.told(RITA, "sign", "alice", "person", "--out", second)
    assert "exists" in office.refused(RITA, "sign", "alice", "person", "--out", file)
    altered = tmp_path / "altered.json"
    content = json.loads(file.read_text())
    for field, value, message in (
        ("value", "5", "did not sign what"),
        ("recipient", ALICE.address, "did not sign what"),
        ("chainId", 1, "not for this market"),
        ("attestations", ALICE.address, "not for this market"),
        ("attester", NOOR.address, "Members have not let"),
        ("deadline", 1, "Too late: it could be brought until"),
        ("claim", "rich", "is not what"),
    ):
        altered.write_text(json.dumps(content | {field: value}))
        assert message in office.refused(BOB, "bring", altered), field
    office.told(ALICE, "bring", second)  # in any order
    office.told(BOB, "bring", file)
    assert (office.labels(BOB), office.labels(ALICE)) == (0b11000, 1)
    assert "brought already" in office.refused(BOB, "bring", file)
    office.told(RITA, "sign", "bob", "person", "--within", 2, "--out", tmp_path / "third.json")
    office.market.wait_until(office.market.now + 2 * DAY + 60)
    assert "Too late" in office.refused(BOB, "bring", tmp_path / "third.json")


def test_an_attestor_that_was_voted_off_is_struck_by_anybody(
    office: Office, market: Market, settings: Settings
) -> None:
    office.told(RITA, "give", "bob", "person")
    uid = office.uid(BOB, Claim.PERSON)
    assert "may still attest" in office.refused(ALICE, "strike", uid)
    index(settings, market)
    assert f"{RITA.address}  person verified" in office.told(None, "attestors")
    allow(market, RITA, Claim.PERSON, False)
    assert "who may no longer: strike it" in office.told(None, "of", "bob")
    office.told(ALICE, "strike", uid, uid)
    assert office.labels(BOB) == 0
    index(settings, market)
    listed = office.told(None, "attestors")
    assert f"{RITA.address}  credit band" in listed
    assert "person verified" not in listed
    assert "Members have not let" in office.refused(RITA, "give", "bob", "person")


def test_what_is_no_label_says_what_to_do(office: Office, settings: Settings) -> None:
    for words, message in (
        (("give", "bob", "rich"), "There are person, business, band, product"),
        (("give", "bob", "band"), "Give --value 1 to 5"),
        (("give", "bob", "band", "--value", 6), "is no credit band: 1 to 5"),
        (("give", "bob", "band", "--value", 0), "is no credit band: 1 to 5"),
        (("give", "bob", "person", "--value", 1), "has no --value"),
        (("give", "bob", "product"), "Which product?"),
        (("give", "bob", "product", "--value", "/no/such"), "cannot be read"),
        (("give", "rita", "person"), "Nobody attests itself"),
        (("give", "bob", "person", "--days", 366), "holds for 365 days at most"),
        (("give", "bob", "business"), "Members have not let"),
        (("give", "0x12", "person"), "is not an address"),
        (("revoke", "0x12"), "is not the uid"),
        (("revoke", "0x" + "12" * 32), "There is no attestation"),
    ):
        assert message in office.refused(RITA, *words), words
    assert office.labels(BOB) == 0
    assert "Nothing is indexed yet" in office.refused(None, "attestors")
    tried = office.told(RITA, "give", "bob", "person", "--dry-run")
    assert "Nothing was sent" in tried
    assert office.labels(BOB) == 0
