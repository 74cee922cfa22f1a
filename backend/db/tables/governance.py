"""Proposals, votes, and the timelock's operations and roles."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from backend.db.tables.base import Address, Bps, Hash, Seconds, Time, metadata, provenance
from backend.db.types import Json, Uint

# Facts only: the state follows from these, the tallies, the quorum and chain time. Provenance:
# the log that created it. `deadline` includes an extension; `vote_end` does not. `call_values` are
# decimal strings. Votes are in units. `types` has type t as bit t - 1; what the proposal takes is
# the strictest of each among them: shares in basis points, `delay` from queueing to execution.
proposals = Table(
    "proposals",
    metadata,
    Column("proposal_id", Uint, primary_key=True),
    Column("proposer", Address, nullable=False),
    Column("description", Text, nullable=False),
    Column("description_hash", Hash, nullable=False),
    Column("targets", Json, nullable=False),
    Column("call_values", Json, nullable=False),
    Column("calldatas", Json, nullable=False),
    Column("snapshot", Time, nullable=False),
    Column("vote_end", Time, nullable=False),
    Column("deadline", Time, nullable=False),
    Column("types", Integer, nullable=False),
    Column("quorum_bps", Bps, nullable=False),
    Column("approval_bps", Bps, nullable=False),
    Column("delay", Seconds, nullable=False),
    Column("against_votes", Uint, nullable=False),
    Column("for_votes", Uint, nullable=False),
    Column("abstain_votes", Uint, nullable=False),
    Column("eta", Time),
    Column("queued_at", Time),
    Column("executed_at", Time),
    Column("canceled_at", Time),
    *provenance(),
)
Index(None, proposals.c.block_number, proposals.c.log_index)

# What each type takes: 1 fees, 2 dispute rules, 3 assets and arbitrator, 4 treasury, 5 anything;
# for proposals whose snapshot is `effective_at` or later.
proposal_terms = Table(
    "proposal_terms",
    metadata,
    Column("proposal_type", Integer, primary_key=True, autoincrement=False),
    Column("effective_at", Time, primary_key=True, autoincrement=False),
    Column("quorum_bps", Bps, nullable=False),
    Column("approval_bps", Bps, nullable=False),
    Column("delay", Seconds, nullable=False),
    Column("old_quorum_bps", Bps, nullable=False),
    Column("old_approval_bps", Bps, nullable=False),
    Column("old_delay", Seconds, nullable=False),
    *provenance(),
)

# Each cast vote; one voter may cast several, in parts. `support` as cast: 0 against, 1 for,
# 2 abstain, 255 in parts. `params` is null where the vote had none.
votes = Table(
    "votes",
    metadata,
    Column("proposal_id", Uint, nullable=False),
    Column("voter", Address, nullable=False),
    Column("support", Integer, nullable=False),
    Column("weight", Uint, nullable=False),
    Column("against_votes", Uint, nullable=False),
    Column("for_votes", Uint, nullable=False),
    Column("abstain_votes", Uint, nullable=False),
    Column("reason", Text, nullable=False),
    Column("params", Text),
    *provenance("block_number", "log_index"),
)
Index(None, votes.c.proposal_id, votes.c.block_number, votes.c.log_index)
Index(None, votes.c.voter)

# Each call of a scheduled operation. `salt` is null where the operation has none.
timelock_calls = Table(
    "timelock_calls",
    metadata,
    Column("operation_id", Hash, primary_key=True),
    Column("call_index", Integer, primary_key=True, autoincrement=False),
    Column("target", Address, nullable=False),
    Column("value", Uint, nullable=False),
    Column("data", Text, nullable=False),
    Column("predecessor", Hash, nullable=False),
    Column("salt", Hash),
    Column("delay", Seconds, nullable=False),
    Column("ready_at", Time, nullable=False),
    Column("executed_at", Time),
    Column("cancelled_at", Time),
    *provenance(),
)

roles = Table(
    "roles",
    metadata,
    Column("contract", Address, primary_key=True),
    Column("role", Hash, primary_key=True),
    Column("account", Address, primary_key=True),
    Column("held", Boolean, nullable=False),
    *provenance(),
)
