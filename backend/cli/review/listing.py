"""`commonhold review list`: who reviewed whom in a trade, as the contract tells."""

from __future__ import annotations

from backend.chain import Node, Rpc
from backend.cli.offer.trade import known_trade
from backend.cli.review.place import TradeId
from backend.cli.review.reader import Reader, Windows, pairs_of, read_trade, stars
from backend.cli.terminal import Database, DeploymentFile, RpcUrl, explained, say
from backend.indexer.market import check_node
from backend.settings import Settings
from backend.terms.reviews import ReviewStatus, Sides
from backend.terms.words import moment


@explained
def listed(
    trade: TradeId,
    rpc_url: RpcUrl = None,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """List the reviews of a trade, and what each of its sides can do now."""
    settings = Settings.read(rpc_url=rpc_url, database=database, deployment=deployment)
    market = settings.read_deployment()
    found = known_trade(settings, read_trade(trade))
    with Rpc(settings.rpc_url, settings.rpc_timeout) as rpc:
        node = Node(rpc)
        check_node(node, market)
        reader = Reader(node, market)
        windows, now = reader.windows(found), node.head().time
        say(f"Trade {found.trade_id}, {moment(now)}:")
        say(f"  committed to until {moment(windows.commit_until)}")
        say(f"  revealed until {moment(windows.reveal_until)}")
        for author, subject in pairs_of(found):
            said = _told(reader, bytes.fromhex(found.trade_id[2:]), author, subject, windows, now)
            say(f"{author} of {subject}: {said}")


def _told(
    reader: Reader, trade_id: bytes, author: str, subject: str, windows: Windows, now: int
) -> str:
    own = reader.state(Sides(trade_id, author, subject))
    if own.status == ReviewStatus.REVEALED:
        replied = ", with a reply" if own.replied else ""
        return f"{stars(own.rating)}, {moment(own.revealed_at)}{replied}"
    if now > windows.reveal_until:
        hidden = own.status == ReviewStatus.COMMITTED
        return "hidden, and never revealed: none" if hidden else "none"
    other = reader.state(Sides(trade_id, subject, author))
    if own.status == ReviewStatus.COMMITTED:
        opens = now > windows.commit_until or other.status != ReviewStatus.NONE
        return "hidden; to be revealed" if opens else "hidden"
    if now <= windows.commit_until:
        return "none yet: `commonhold review give`"
    if other.status == ReviewStatus.NONE:
        return "none yet: `commonhold review open`, whoever is first"
    return "none"
