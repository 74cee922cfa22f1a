"""What members vote on: versions of the rules, assets, the pause of opening."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table

from backend.db.tables.base import Address, Bps, Seconds, Time, metadata, provenance
from backend.db.types import Json, Uint

# Each version in full; the one before has the old values. `changed` is "fees", "disputes",
# "jury", or "all" for the first version. `fee_bps` is a list, the fee of kind k at k - 1.
# `juror_fee` is wei, `seat_stake` base units of the asset that jurors stake.
rules = Table(
    "rules",
    metadata,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("effective_at", Time, nullable=False),
    Column("changed", String(8), nullable=False),
    Column("fee_bps", Json, nullable=False),
    Column("arbitrator", Address),
    Column("ruling_period", Seconds),
    Column("default_performer_bps", Bps),
    Column("juror_fee", Uint),
    Column("seat_stake", Uint),
    Column("deposit_period", Seconds),
    Column("evidence_period", Seconds),
    Column("commit_period", Seconds),
    Column("reveal_period", Seconds),
    Column("appeal_period", Seconds),
    Column("conflict_period", Seconds),
    Column("jurors", Integer),
    Column("max_appeals", Integer),
    Column("appeal_multiplier_bps", Bps),
    Column("slash_bps", Bps),
    Column("coherence_bps", Bps),
    *provenance(),
)

asset_rules = Table(
    "asset_rules",
    metadata,
    Column("asset", Address, primary_key=True),
    Column("effective_at", Time, primary_key=True, autoincrement=False),
    Column("allowed", Boolean, nullable=False),
    Column("rate", Uint, nullable=False),
    Column("old_allowed", Boolean, nullable=False),
    Column("old_rate", Uint, nullable=False),
    *provenance(),
)

# Every pause and its early end. The last row tells: no trade can be opened up to and including
# `paused_until`.
pauses = Table(
    "pauses",
    metadata,
    Column("by", Address, nullable=False),
    Column("paused_until", Time, nullable=False),
    Column("resumed", Boolean, nullable=False),
    *provenance("block_number", "log_index"),
)

# The numbers of the governor and the timelock that members can change, each change a row; the
# last one holds. Named as the contract's getter; thresholds in points, times in seconds.
governance_settings = Table(
    "governance_settings",
    metadata,
    Column("contract", String(32), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("value", Uint, nullable=False),
    Column("old_value", Uint, nullable=False),
    *provenance("block_number", "log_index"),
)
Index(None, governance_settings.c.name, governance_settings.c.block_time)
