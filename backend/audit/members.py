"""Members, votes over time and claims, as the Reputation's views tell of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from backend.audit.book import Book, compare
from backend.audit.difference import Difference
from backend.db.tables import (
    claims,
    earnings,
    forfeits,
    listed_escrows,
    members,
    supply_checkpoints,
    vote_checkpoints,
)
from backend.queries.fading import index_after
from backend.terms.offer import ZERO_ADDRESS


def audit_members(book: Book) -> Iterator[Difference]:
    for row in book.rows(members):
        account = row["account"]
        delegate = book.ask("Reputation", "delegates", account)
        yield from compare(
            members,
            row,
            "Reputation.unitsOf, heldOf, owedOf, delegates, getVotes",
            units=book.ask("Reputation", "unitsOf", account),
            held=book.ask("Reputation", "heldOf", account),
            owed=book.ask("Reputation", "owedOf", account),
            delegate=None if delegate == ZERO_ADDRESS else delegate,
            votes=book.ask("Reputation", "getVotes", account),
        )


def audit_formula(book: Book) -> Iterator[Difference]:
    """What a member has and is held for, less what it owes, by its allotment and its trades."""
    balances: dict[str, int] = defaultdict(int)
    for row in book.rows(earnings):
        balances[row["account"]] += row["units"]
    for row in book.rows(forfeits):
        balances[row["account"]] -= row["units"]
    for row in book.rows(members):
        has = row["units"] + row["held"] - row["owed"]
        due = balances[row["account"]] + row["allotted_points"] * index_after(0)
        told_by = "ReputationEarned, ReputationForfeited"
        yield from compare(members, row, told_by, units=row["units"] + due - has)


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
