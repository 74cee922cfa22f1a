"""Attestations, whose timelock is an account, and what attestors sign."""

from __future__ import annotations

from typing import Any

import pytest

from backend.terms.attestations import Attestation, Claim, attestations_domain, signable_revocation
from tests.contracts.escrow.market import DAY, Person, person
from tests.contracts.expect import now

NAMES = ("deployer", "timelock", "notary", "bureau", "alice", "bob", "stranger")
MAX_VALIDITY = 365 * DAY
YEAR_2106 = 2**32 - 1
PRODUCT = int.from_bytes(bytes(range(32)), "big")
VALUES = {Claim.PERSON: 1, Claim.BUSINESS: 1, Claim.CREDIT_BAND: 3, Claim.PRODUCT: PRODUCT}


class LabelDesk:
    """The contract, and shorthands for what people do with it."""

    def __init__(self, contract: Any, people: dict[str, Person], chain_id: int) -> None:
        self.contract, self.people = contract, people
        self.domain = attestations_domain(chain_id, str(contract.address))
        self.notary, self.alice = people["notary"], people["alice"]

    def allow(self, person: Person, claim: Claim, allowed: bool = True) -> Any:
        sender = {"from": self.people["timelock"].account}
        return self.contract.setAttestor(person.address, claim, allowed, sender)

    def about(
        self,
        claim: Claim = Claim.PERSON,
        recipient: Person | None = None,
        lasts: int = 30 * DAY,
        value: int | None = None,
    ) -> Attestation:
        """By default that Alice is a verified person, for 30 days from the last block."""
        value = VALUES[claim] if value is None else value
        return Attestation(claim, (recipient or self.alice).address, now() + lasts, value)

    def attest(self, said: Attestation, by: Person | None = None) -> bytes:
        """Its uid."""
        receipt = self.contract.attest(said.pack(), {"from": (by or self.notary).account})
        return bytes(receipt.return_value)

    def bring(self, said: Attestation, signature: bytes, nonce: int, deadline: int) -> Any:
        """What the notary signed, by somebody who has nothing to do with it."""
        told = said.pack(), self.notary.address, nonce, deadline, signature
        return self.contract.attestBySignature(*told, {"from": self.people["stranger"].account})

    def sign(
        self, said: Attestation, nonce: int, deadline: int, by: Person | None = None, **domain: Any
    ) -> bytes:
        signer = by or self.notary
        message = said.signable(self.domain | domain, self.notary.address, nonce, deadline)
        return bytes(signer.key.sign_message(message).signature)

    def sign_revocation(
        self, uid: bytes, nonce: int, deadline: int, by: Person | None = None, **domain: Any
    ) -> bytes:
        signer = by or self.notary
        told = Claim.PERSON, uid, signer.address, nonce, deadline
        message = signable_revocation(self.domain | domain, *told)
        return bytes(signer.key.sign_message(message).signature)

    def revoke(self, uid: bytes, by: Person | None = None) -> Any:
        return self.contract.revoke(uid, {"from": (by or self.notary).account})

    def mask(self, account: Person | None = None) -> int:
        return int(self.contract.labelsOf((account or self.alice).address))


@pytest.fixture(autouse=True)
def isolation(fn_isolation):
    """Each test starts from the same chain."""


@pytest.fixture(scope="module")
def people(accounts) -> dict[str, Person]:
    return {name: person(accounts, index, name) for index, name in enumerate(NAMES)}


@pytest.fixture(scope="module")
def contract(Attestations, people) -> Any:
    """The notary may attest everything."""
    made = people["deployer"].account.deploy(Attestations, people["timelock"].address, MAX_VALIDITY)
    for claim in Claim:
        made.setAttestor(
            people["notary"].address, claim, True, {"from": people["timelock"].account}
        )
    return made


@pytest.fixture
def desk(contract, people, chain) -> LabelDesk:
    return LabelDesk(contract, people, chain.id)
