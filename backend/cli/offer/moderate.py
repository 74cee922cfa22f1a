"""`commonhold offer hide` and `unhide`: by a published rule, with a reason that anyone reads."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from backend.api import taking_off
from backend.api.fields import checked_bytes32, checked_text
from backend.cli.terminal import Database, DeploymentFile, explained, fail, say
from backend.db import migrate, open_engine
from backend.queries.offers import find_offer
from backend.queries.snapshot import NothingIndexed, snapshot
from backend.queries.unlisted import hiding_of
from backend.settings import Settings
from backend.terms.moderation import RULES

Hash = Annotated[str, typer.Argument(metavar="HASH", help="The hash of the offer.")]
Rule = Annotated[str, typer.Option("--rule", help=f"One of {', '.join(RULES)}.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; everybody can read it.")]


@explained
def hide(
    offer_hash: Hash,
    rule: Rule,
    reason: Reason,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """Leave an offer out of all lists, by a published rule. It can still be taken on the chain."""
    _decide("hide", offer_hash, rule, reason, database, deployment)


@explained
def unhide(
    offer_hash: Hash,
    rule: Rule,
    reason: Reason,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """List a hidden offer again."""
    _decide("unhide", offer_hash, rule, reason, database, deployment)


def _decide(
    action: Literal["hide", "unhide"],
    offer_hash: str,
    rule: str,
    reason: str,
    database: str | None,
    deployment: str | None,
) -> None:
    if rule not in RULES:
        fail(f"There is no rule {rule}. The rules are: {', '.join(RULES)}.")
    try:
        offer_hash, reason = checked_bytes32(offer_hash), checked_text(reason.strip())
    except ValueError as error:
        fail(f"That cannot be used: {error}.")
    if not reason:
        fail("Say why: --reason must not be empty.")
    settings = Settings.read(database=database, deployment=deployment)
    market = settings.read_deployment()
    engine = open_engine(settings.database)
    migrate(engine)
    try:
        with snapshot(engine) as at:
            known = find_offer(at, offer_hash) is not None
            hidden = hiding_of(at, offer_hash) is not None
    except NothingIndexed:
        fail("Nothing is indexed yet: run `commonhold index`.")
    if not known:
        fail(f"Nobody posted {offer_hash}.")
    if hidden == (action == "hide"):
        fail(f"It is {'hidden already' if hidden else 'not hidden'}.")
    taking_off.decide(engine, market, offer_hash, action, rule, reason)
    say(f"{'Hidden' if action == 'hide' else 'Listed again'}: {offer_hash}, by the rule {rule}.")
