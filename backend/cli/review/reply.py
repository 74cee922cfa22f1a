"""`commonhold review reply`: the last word of who was reviewed."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.api import ApiUrl
from backend.cli.juror.desk import Deed, DryRun
from backend.cli.review.place import TradeId, place
from backend.cli.review.words import Words, WordsFile, keep, publish, read_words
from backend.cli.terminal import CommandError, Database, DeploymentFile, RpcUrl, explained
from backend.cli.wallet import As, KeyFile
from backend.terms.reviews import ReviewStatus


@explained
def reply(
    trade: TradeId,
    author: Annotated[
        str, typer.Argument(metavar="AUTHOR", help="Whose review: an address, or a local name.")
    ],
    words: Words = None,
    file: WordsFile = None,
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    api_url: ApiUrl = None,
    rpc_url: RpcUrl = None,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """Reply, once, to a review of you."""
    said = read_words(words, file)
    if said is None or not said.data:
        raise CommandError("A reply has words: give --words TEXT or --file FILE.")
    digest = said.digest
    with place(trade, rpc_url, database, deployment, api_url, key_file, name, dry_run) as at:
        sides = at.sides(at.account(author), at.at.address)
        found = at.reader.state(sides)
        if found.status == ReviewStatus.COMMITTED:
            raise CommandError(f"{sides.author} has not revealed its review of you yet.")
        if found.status == ReviewStatus.NONE:
            raise CommandError(f"{sides.author} has not reviewed you in this trade.")
        if found.replied:
            raise CommandError(f"You replied to the review by {sides.author} already.")
        deed = Deed(
            f"Reply to the review by {sides.author}",
            at.contract,
            "reply",
            (sides.trade_id, sides.author, digest),
        )
        path = None if dry_run else keep(at.settings, sides, said, reply=True)
        if at.at.do(deed):
            publish(at, said, path)
