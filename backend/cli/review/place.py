"""One wallet before the reviews of one trade."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Annotated

import typer

from backend.cli.accounts import read_account
from backend.cli.api import Api
from backend.cli.juror.desk import Desk, desk
from backend.cli.offer.trade import Known, known_trade
from backend.cli.review.reader import Reader, Windows, pairs_of, read_trade, stars
from backend.cli.terminal import CommandError
from backend.settings import Deployment, Settings
from backend.terms import reviews
from backend.terms.reviews import ReviewStatus, Sides
from backend.terms.signed_secret import sign_secret
from backend.terms.words import moment

TradeId = Annotated[
    str, typer.Argument(metavar="TRADE", help="The id of the trade: 0x and 64 digits.")
]
About = Annotated[
    str,
    typer.Argument(metavar="ABOUT", help="Who is reviewed: an address; locally a name will do."),
]
Stars = Annotated[
    int, typer.Option("--stars", min=1, max=5, help="How it was: from 1, bad, to 5, very good.")
]


class Place:
    """Everything raises CommandError."""

    def __init__(
        self, at: Desk, settings: Settings, market: Deployment, api: Api, trade: str
    ) -> None:
        self.at, self.settings, self.market, self.api = at, settings, market, api
        self.trade = trade
        self.trade_id = bytes.fromhex(trade[2:])
        self.reader = Reader(at.node, market)
        self.contract = self.reader.contract
        self.terms = reviews.Desk(market.chain_id, self.contract.address)

    @cached_property
    def known(self) -> Known:
        """The trade as its log tells of it, from the index."""
        return known_trade(self.settings, self.trade)

    def account(self, text: str) -> str:
        return read_account(text, self.market.chain_id)

    def sides(self, author: str, subject: str) -> Sides:
        return Sides(self.trade_id, author, subject)

    def own_sides(self, about: str) -> Sides:
        """Of a review by this wallet of a side of the trade."""
        author, subject = self.at.address, self.account(about)
        if author == subject:
            raise CommandError("Nobody reviews itself: name the other side of the trade.")
        pairs = pairs_of(self.known)
        if (author, subject) not in pairs:
            others = ", ".join(other for one, other in pairs if one == author)
            can = f"{author} may review {others}." if others else f"{author} was no side of it."
            raise CommandError(
                f"No tranche of this trade has both {author} and {subject}: only who paid,"
                f" performed or checked the same tranche review each other. {can}"
            )
        return self.sides(author, subject)

    def windows(self) -> Windows:
        return self.reader.windows(self.known)

    def salt(self, sides: Sides) -> bytes:
        """Made of the author's signature: the same wallet makes it again."""
        return sign_secret(sides.secret_message(self.terms), sides.author, self.at.account)

    def check_none(self, sides: Sides) -> None:
        """The wallet has not reviewed this side yet."""
        own = self.reader.state(sides)
        if own.status == ReviewStatus.COMMITTED:
            raise CommandError(
                f"You committed to a review of {sides.subject} already, and it cannot be changed:"
                f" `commonhold review reveal {self.trade} {sides.subject}`."
            )
        if own.status == ReviewStatus.REVEALED:
            raise CommandError(
                f"You reviewed {sides.subject} already ({stars(own.rating)}): a review is not"
                " changed."
            )

    def check_reveal(self, windows: Windows) -> None:
        """The reveal window is not over."""
        if self.at.now() > windows.reveal_until:
            raise CommandError(
                f"Too late: this trade was reviewed until {moment(windows.reveal_until)}."
            )


@contextmanager
def place(
    trade: str,
    rpc_url: str | None,
    database: str | None,
    deployment: str | None,
    api_url: str | None,
    key_file: str | None,
    name: str | None,
    dry_run: bool = False,
) -> Iterator[Place]:
    """The wallet, the node, and the trade as the user writes its id."""
    settings = Settings.read(rpc_url=rpc_url, database=database, deployment=deployment)
    market = settings.read_deployment()
    found = read_trade(trade)
    with desk(rpc_url, deployment, key_file, name, dry_run) as at:
        yield Place(at, settings, market, Api(api_url, settings), found)
