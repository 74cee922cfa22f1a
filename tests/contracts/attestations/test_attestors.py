"""setAttestor, and what Attestations is deployed with

├── the caller is not the timelock → NotTimelock
├── nobody → ZeroAddress; no claim → UnknownClaim
├── it is so already → NothingChanged
├── sixteen may attest such claims already → TooManyAttestors
└── the account may, or may no longer, attest such claims
"""

import pytest

from backend.terms.attestations import Claim
from tests.contracts.attestations.conftest import MAX_VALIDITY
from tests.contracts.escrow.market import DAY
from tests.contracts.expect import ZERO, event, reverts

MOST = 16


@pytest.mark.parametrize("claim", Claim)
def test_set_attestor(desk, people, claim):
    bureau = people["bureau"]
    for allowed in (True, False):
        told = event(desk.allow(bureau, claim, allowed), "AttestorSet")
        assert told == {"attestor": bureau.address, "claim": claim, "allowed": allowed}
        may = [bool(desk.contract.isAttestor(bureau.address, one)) for one in Claim]
        assert may == [allowed and one == claim for one in Claim]
        assert desk.contract.attestors(claim) == 1 + allowed


@pytest.mark.parametrize("who", ["stranger", "deployer", "notary"])
def test_set_attestor_by_another_L1(contract, people, who):
    with reverts("Attestations_NotTimelock", people[who].address):
        contract.setAttestor(
            people["bureau"].address, Claim.PERSON, True, {"from": people[who].account}
        )


def test_set_nobody(contract, people):
    with reverts("Attestations_ZeroAddress"):
        contract.setAttestor(ZERO, Claim.PERSON, True, {"from": people["timelock"].account})


def test_set_an_attestor_of_nothing(contract, people):
    with reverts("Attestations_UnknownClaim"):
        contract.setAttestor(
            people["bureau"].address, 0, True, {"from": people["timelock"].account}
        )


@pytest.mark.parametrize(("who", "allowed"), [("notary", True), ("bureau", False)])
def test_set_what_is_so_already(desk, people, who, allowed):
    with reverts("Attestations_NothingChanged", people[who].address, int(Claim.PERSON)):
        desk.allow(people[who], Claim.PERSON, allowed)


def test_set_one_too_many(contract, people):
    sender = {"from": people["timelock"].account}
    others = [f"0x{number:040x}" for number in range(1, MOST + 1)]
    for other in others[:-1]:
        contract.setAttestor(other, Claim.PERSON, True, sender)
    with reverts("Attestations_TooManyAttestors", int(Claim.PERSON), MOST):
        contract.setAttestor(others[-1], Claim.PERSON, True, sender)
    contract.setAttestor(others[0], Claim.PERSON, False, sender)
    contract.setAttestor(others[-1], Claim.PERSON, True, sender)


def test_deploy(contract, people):
    assert contract.timelock() == people["timelock"].address
    assert contract.maxValidity() == MAX_VALIDITY


def test_deploy_without_a_timelock(Attestations, people):
    with reverts("Attestations_ZeroAddress"):
        people["deployer"].account.deploy(Attestations, ZERO, DAY)


@pytest.mark.parametrize("validity", [0, DAY - 1, 1_095 * DAY + 1])
def test_deploy_with_a_validity_too_short_or_long(Attestations, people, validity):
    with reverts("Attestations_BadValidity", validity):
        people["deployer"].account.deploy(Attestations, people["timelock"].address, validity)
