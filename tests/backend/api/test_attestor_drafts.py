"""Voting an attestor in and off, from the draft to what it may then do, on a real chain."""

from typing import Any

import pytest

from backend.terms.attestations import Attestation, Claim
from backend.terms.calldata import calldata
from backend.terms.offer import ZERO_ADDRESS
from scripts.people import Person
from tests.backend.api.chain import Chain, market
from tests.backend.api.voting import carry_out, draft, propose, wait_until

RITA, BOB = Person.RITA.address, Person.BOB.address
DAY = 86_400
PERSON = {"type": "attestor", "attestor": RITA, "claim": "personVerified", "allowed": True}
BAND = PERSON | {"claim": "creditBand"}


@pytest.fixture(scope="module")
def chain(deployed, tmp_path_factory):
    with market(deployed, tmp_path_factory.mktemp("attestors")) as found:
        wait_until(found, found.node.head().time + 100)  # nobody proposes in the first second
        found.index()
        yield found


def field(claim: str) -> str:
    return f"attestor.{claim}.{RITA}"


def pairs(made: dict[str, Any]) -> list[tuple[str, str, str]]:
    changes = [change for call in made["calls"] for change in call["changes"]]
    return [(change["field"], change["old"], change["new"]) for change in changes]


def error_of(made: dict[str, Any]) -> str:
    assert made["simulation"]["succeeded"] is False
    return str(made["simulation"]["calls"][-1]["error"]["name"])


def test_a_vote_makes_an_attestor_and_another_takes_it_off(chain: Chain) -> None:
    made = draft(chain, PERSON, BAND)
    assert made["simulation"]["succeeded"] is True
    assert made["types"] == ["anything"]
    assert pairs(made) == [
        (field("personVerified"), "false", "true"),
        (field("creditBand"), "false", "true"),
    ]
    assert "may attest `person verified` of any account" in made["calls"][0]["notes"][0]
    assert f"{field('creditBand')}: false to true" in made["description"]
    propose(chain, made)
    assert carry_out(chain, made)["status"] == "0x1"
    asked = chain.contract("Attestations")
    for claim, allowed in ((Claim.PERSON, True), (Claim.CREDIT_BAND, True), (Claim.PRODUCT, False)):
        assert asked.call("isAttestor", RITA, int(claim)) is allowed
    until = chain.node.head().time + 30 * DAY
    label = Attestation(Claim.CREDIT_BAND, BOB, until, 2)
    data = calldata("Attestations", "attest", label.pack())
    assert chain.send(RITA, asked.address, data)["status"] == "0x1"
    assert asked.call("labelsOf", BOB) == 0b11000

    chain.index()
    told = chain.client.get(f"/proposals/{made['proposalId']}").json()
    assert (told["proposal"]["state"], pairs(told)) == ("executed", pairs(made))
    again = draft(chain, PERSON)
    assert error_of(again) == "Attestations_NothingChanged"
    assert [check["holds"] for check in again["calls"][0]["checks"]] == [False]

    off = draft(chain, PERSON | {"allowed": False})
    assert pairs(off) == [(field("personVerified"), "true", "false")]
    assert "until anybody strikes it" in off["calls"][0]["notes"][0]
    propose(chain, off)
    assert carry_out(chain, off)["status"] == "0x1"
    assert asked.call("isAttestor", RITA, int(Claim.PERSON)) is False


def test_what_no_vote_can_do(chain: Chain) -> None:
    assert error_of(draft(chain, PERSON | {"attestor": ZERO_ADDRESS})) == "Attestations_ZeroAddress"
    for body in (
        {"changes": [PERSON | {"claim": "rich"}]},
        {"changes": [PERSON | {"attestor": "0x12"}]},
    ):
        assert chain.client.post("/proposals/draft", json=body).status_code == 422
    twice = chain.client.post("/proposals/draft", json={"changes": [PERSON, PERSON]})
    assert (twice.status_code, twice.json()["field"]) == (400, field("personVerified"))


def test_a_seventeenth_attestor_is_told_of_before_the_contract_refuses(chain: Chain) -> None:
    """Seventeen calls of one proposal, each from where the one before leaves things."""
    many = [
        PERSON | {"attestor": f"0x{number:040x}", "claim": "businessVerified"}
        for number in range(1, 18)
    ]
    made = draft(chain, *many)
    assert error_of(made) == "Attestations_TooManyAttestors"
    last = [call["changes"][0]["checks"][0]["holds"] for call in made["calls"]]
    assert last == [True] * 16 + [False]
