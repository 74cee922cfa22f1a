"""Jurors and their stakes, and the seeds that they give.

Stakes, bonds and credits are base units of the asset that jurors stake. A seed is known by its
number, which is the id of every request that shares it. States are those of backend.terms.jurors.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table

from backend.db.tables.base import Address, Hash, Time, metadata, provenance
from backend.db.types import Uint

Name = String(16)

# Everybody who ever staked, or said whether to be drawn. `position` is the one in the tree, while
# the juror weighs anything. `available_at` is when what is leaving can be withdrawn; it stays
# after that. `slashed` and `awarded` are sums over all time. Provenance: the latest log.
jurors = Table(
    "jurors",
    metadata,
    Column("juror", Address, primary_key=True),
    Column("stake", Uint, nullable=False),
    Column("locked", Uint, nullable=False),
    Column("leaving", Uint, nullable=False),
    Column("available_at", Time, nullable=False),
    Column("drawable", Boolean, nullable=False),
    Column("position", Integer),
    Column("weight", BigInteger, nullable=False),
    Column("weight_epoch", BigInteger, nullable=False),  # at whose end the weight was set; 0: never
    Column("slashed", Uint, nullable=False),
    Column("awarded", Uint, nullable=False),
    *provenance(),
)
Index(None, jurors.c.weight, jurors.c.stake, jurors.c.juror)

# What the pool owes; zero once it is paid.
juror_credits = Table(
    "juror_credits",
    metadata,
    Column("account", Address, primary_key=True),
    Column("amount", Uint, nullable=False),
    Column("settled", Boolean, nullable=False),  # amount is zero
    *provenance(),
)

# Contracts that may, or might, do something with stakes. `slashed` is what they took and have not
# awarded yet.
pool_callers = Table(
    "pool_callers",
    metadata,
    Column("caller", Address, primary_key=True),
    Column("status", Name, nullable=False),
    Column("slashed", Uint, nullable=False),
    *provenance(),
)

# `base` drew the seed-givers, from the weights at the end of `epoch`. `deadline` is the last second
# of the present phase. `target` is the block whose hash is mixed in, null before commitments are
# closed; secrets may be shown from block `reveal_from` on; `target_hash` is null before it is
# mixed in. Provenance: the log that opened the round.
seeds = Table(
    "seeds",
    metadata,
    Column("seed_id", BigInteger, primary_key=True, autoincrement=False),
    Column("phase", Name, nullable=False),
    Column("base", Uint, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("givers", Integer, nullable=False),
    Column("commits", Integer, nullable=False),
    Column("reveals", Integer, nullable=False),
    Column("commit_until", Time, nullable=False),
    Column("deadline", Time, nullable=False),
    Column("target", BigInteger),
    Column("reveal_from", BigInteger),
    Column("target_hash", Hash),
    Column("seed", Uint),
    Column("set_at", Time),
    *provenance(),
)

# Each time that a seed was asked for: the first request of a round opens it.
seed_requests = Table(
    "seed_requests",
    metadata,
    Column("seed_id", BigInteger, nullable=False),
    Column("by", Address, nullable=False),
    *provenance("block_number", "log_index"),
)
Index(None, seed_requests.c.seed_id)

# The seed-givers of each round, by seat. Provenance: the latest log of the seat.
seed_givers = Table(
    "seed_givers",
    metadata,
    Column("seed_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seat", Integer, primary_key=True, autoincrement=False),
    Column("giver", Address, nullable=False),
    Column("state", Name, nullable=False),
    Column("commitment", Hash),
    Column("committed_at", Time),
    Column("secret", Hash),
    Column("revealed_at", Time),
    Column("forfeited_at", Time),
    *provenance(),
)
Index(None, seed_givers.c.giver)
