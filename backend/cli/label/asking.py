"""`commonhold label of` and `attestors`: who has which labels, and who gives them."""

from __future__ import annotations

from collections.abc import Iterator

from backend.chain import Node, Rpc
from backend.cli.accounts import read_account
from backend.cli.label.place import Account, Reader, words_of
from backend.cli.terminal import (
    CommandError,
    Database,
    DeploymentFile,
    RpcUrl,
    explained,
    say,
)
from backend.db import open_engine
from backend.indexer.market import check_node
from backend.queries.attestors import attestors_now
from backend.queries.snapshot import NothingIndexed, snapshot
from backend.settings import Settings
from backend.terms.attestations import CLAIM_NAMES, CLAIM_WORDS, LABELS, Claim
from backend.terms.words import moment

NOBODY = "0x" + bytes(32).hex()


@explained
def of(account: Account, rpc_url: RpcUrl = None, deployment: DeploymentFile = None) -> None:
    """Show the labels that an account has now, and who attested them. Asks the chain."""
    settings = Settings.read(rpc_url=rpc_url, deployment=deployment)
    market = settings.read_deployment()
    who = read_account(account, market.chain_id)
    with Rpc(settings.rpc_url, settings.rpc_timeout) as rpc:
        node = Node(rpc)
        check_node(node, market)
        reader, now = Reader(node, market), node.head().time
        say(f"{who}, {moment(now)}:")
        labels = int(reader.contract.call("labelsOf", who))
        for number, words in enumerate(LABELS):
            if labels >> number & 1:
                until = int(reader.contract.call("labelUntil", who, number))
                say(f"  label {number}, {words}, until {moment(until)}")
        if not labels:
            say("  no labels")
        for line in _attested(reader, who, now):
            say(line)


def _attested(reader: Reader, who: str, now: int) -> Iterator[str]:
    """The last attestation of each claim, where it holds."""
    for claim in Claim:
        uid = reader.contract.call("attestationOf", who, int(claim))
        if uid == NOBODY:
            continue
        found = reader.standing(uid)
        if found.revoked_at or found.expires_at < now:
            continue
        off = "" if reader.may_attest(found.attester, claim) else ", who may no longer: strike it"
        yield f"{words_of(claim, found.value)}, attested by {found.attester}{off}"
        yield f"  {uid}"


@explained
def attestors(database: Database = None, deployment: DeploymentFile = None) -> None:
    """List who may attest what, as members voted. Asks the index."""
    settings = Settings.read(database=database, deployment=deployment)
    settings.read_deployment()
    try:
        with snapshot(open_engine(settings.database)) as at:
            found = attestors_now(at)
    except NothingIndexed:
        raise CommandError("Nothing is indexed yet: run `commonhold index`.") from None
    names = {name: claim for claim, name in CLAIM_NAMES.items()}
    for row in found:
        since = moment(row.block_time)
        say(f"{row.attestor}  {CLAIM_WORDS[names[row.claim]]}, since {since}")
    if not found:
        say("Nobody: members vote attestors in, see docs/reviews.md.")
