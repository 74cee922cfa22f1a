"""Members, votes over time and claims, as the Reputation's views tell of them."""

from __future__ import annotations

from collections.abc import Iterator

from backend.audit.book import Book, compare
from backend.audit.difference import Difference
from backend.db.tables import (
    claims,
    listed_escrows,
    members,
    supply_checkpoints,
    vote_checkpoints,
)
from backend.terms.offer import ZERO_ADDRESS


def audit_members(book: Book) -> Iterator[Difference]:
    for row in book.rows(members):
        account = row["account"]
        delegate = book.ask("Reputation", "delegates", account)
        yield from compare(
            members,
            row,
            "Reputation.unitsOf, heldOf, delegates, getVotes",
            units=book.ask("Reputation", "unitsOf", account),
            held=book.ask("Reputation", "heldOf", account),
            delegate=None if delegate == ZERO_ADDRESS else delegate,
            votes=book.ask("Reputation", "getVotes", account),
        )


def audit_vote_checkpoints(book: Book) -> Iterator[Difference]:
    for row in book.rows(vote_checkpoints):
        account, since = row["account"], row["since"]
        if since < book.block.time:
            found = book.ask("Reputation", "getPastVotes", account, since)
        else:
            found = book.ask("Reputation", "getVotes", account)
        yield from compare(vote_checkpoints, row, "Reputation.getPastVotes", votes=found)


def audit_supply_checkpoints(book: Book) -> Iterator[Difference]:
    for row in book.rows(supply_checkpoints):
        if row["since"] < book.block.time:
            found = book.ask("Reputation", "getPastTotalSupply", row["since"])
        else:
            found = book.ask("Reputation", "totalUnits")
        yield from compare(supply_checkpoints, row, "Reputation.getPastTotalSupply", units=found)


def audit_claims(book: Book) -> Iterator[Difference]:
    for row in book.rows(claims):
        trade_id = bytes.fromhex(row["trade_id"][2:])
        if book.ask("Reputation", "isClaimed", row["escrow"], trade_id) is not True:
            yield from compare(claims, row, "Reputation.isClaimed", trade_id="not claimed")


def audit_listed_escrows(book: Book) -> Iterator[Difference]:
    for row in book.rows(listed_escrows):
        listed = book.ask("Reputation", "isListed", row["escrow"])
        yield from compare(listed_escrows, row, "Reputation.isListed", listed=listed)
