"""Proposals, votes, operations and roles, as the views of governor and timelock tell of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from backend.audit.book import REFUSED, Book, Row, compare
from backend.audit.difference import Difference
from backend.db.tables import proposal_terms, proposals, roles, timelock_calls, votes
from backend.queries.ballot import STATES
from backend.queries.proposals import ballot_of
from backend.queries.snapshot import Block, Snapshot

DONE = 1  # what a timelock says of an operation that was executed


def audit_proposals(book: Book) -> Iterator[Difference]:
    """Their facts, and the state that the queries work out from them."""
    snapshot = Snapshot(
        book.connection,
        Block(book.block.number, book.block.hash, book.block.time),
        book.deployment.chain_id,
        book.deployment.contracts,
    )
    for found in book.connection.execute(select(proposals).order_by(proposals.c.proposal_id)):
        row = found._asdict()
        proposal_id = row["proposal_id"]
        governor = "MarketGovernor"
        against, for_, abstain = book.ask(governor, "proposalVotes", proposal_id)
        eta = book.ask(governor, "proposalEta", proposal_id)
        yield from compare(
            proposals,
            row,
            "MarketGovernor.proposalProposer, ...Snapshot, ...Deadline, ...Eta, ...Votes",
            proposer=book.ask(governor, "proposalProposer", proposal_id),
            snapshot=book.ask(governor, "proposalSnapshot", proposal_id),
            deadline=book.ask(governor, "proposalDeadline", proposal_id),
            eta=eta or None,
            against_votes=against,
            for_votes=for_,
            abstain_votes=abstain,
        )
        yield from _audit_content(book, row)
        yield from _audit_terms(book, row)
        number = book.ask(governor, "state", proposal_id)
        chain = number if number == REFUSED else STATES[number]
        for column, ended in (("executed_at", "executed"), ("canceled_at", "canceled")):
            if (chain == ended) != (row[column] is not None):
                told = ended if chain == ended else None
                yield from compare(proposals, row, "MarketGovernor.state", **{column: told})
        ballot = ballot_of(snapshot, found)
        ours = ballot.state(book.block.time)
        key = {"proposal_id": proposal_id}
        if ballot.quorum is not None:
            quorum = book.ask(governor, "proposalQuorum", proposal_id)
            if quorum != ballot.quorum:
                told_by = "MarketGovernor.proposalQuorum"
                yield Difference(proposals.name, key, "quorum", ballot.quorum, quorum, told_by)
        if ours != chain:
            yield Difference(proposals.name, key, "state", ours, chain, "MarketGovernor.state")


def _audit_content(book: Book, row: Row) -> Iterator[Difference]:
    """The id is the hash of all that a proposal does and says."""
    calls = (
        row["targets"],
        [int(value) for value in row["call_values"]],
        [bytes.fromhex(data[2:]) for data in row["calldatas"]],
    )
    description_hash = bytes.fromhex(row["description_hash"][2:])
    found = book.ask("MarketGovernor", "getProposalId", *calls, description_hash)
    yield from compare(proposals, row, "MarketGovernor.getProposalId", proposal_id=found)


def _audit_terms(book: Book, row: Row) -> Iterator[Difference]:
    told_by = "MarketGovernor.proposalTerms"
    told = book.ask("MarketGovernor", "proposalTerms", row["proposal_id"])
    if told == REFUSED:
        yield from compare(proposals, row, told_by, types=told)
        return
    types, (quorum, approval, delay) = told
    yield from compare(
        proposals, row, told_by, types=types, quorum_bps=quorum, approval_bps=approval, delay=delay
    )


def audit_proposal_terms(book: Book) -> Iterator[Difference]:
    """Every change, as it holds from its time on and as it was a second before."""
    told_by = "ProposalTypes.termsOf"
    for row in book.rows(proposal_terms):
        bit, since = 1 << row["proposal_type"] - 1, row["effective_at"]
        quorum, approval, delay = book.ask("ProposalTypes", "termsOf", bit, since)
        yield from compare(
            proposal_terms, row, told_by, quorum_bps=quorum, approval_bps=approval, delay=delay
        )
        old = book.ask("ProposalTypes", "termsOf", bit, since - 1) if since > 0 else (0, 0, 0)
        quorum, approval, delay = old
        yield from compare(
            proposal_terms,
            row,
            told_by,
            old_quorum_bps=quorum,
            old_approval_bps=approval,
            old_delay=delay,
        )


def audit_votes(book: Book) -> Iterator[Difference]:
    """What each voter used of its votes on each proposal, and that it voted."""
    used: dict[tuple[int, str], int] = defaultdict(int)
    cast: dict[tuple[int, str], Row] = {}
    for row in book.rows(votes):
        ballot = row["proposal_id"], row["voter"]
        used[ballot] += row["weight"]
        cast[ballot] = row
        parts = row["against_votes"] + row["for_votes"] + row["abstain_votes"]
        yield from compare(votes, row, "the sum of its parts", weight=parts)
    for (proposal_id, voter), row in cast.items():
        told_by = "MarketGovernor.usedVotes"
        weight = book.ask("MarketGovernor", "usedVotes", proposal_id, voter)
        others = used[proposal_id, voter] - row["weight"]
        yield from compare(votes, row, told_by, weight=weight - others)
        if book.ask("MarketGovernor", "hasVoted", proposal_id, voter) is not True:
            yield from compare(votes, row, "MarketGovernor.hasVoted", voter="has not voted")


def audit_timelock_calls(book: Book) -> Iterator[Difference]:
    operations: dict[str, list[Row]] = defaultdict(list)
    for row in book.rows(timelock_calls):
        operations[row["operation_id"]].append(row)
    for operation_id, calls in operations.items():
        time = book.ask("MarketTimelock", "getTimestamp", bytes.fromhex(operation_id[2:]))
        found = _operation_id(book, calls)
        for row in calls:
            told_by = "MarketTimelock.hashOperationBatch"
            yield from compare(timelock_calls, row, told_by, operation_id=found)
            yield from _audit_times(row, time)


def _operation_id(book: Book, calls: list[Row]) -> Any:
    return book.ask(
        "MarketTimelock",
        "hashOperationBatch",
        [row["target"] for row in calls],
        [row["value"] for row in calls],
        [bytes.fromhex(row["data"][2:]) for row in calls],
        bytes.fromhex(calls[0]["predecessor"][2:]),
        bytes.fromhex((calls[0]["salt"] or "0x").removeprefix("0x")).ljust(32, b"\0"),
    )


def _audit_times(row: Row, time: int) -> Iterator[Difference]:
    told_by = "MarketTimelock.getTimestamp"
    if time == DONE:
        if row["executed_at"] is None:
            yield from compare(timelock_calls, row, told_by, executed_at="executed")
        yield from compare(timelock_calls, row, told_by, cancelled_at=None)
    elif time == 0:
        if row["cancelled_at"] is None:
            yield from compare(timelock_calls, row, told_by, cancelled_at="cancelled")
        yield from compare(timelock_calls, row, told_by, executed_at=None)
    else:
        yield from compare(timelock_calls, row, told_by, executed_at=None, cancelled_at=None)
        yield from compare(timelock_calls, row, told_by, ready_at=time)


def audit_roles(book: Book) -> Iterator[Difference]:
    for row in book.rows(roles):
        role = bytes.fromhex(row["role"][2:])
        held = book.ask("MarketTimelock", "hasRole", role, row["account"])
        yield from compare(roles, row, "MarketTimelock.hasRole", held=held)
