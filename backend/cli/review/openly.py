"""`commonhold review open`: a review that was not hidden, where neither side hid one."""

from __future__ import annotations

from backend.cli.api import ApiUrl
from backend.cli.juror.desk import Deed, DryRun
from backend.cli.review.place import About, Stars, TradeId, place
from backend.cli.review.reader import stars
from backend.cli.review.words import NOTHING, Words, WordsFile, keep, publish, read_words
from backend.cli.terminal import CommandError, Database, DeploymentFile, RpcUrl, explained
from backend.cli.wallet import As, KeyFile
from backend.terms.reviews import ReviewStatus
from backend.terms.words import moment


@explained
def openly(
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
    """Review another side openly, once the commit window is over and neither side has committed.

    The first does; the other may reply only.
    """
    said = read_words(words, file) or NOTHING
    digest = said.digest
    with place(trade, rpc_url, database, deployment, api_url, key_file, name, dry_run) as at:
        sides = at.own_sides(about)
        windows = at.windows()
        at.check_none(sides)
        at.check_reveal(windows)
        if at.at.now() <= windows.commit_until:
            raise CommandError(
                "Too early: reviews of this trade are hidden until"
                f" {moment(windows.commit_until)}, so that nobody answers one: `commonhold review"
                f" give {at.trade} {sides.subject} --stars N`."
            )
        if at.reader.other(sides).status != ReviewStatus.NONE:
            raise CommandError(
                f"{sides.subject} reviewed you, or committed to: yours would be an answer. You may"
                " reply once it is revealed."
            )
        deed = Deed(
            f"Give {stars(rating)} to {sides.subject}, for all to read",
            at.contract,
            "review",
            (at.known.call, sides.subject, rating, digest),
        )
        path = keep(at.settings, sides, said) if said.data and not dry_run else None
        if at.at.do(deed):
            publish(at, said, path)
