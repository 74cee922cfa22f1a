"""`commonhold label give`: an attestor attests in a transaction of its own."""

from __future__ import annotations

from backend.cli.accounts import read_account
from backend.cli.juror.desk import Deed, DryRun
from backend.cli.label.place import (
    Account,
    ClaimName,
    Days,
    Value,
    attestation,
    labelling,
    read_claim,
    read_value,
    told_of,
)
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile


@explained
def give(
    account: Account,
    claim_name: ClaimName,
    value: Value = None,
    days: Days = None,
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Attest something of an account, as an attestor of such claims. Your last one is revoked."""
    claim = read_claim(claim_name)
    number = read_value(claim, value)
    with labelling(rpc_url, deployment, key_file, name, dry_run) as (at, reader):
        recipient = read_account(account, at.chain_id)
        if recipient == at.address:
            raise CommandError("Nobody attests itself.")
        reader.check_attestor(at.address, claim)
        found = attestation(reader, claim, recipient, number, days, at.now())
        words = f"Attest of {recipient}: {told_of(found)}"
        if at.do(Deed(words, reader.contract, "attest", (found.pack(),))):
            say(f"Attested as {reader.contract.call('attestationOf', recipient, int(claim))}.")
