"""`commonhold review give`: a review that nobody can read yet."""

from __future__ import annotations

from backend.cli.api import ApiUrl
from backend.cli.juror.desk import Deed, DryRun
from backend.cli.review.place import About, Place, Stars, TradeId, place
from backend.cli.review.reader import stars
from backend.cli.review.words import NOTHING, Words, WordsFile, keep, read_words
from backend.cli.terminal import (
    CommandError,
    Database,
    DeploymentFile,
    RpcUrl,
    explained,
    say,
)
from backend.cli.wallet import As, KeyFile
from backend.terms.reviews import Review, ReviewStatus, Sides
from backend.terms.words import moment


@explained
def give(
    trade: TradeId,
    about: About,
    rating: Stars,
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
    """Commit to a review of another side of a closed trade, once, without showing it.

    The secret is made of your wallet's signature: the same wallet reveals the review later. The
    words go nowhere before: they are kept in a file for you alone.
    """
    said = read_words(words, file) or NOTHING
    digest = said.digest
    with place(trade, rpc_url, database, deployment, api_url, key_file, name, dry_run) as at:
        sides = at.own_sides(about)
        windows = at.windows()
        at.check_none(sides)
        if at.at.now() > windows.commit_until:
            raise CommandError(_too_late(at, sides, windows.commit_until, windows.reveal_until))
        review = Review(sides, rating, digest)
        commitment = review.commitment(at.terms, at.salt(sides))
        deed = Deed(
            f"Commit to {stars(rating)} for {sides.subject}, hidden until both sides have, or"
            f" {moment(windows.commit_until)}",
            at.contract,
            "commit",
            (at.known.call, sides.subject, commitment),
        )
        path = keep(at.settings, sides, said) if said.data and not dry_run else None
        if not at.at.do(deed):
            return
        if at.reader.other(sides).status == ReviewStatus.COMMITTED:
            say(f"Committed. Both sides have: reveal now, until {moment(windows.reveal_until)}:")
        else:
            say(
                f"Committed. Reveal once {sides.subject} has too, or after"
                f" {moment(windows.commit_until)}; until {moment(windows.reveal_until)}:"
            )
        say(f"  commonhold review reveal {at.trade} {sides.subject}")
        if path is not None:
            say(f"The words are kept in {path}: the reveal needs them, to the letter.")


def _too_late(at: Place, sides: Sides, commit_until: int, reveal_until: int) -> str:
    text = f"Too late: reviews of this trade were committed to until {moment(commit_until)}."
    if at.at.now() > reveal_until:
        return text
    if at.reader.other(sides).status != ReviewStatus.NONE:
        return f"{text} The other side did, so that yours would be an answer: you may reply."
    return (
        f"{text} Neither side has, so that you can review openly until {moment(reveal_until)}:"
        f" `commonhold review open {at.trade} {sides.subject} --stars N`."
    )
