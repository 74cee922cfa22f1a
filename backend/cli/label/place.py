"""The attestations as the terminal asks and says them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from backend import abi
from backend.chain import Contract, Node
from backend.cli.juror.desk import Desk, desk
from backend.cli.terminal import CommandError
from backend.settings import Deployment, Settings
from backend.terms.attestations import (
    BANDS,
    CLAIM_WORDS,
    Attestation,
    Claim,
    attestations_domain,
    schema_of,
)
from backend.terms.cid import content_hash
from backend.terms.words import duration, moment

CLAIMS = {
    "person": Claim.PERSON,
    "business": Claim.BUSINESS,
    "band": Claim.CREDIT_BAND,
    "product": Claim.PRODUCT,
}
DAY = 86_400
_WORD = re.compile(r"0x[0-9a-fA-F]{64}")

Account = Annotated[
    str, typer.Argument(metavar="ACCOUNT", help="Who: an address; locally a name will do.")
]
ClaimName = Annotated[
    str, typer.Argument(metavar="CLAIM", help="What: person, business, band or product.")
]
Value = Annotated[
    str | None,
    typer.Option(
        "--value",
        help="Of a band: 1 to 5, the most creditworthy. Of a product: the hash of its description,"
        " or a file with it.",
    ),
]
Days = Annotated[
    int | None,
    typer.Option("--days", min=1, help="How long it holds; without it, as long as it may."),
]


@dataclass(frozen=True, slots=True)
class Standing:
    """An attestation as the contract tells of it; `revoked_at` is zero while it stands."""

    uid: str
    claim: Claim
    recipient: str
    attester: str
    expires_at: int
    revoked_at: int
    value: int


class Reader:
    """The contract's views."""

    def __init__(self, node: Node, market: Deployment) -> None:
        address = market.address("Attestations")
        self.contract = Contract(node, "Attestations", address, abi.load("Attestations"))
        self.domain = attestations_domain(market.chain_id, address)

    def standing(self, uid: str) -> Standing:
        """Raises CommandError for a uid that is none, or that nothing has."""
        if not _WORD.fullmatch(uid):
            raise CommandError(f"{uid} is not the uid of an attestation: 0x and 64 digits.")
        found = self.contract.call("getAttestation", bytes.fromhex(uid[2:]))
        _, schema, _, expires_at, revoked_at, _, recipient, attester, _, data = found
        by_schema = {"0x" + schema_of(claim).hex(): claim for claim in Claim}
        if schema not in by_schema:
            raise CommandError(f"There is no attestation {uid}.")
        value = int(data, 16)
        claim = by_schema[schema]
        return Standing(uid, claim, recipient, attester, expires_at, revoked_at, value)

    def may_attest(self, account: str, claim: Claim) -> bool:
        return bool(self.contract.call("isAttestor", account, int(claim)))

    def check_attestor(self, account: str, claim: Claim) -> None:
        if not self.may_attest(account, claim):
            raise CommandError(
                f"Members have not let {account} attest `{CLAIM_WORDS[claim]}`: see `commonhold"
                " label attestors`. Attestors are voted in by a proposal."
            )


def read_claim(text: str) -> Claim:
    if text not in CLAIMS:
        raise CommandError(f"{text} is no claim. There are {', '.join(CLAIMS)}.")
    return CLAIMS[text]


def read_value(claim: Claim, text: str | None) -> int:
    """1 for who is only verified, a band, or a hash as a number."""
    if claim in (Claim.PERSON, Claim.BUSINESS):
        if text is not None:
            raise CommandError(f"`{CLAIM_WORDS[claim]}` has no --value.")
        return 1
    if text is None:
        raise CommandError(
            "Which band? Give --value 1 to 5, 5 the most creditworthy."
            if claim is Claim.CREDIT_BAND
            else "Which product? Give --value: the hash of its description, or a file with it."
        )
    if claim is Claim.CREDIT_BAND:
        if not text.isdecimal() or int(text) not in BANDS:
            raise CommandError(f"{text} is no credit band: 1 to 5.")
        return int(text)
    if _WORD.fullmatch(text):
        return int(text, 16)
    try:
        return int.from_bytes(content_hash(Path(text).read_bytes()), "big")
    except OSError as error:
        raise CommandError(f"{text} is no hash, and cannot be read: {error.strerror}.") from None


def attestation(
    reader: Reader, claim: Claim, recipient: str, value: int, days: int | None, now: int
) -> Attestation:
    """Until `days` from the chain's time on; checked against the longest that one may hold."""
    most = int(reader.contract.call("maxValidity"))
    seconds = most if days is None else days * DAY
    if seconds > most:
        raise CommandError(f"An attestation holds for {duration(most)} at most.")
    return Attestation(claim, recipient, now + seconds, value)


def words_of(claim: Claim, value: int) -> str:
    if claim is Claim.CREDIT_BAND:
        return f"credit band {value}"
    if claim is Claim.PRODUCT:
        return f"sustainable product 0x{value:064x}"
    return CLAIM_WORDS[claim]


def told_of(found: Attestation) -> str:
    return f"{words_of(found.claim, found.value)}, until {moment(found.expires_at)}"


@contextmanager
def labelling(
    rpc_url: str | None,
    deployment: str | None,
    key_file: str | None,
    name: str | None,
    dry_run: bool = False,
) -> Iterator[tuple[Desk, Reader]]:
    """A wallet before the attestations."""
    market = Settings.read(rpc_url=rpc_url, deployment=deployment).read_deployment()
    with desk(rpc_url, deployment, key_file, name, dry_run) as at:
        yield at, Reader(at.node, market)
