"""`commonhold review reveal`: the review is found again and shown."""

from __future__ import annotations

from backend.cli.api import ApiUrl
from backend.cli.juror.desk import Deed, DryRun
from backend.cli.review.place import About, Place, TradeId, place
from backend.cli.review.reader import Standing, stars
from backend.cli.review.words import (
    NOTHING,
    Content,
    Words,
    WordsFile,
    keep,
    kept,
    publish,
    read_words,
)
from backend.cli.terminal import (
    CommandError,
    Database,
    DeploymentFile,
    RpcUrl,
    explained,
)
from backend.cli.wallet import As, KeyFile
from backend.terms.reviews import ReviewStatus, Sides, find_rating
from backend.terms.words import moment


@explained
def reveal(
    trade: TradeId,
    about: About,
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
    """Show the review that you committed to, and give its words to the market's store.

    Your wallet's signature gives the secret again, and the stars are found by trying all five. The
    words are where `give` kept them; if that file is lost, give the same words again.
    """
    given = read_words(words, file)
    with place(trade, rpc_url, database, deployment, api_url, key_file, name, dry_run) as at:
        sides = at.sides(at.at.address, at.account(about))
        own = at.reader.state(sides)
        _check(at, sides, own)
        said, rating = _found(at, sides, own, given)
        salt = at.salt(sides)
        deed = Deed(
            f"Reveal {stars(rating)} for {sides.subject}"
            + (", with words" if said.data else ", without words"),
            at.contract,
            "reveal",
            (sides.trade_id, sides.author, sides.subject, rating, said.digest, salt),
        )
        path = keep(at.settings, sides, said) if said.data and not dry_run else None
        if at.at.do(deed):
            publish(at, said, path)


def _found(at: Place, sides: Sides, own: Standing, given: Content | None) -> tuple[Content, int]:
    """What was said, and the stars: of the words given here, else those kept, else of none."""
    salt = at.salt(sides)
    tried = [given] if given is not None else [kept(at.settings, sides), NOTHING]
    for said in tried:
        rating = find_rating(at.terms, sides, said.digest, salt, own.commitment)
        if rating is not None:
            return said, rating
    if given is not None:
        raise CommandError(
            "This is not what you committed to: the words must be the same to the letter, and the"
            " wallet must be the one that committed."
        )
    raise CommandError(
        "Your commitment does not open without its words, and they are not kept here: give the"
        " same words again, to the letter, with --words TEXT or --file FILE."
    )


def _check(at: Place, sides: Sides, own: Standing) -> None:
    if own.status == ReviewStatus.REVEALED:
        raise CommandError(f"You revealed already: {stars(own.rating)} for {sides.subject}.")
    if own.status == ReviewStatus.NONE:
        raise CommandError(
            f"{sides.author} has not committed to a review of {sides.subject} in this trade:"
            f" `commonhold review give {at.trade} {sides.subject} --stars N`."
        )
    now = at.at.now()
    until = own.commit_until + int(at.contract.call("revealWindow"))
    if now > until:
        raise CommandError(
            f"Too late: reviews of this trade were revealed until {moment(until)}. Yours counts as"
            " none."
        )
    if now <= own.commit_until and at.reader.other(sides).status == ReviewStatus.NONE:
        raise CommandError(
            f"Too early: {sides.subject} may commit until {moment(own.commit_until)}. Reveal then,"
            " or once it has."
        )
