"""Disputes before the Court: cases, panels and seats, appeals, evidence, and what is owed.

Coin is in wei, stakes are base units of the asset that jurors stake, shares for the performer basis
points. A case is named by its id, a panel by round (from 0) and attempt (1 if it was drawn again,
else 0). Sides, statuses and states are those of backend.terms.court.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from backend.db.tables.base import Address, Bps, Hash, Time, metadata, provenance
from backend.db.types import Uint

Name = String(16)

# One case each. Provenance: the log that opened it. `deposit` is what each side puts up;
# `deadline` the last second of the present period; `redrawn` the round whose panel was drawn again;
# `performer_bps` of the last ruling, or of the decision, null where there is neither or the default
# split is left to the Escrow. `returned_*` is what came back of the deposits, null before.
disputes = Table(
    "disputes",
    metadata,
    Column("case_id", Hash, primary_key=True),
    Column("trade_id", Hash, nullable=False),
    Column("tranche", Integer, nullable=False),
    Column("performer", Address, nullable=False),
    Column("checker", Address, nullable=False),
    Column("rules_version", BigInteger, nullable=False),
    Column("depositor", Name, nullable=False),  # the side that opened the case
    Column("deposit", Uint, nullable=False),
    Column("opened_at", Time, nullable=False),
    Column("joined_at", Time),
    Column("status", Name, nullable=False),
    Column("deadline", Time, nullable=False),
    Column("round", Integer, nullable=False),
    Column("redrawn", Integer),
    Column("ruled_rounds", Integer, nullable=False),
    Column("performer_bps", Bps),
    Column("decision", Name),
    Column("decided_at", Time),
    Column("closing", Name),
    Column("closed_at", Time),
    Column("returned_to_performer", Uint),
    Column("returned_to_checker", Uint),
    *provenance(),
)
Index(None, disputes.c.block_number, disputes.c.log_index)
Index(None, disputes.c.trade_id, disputes.c.tranche)
Index(None, disputes.c.performer)
Index(None, disputes.c.checker)

# Each period of each case, as it began; one that began late, because nobody moved the case on, is
# counted from `started_at` all the same. `deadline` is its last second. Of decisions and closings
# the case tells.
dispute_periods = Table(
    "dispute_periods",
    metadata,
    Column("case_id", Hash, nullable=False),
    Column("status", Name, nullable=False),
    Column("round", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("started_at", Time, nullable=False),
    Column("deadline", Time, nullable=False),
    *provenance("block_number", "log_index"),
)
Index(None, dispute_periods.c.case_id)

# `request_id` and `epoch` are null while no seed could be asked for. `seated` counts seats that are
# filled, `voids` those of them that count no more, `commits` and `reveals` without the void ones.
# `performer_bps` is its ruling. Provenance: the log with which its evidence period began.
panels = Table(
    "panels",
    metadata,
    Column("case_id", Hash, primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    Column("state", Name, nullable=False),
    Column("jurors", Integer, nullable=False),
    Column("request_id", BigInteger),
    Column("epoch", BigInteger),
    Column("seated", Integer, nullable=False),
    Column("voids", Integer, nullable=False),
    Column("commits", Integer, nullable=False),
    Column("reveals", Integer, nullable=False),
    Column("performer_bps", Bps),
    Column("ended_at", Time),  # when it ruled, failed, or was dismissed
    Column("settled_at", Time),  # when its jurors were paid
    *provenance(),
)
Index(None, panels.c.request_id)

# Everybody who was drawn; nobody is drawn twice for a panel. A seat whose juror was struck in the
# evidence period is `replaced`, and another juror's row has its number. `commitment` stays after
# the reveal. `struck_by` is the trade that was shown, `denounced_reward` what the denouncer got.
# `fee_paid`, `stake_won` and `stake_lost` are null while nothing was paid or taken; a seat that
# was settled has all three. Provenance: the latest log of the seat.
seats = Table(
    "seats",
    metadata,
    Column("case_id", Hash, primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    Column("juror", Address, primary_key=True),
    Column("seat", Integer, nullable=False),
    Column("draw", Integer, nullable=False),  # which number of the seed's sequence
    Column("state", Name, nullable=False),
    Column("drawn_at", Time, nullable=False),
    Column("committed_at", Time),
    Column("commitment", Hash),
    Column("revealed_at", Time),
    Column("performer_bps", Bps),
    Column("salt", Hash),
    Column("struck_by", Hash),
    Column("struck_at", Time),
    Column("denounced_by", Address),
    Column("denounced_reward", Uint),
    Column("denounced_at", Time),
    Column("fee_paid", Uint),
    Column("stake_won", Uint),
    Column("stake_lost", Uint),
    *provenance(),
)
Index(None, seats.c.juror)

# Each panel whose jurors were paid. `paid` and `slashed` have seat k as bit k: to each of `paid`
# went `fee_share` and `stake_share`, each of `slashed` lost `slash`.
settlements = Table(
    "settlements",
    metadata,
    Column("case_id", Hash, primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    Column("paid", BigInteger, nullable=False),
    Column("slashed", BigInteger, nullable=False),
    Column("fee_share", Uint, nullable=False),
    Column("stake_share", Uint, nullable=False),
    Column("slash", Uint, nullable=False),
    Column("fee_to_treasury", Uint, nullable=False),
    Column("stake_to_treasury", Uint, nullable=False),
    *provenance(),
)

# What was raised against the ruling of a round; each side has `needed` to raise. `appellant` is the
# side that had it first, null before; `made_at` when both had. Provenance: the latest log.
appeals = Table(
    "appeals",
    metadata,
    Column("case_id", Hash, primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("needed", Uint, nullable=False),
    Column("performer_raised", Uint, nullable=False),
    Column("checker_raised", Uint, nullable=False),
    Column("appellant", Name),
    Column("made_at", Time),
    *provenance(),
)

# What each put up for a side of an appeal, and what came of it: `claimed` is null before.
contributions = Table(
    "contributions",
    metadata,
    Column("case_id", Hash, primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("side", Name, primary_key=True),
    Column("contributor", Address, primary_key=True),
    Column("amount", Uint, nullable=False),
    Column("claimed", Uint),
    Column("claimed_at", Time),
    *provenance(),
)
Index(None, contributions.c.contributor)

# Where the evidence of a side is, and the hash of it. `uri` is anything at all.
evidence = Table(
    "evidence",
    metadata,
    Column("case_id", Hash, nullable=False),
    Column("party", Address, nullable=False),
    Column("content_hash", Hash, nullable=False),
    Column("uri", Text, nullable=False),
    *provenance("block_number", "log_index"),
)
Index(None, evidence.c.case_id)

# What the Court owes, in wei; zero once it is paid.
court_credits = Table(
    "court_credits",
    metadata,
    Column("account", Address, primary_key=True),
    Column("amount", Uint, nullable=False),
    Column("settled", Boolean, nullable=False),  # amount is zero
    *provenance(),
)
