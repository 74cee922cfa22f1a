"""`commonhold label revoke` and `strike`: an attestation ends."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.juror.desk import Deed, DryRun
from backend.cli.label.place import Standing, labelling, words_of
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile
from backend.terms.words import moment


@explained
def revoke(
    uid: Annotated[str, typer.Argument(metavar="UID", help="Of the attestation: 0x and hex.")],
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """End an attestation that you gave, or that is about you."""
    with labelling(rpc_url, deployment, key_file, name, dry_run) as (at, reader):
        found = reader.standing(uid)
        _check_standing(found)
        if at.address not in (found.attester, found.recipient):
            raise CommandError(
                f"Only {found.attester}, who attested it, and {found.recipient}, whom it is about,"
                " may revoke it."
            )
        words = f"Revoke of {found.recipient}: {words_of(found.claim, found.value)}"
        if at.do(Deed(words, reader.contract, "revoke", (bytes.fromhex(uid[2:]),))):
            say("Revoked: its labels are gone.")


@explained
def strike(
    uids: Annotated[list[str], typer.Argument(metavar="UID...", help="Of each attestation.")],
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """End attestations whose attestors members have taken off. Anybody may."""
    with labelling(rpc_url, deployment, key_file, name, dry_run) as (at, reader):
        wanted = list(dict.fromkeys(uid.lower() for uid in uids))
        for uid in wanted:
            found = reader.standing(uid)
            _check_standing(found)
            if reader.may_attest(found.attester, found.claim):
                raise CommandError(
                    f"{found.attester}, who attested {uid}, may still attest: only it and"
                    f" {found.recipient} may revoke it."
                )
        numbers = [bytes.fromhex(uid[2:]) for uid in wanted]
        count = len(numbers)
        words = f"Strike {count} attestation{'s' * (count != 1)}"
        if at.do(Deed(words, reader.contract, "strike", (numbers,))):
            say("Struck: their labels are gone.")


def _check_standing(found: Standing) -> None:
    if found.revoked_at:
        raise CommandError(f"{found.uid} ended before, at {moment(found.revoked_at)}.")
