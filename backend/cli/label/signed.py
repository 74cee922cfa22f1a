"""`commonhold label sign` and `bring`: the attestor signs, anybody sends it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer
from pydantic import Field, ValidationError

from backend.api.fields import AddressIn, SignatureIn, Uint256In
from backend.api.schemas.base import Shape
from backend.cli.accounts import read_account
from backend.cli.juror.desk import Deed, Desk, DryRun
from backend.cli.label.place import (
    CLAIMS,
    DAY,
    Account,
    ClaimName,
    Days,
    Reader,
    Value,
    attestation,
    labelling,
    read_claim,
    read_value,
    told_of,
)
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile
from backend.terms.attestations import Attestation
from backend.terms.signatures import digest_of, recover
from backend.terms.words import moment


class SignedLabel(Shape):
    """What an attestor signed, for anybody to bring. Times are unix seconds."""

    chain_id: int
    attestations: AddressIn
    attester: AddressIn
    recipient: AddressIn
    claim: Annotated[str, Field(pattern="^(person|business|band|product)$")]
    value: Uint256In
    expires_at: int = Field(ge=0, lt=2**64)
    nonce: Uint256In
    deadline: int = Field(ge=0, lt=2**64)
    signature: SignatureIn

    def attestation(self) -> Attestation:
        return Attestation(CLAIMS[self.claim], self.recipient, self.expires_at, int(self.value))


@explained
def sign(
    account: Account,
    claim_name: ClaimName,
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Write it to this new file.")],
    value: Value = None,
    days: Days = None,
    within: Annotated[
        int, typer.Option("--within", min=1, help="Days in which it can be brought.")
    ] = 7,
    key_file: KeyFile = None,
    name: As = None,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Sign what you attest of an account, for anybody to bring. It costs you nothing."""
    claim = read_claim(claim_name)
    number = read_value(claim, value)
    with labelling(rpc_url, deployment, key_file, name) as (at, reader):
        recipient = read_account(account, at.chain_id)
        if recipient == at.address:
            raise CommandError("Nobody attests itself.")
        reader.check_attestor(at.address, claim)
        now = at.now()
        found = attestation(reader, claim, recipient, number, days, now)
        deadline = now + within * DAY
        # A key of its own, so that what is signed can be brought in any order.
        key = secrets.randbits(192)
        nonce = int(reader.contract.call("nonces(address,uint192)", at.address, key))
        message = found.signable(reader.domain, at.address, nonce, deadline)
        label = SignedLabel(
            chain_id=at.chain_id,
            attestations=reader.contract.address,
            attester=at.address,
            recipient=recipient,
            claim=claim_name,
            value=str(number),
            expires_at=found.expires_at,
            nonce=str(nonce),
            deadline=deadline,
            signature="0x" + bytes(at.account.sign_message(message).signature).hex(),
        )
        _write(out, label)
        say(f"Signed of {recipient}: {told_of(found)}.")
        say(f"Wrote {out}: anybody sends it with `commonhold label bring {Path(out).name}`,")
        say(f"until {moment(deadline)}.")


@explained
def bring(
    file: Annotated[str, typer.Argument(metavar="FILE", help="What the attestor signed.")],
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Send what an attestor signed; you pay for the gas."""
    label = _read(file)
    found = label.attestation()
    with labelling(rpc_url, deployment, key_file, name, dry_run) as (at, reader):
        _check(at, reader, label, found, file)
        signature = bytes.fromhex(label.signature[2:])
        deed = Deed(
            f"Bring, as {label.attester} attests of {label.recipient}: {told_of(found)}",
            reader.contract,
            "attestBySignature",
            (found.pack(), label.attester, int(label.nonce), label.deadline, signature),
        )
        if at.do(deed):
            uid = reader.contract.call("attestationOf", label.recipient, int(found.claim))
            say(f"Attested as {uid}.")


def _check(at: Desk, reader: Reader, label: SignedLabel, found: Attestation, file: str) -> None:
    market = (at.chain_id, reader.contract.address)
    if (label.chain_id, label.attestations) != market:
        raise CommandError(
            f"{file} is for {label.attestations} on chain {label.chain_id}, not for this market"
            f" ({market[1]} on chain {market[0]})."
        )
    now = at.now()
    if now > label.deadline:
        raise CommandError(f"Too late: it could be brought until {moment(label.deadline)}.")
    if now >= label.expires_at:
        raise CommandError(f"Too late: it held until {moment(label.expires_at)}.")
    reader.check_attestor(label.attester, found.claim)
    nonce = int(label.nonce)
    if nonce != reader.contract.call("nonces(address,uint192)", label.attester, nonce >> 64):
        raise CommandError(f"{file} was brought already: a signature is used once.")
    message = found.signable(reader.domain, label.attester, nonce, label.deadline)
    signer = recover(digest_of(message), bytes.fromhex(label.signature[2:]))
    if signer != label.attester and not at.node.has_code(label.attester):
        raise CommandError(
            f"{label.attester} did not sign what {file} says: it was altered, ask for it again."
        )


def _write(out: str, label: SignedLabel) -> None:
    try:
        with Path(out).open("x", encoding="utf-8") as file:
            file.write(label.model_dump_json(by_alias=True, indent=2) + "\n")
    except FileExistsError:
        raise CommandError(f"{out} exists: name another file.") from None
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}.") from None


def _read(file: str) -> SignedLabel:
    try:
        return SignedLabel.model_validate_json(Path(file).read_bytes())
    except FileNotFoundError:
        raise CommandError(f"There is no file {file}.") from None
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except ValidationError:
        raise CommandError(
            f"{file} is not what `commonhold label sign` writes: ask for it again."
        ) from None
