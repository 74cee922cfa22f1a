"""Make the tables"""

import sqlalchemy as sa
from alembic import op

import backend.db.types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asset_names",
        sa.Column("asset", sa.String(length=42), nullable=False),
        sa.Column("symbol", sa.String(length=32), nullable=True),
        sa.Column("decimals", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("asset", name=op.f("pk_asset_names")),
    )
    op.create_table(
        "asset_rules",
        sa.Column("asset", sa.String(length=42), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("rate", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("old_allowed", sa.Boolean(), nullable=False),
        sa.Column("old_rate", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("asset", "effective_at", name=op.f("pk_asset_rules")),
    )
    op.create_table(
        "blocks",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=66), nullable=False),
        sa.Column("parent_hash", sa.String(length=66), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_blocks")),
        sa.UniqueConstraint("hash", name=op.f("uq_blocks_hash")),
    )
    op.create_table(
        "cancelled_offers",
        sa.Column("offer_hash", sa.String(length=66), nullable=False),
        sa.Column("by", sa.String(length=42), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("offer_hash", name=op.f("pk_cancelled_offers")),
    )
    op.create_table(
        "cancelled_until",
        sa.Column("party", sa.String(length=42), nullable=False),
        sa.Column("created_until", sa.BigInteger(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("party", name=op.f("pk_cancelled_until")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=66), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "claims",
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("trade_id", sa.String(length=66), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("escrow", "trade_id", name=op.f("pk_claims")),
    )
    op.create_table(
        "constants",
        sa.Column("contract", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", backend.db.types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("contract", "name", name=op.f("pk_constants")),
    )
    op.create_table(
        "credits",
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("asset", sa.String(length=42), nullable=False),
        sa.Column("amount", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", "asset", name=op.f("pk_credits")),
    )
    op.create_table(
        "earnings",
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("trade_id", sa.String(length=66), nullable=False),
        sa.Column("tranche", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("counterparty", sa.String(length=42), nullable=False),
        sa.Column("points", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("units", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "escrow", "trade_id", "tranche", "account", name=op.f("pk_earnings")
        ),
    )
    op.create_index(op.f("ix_earnings_account"), "earnings", ["account"], unique=False)
    op.create_table(
        "events",
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=42), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("trade_id", sa.String(length=66), nullable=True),
        sa.Column("proposal_id", sa.String(length=78), nullable=True),
        sa.Column("args", backend.db.types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("block_hash", "log_index", name=op.f("pk_events")),
    )
    op.create_index(
        op.f("ix_events_block_number_log_index"),
        "events",
        ["block_number", "log_index"],
        unique=False,
    )
    op.create_index(op.f("ix_events_proposal_id"), "events", ["proposal_id"], unique=False)
    op.create_index(op.f("ix_events_trade_id"), "events", ["trade_id"], unique=False)
    op.create_table(
        "governance_settings",
        sa.Column("contract", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("old_value", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "contract", "name", "block_number", "log_index", name=op.f("pk_governance_settings")
        ),
    )
    op.create_index(
        op.f("ix_governance_settings_name_block_time"),
        "governance_settings",
        ["name", "block_time"],
        unique=False,
    )
    op.create_table(
        "listed_escrows",
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("escrow", name=op.f("pk_listed_escrows")),
    )
    op.create_table(
        "market",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain_id", sa.BigInteger(), nullable=False),
        sa.Column("start_block", sa.BigInteger(), nullable=False),
        sa.Column("start_hash", sa.String(length=66), nullable=False),
        sa.Column("contracts", backend.db.types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market")),
    )
    op.create_table(
        "members",
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("units", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("held", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("allotted_points", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("delegate", sa.String(length=42), nullable=True),
        sa.Column("votes", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_members")),
    )
    op.create_table(
        "offer_parties",
        sa.Column("chain_id", sa.BigInteger(), nullable=False),
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("offer_hash", sa.String(length=66), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.PrimaryKeyConstraint(
            "chain_id", "escrow", "offer_hash", "seat", name=op.f("pk_offer_parties")
        ),
    )
    op.create_index(op.f("ix_offer_parties_account"), "offer_parties", ["account"], unique=False)
    op.create_table(
        "offers",
        sa.Column("chain_id", sa.BigInteger(), nullable=False),
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("offer_hash", sa.String(length=66), nullable=False),
        sa.Column("asset", sa.String(length=42), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=66), nullable=False),
        sa.Column("max_fee_bps", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("fills", sa.BigInteger(), nullable=False),
        sa.Column("salt", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("parties", backend.db.types.Json(), nullable=False),
        sa.Column("tranches", backend.db.types.Json(), nullable=False),
        sa.Column("signatures", backend.db.types.Json(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "escrow", "offer_hash", name=op.f("pk_offers")),
    )
    op.create_index(op.f("ix_offers_posted_at"), "offers", ["posted_at"], unique=False)
    op.create_table(
        "parties",
        sa.Column("trade_id", sa.String(length=66), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("trade_id", "seat", name=op.f("pk_parties")),
    )
    op.create_index(
        op.f("ix_parties_account_block_number_log_index"),
        "parties",
        ["account", "block_number", "log_index"],
        unique=False,
    )
    op.create_table(
        "pauses",
        sa.Column("by", sa.String(length=42), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=False),
        sa.Column("resumed", sa.Boolean(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("block_number", "log_index", name=op.f("pk_pauses")),
    )
    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("final", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("halted", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
    )
    op.create_table(
        "proposals",
        sa.Column("proposal_id", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("proposer", sa.String(length=42), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_hash", sa.String(length=66), nullable=False),
        sa.Column("targets", backend.db.types.Json(), nullable=False),
        sa.Column("call_values", backend.db.types.Json(), nullable=False),
        sa.Column("calldatas", backend.db.types.Json(), nullable=False),
        sa.Column("snapshot", sa.BigInteger(), nullable=False),
        sa.Column("vote_end", sa.BigInteger(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=False),
        sa.Column("against_votes", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("for_votes", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("abstain_votes", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("eta", sa.BigInteger(), nullable=True),
        sa.Column("queued_at", sa.BigInteger(), nullable=True),
        sa.Column("executed_at", sa.BigInteger(), nullable=True),
        sa.Column("canceled_at", sa.BigInteger(), nullable=True),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposals")),
    )
    op.create_index(
        op.f("ix_proposals_block_number_log_index"),
        "proposals",
        ["block_number", "log_index"],
        unique=False,
    )
    op.create_table(
        "roles",
        sa.Column("contract", sa.String(length=42), nullable=False),
        sa.Column("role", sa.String(length=66), nullable=False),
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("contract", "role", "account", name=op.f("pk_roles")),
    )
    op.create_table(
        "rules",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.String(length=8), nullable=False),
        sa.Column("fee_bps", backend.db.types.Json(), nullable=False),
        sa.Column("arbitrator", sa.String(length=42), nullable=True),
        sa.Column("ruling_period", sa.BigInteger(), nullable=True),
        sa.Column("default_performer_bps", sa.Integer(), nullable=True),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_rules")),
    )
    op.create_table(
        "supply_checkpoints",
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("units", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("since", name=op.f("pk_supply_checkpoints")),
    )
    op.create_table(
        "timelock_calls",
        sa.Column("operation_id", sa.String(length=66), nullable=False),
        sa.Column("call_index", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=42), nullable=False),
        sa.Column("value", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("predecessor", sa.String(length=66), nullable=False),
        sa.Column("salt", sa.String(length=66), nullable=True),
        sa.Column("delay", sa.BigInteger(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
        sa.Column("executed_at", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("operation_id", "call_index", name=op.f("pk_timelock_calls")),
    )
    op.create_table(
        "trades",
        sa.Column("trade_id", sa.String(length=66), nullable=False),
        sa.Column("offer_hash", sa.String(length=66), nullable=False),
        sa.Column("fill", sa.BigInteger(), nullable=False),
        sa.Column("taker", sa.String(length=42), nullable=False),
        sa.Column("asset", sa.String(length=42), nullable=False),
        sa.Column("amount", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=66), nullable=False),
        sa.Column("listing_hash", sa.String(length=66), nullable=False),
        sa.Column("max_fee_bps", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("fills", sa.BigInteger(), nullable=False),
        sa.Column("salt", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("rules_version", sa.BigInteger(), nullable=False),
        sa.Column("fee_bps", sa.Integer(), nullable=False),
        sa.Column("open_seat", sa.Integer(), nullable=True),
        sa.Column("pin", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("tranche_count", sa.Integer(), nullable=False),
        sa.Column("open_tranches", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("trade_id", name=op.f("pk_trades")),
    )
    op.create_index(
        op.f("ix_trades_block_number_log_index"),
        "trades",
        ["block_number", "log_index"],
        unique=False,
    )
    op.create_index(
        op.f("ix_trades_offer_hash_fill"), "trades", ["offer_hash", "fill"], unique=True
    )
    op.create_table(
        "tranches",
        sa.Column("trade_id", sa.String(length=66), nullable=False),
        sa.Column("tranche", sa.Integer(), nullable=False),
        sa.Column("funder", sa.Integer(), nullable=False),
        sa.Column("performer", sa.Integer(), nullable=False),
        sa.Column("checker", sa.Integer(), nullable=False),
        sa.Column("amount", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("due_in", sa.BigInteger(), nullable=False),
        sa.Column("review_period", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("performed_at", sa.BigInteger(), nullable=True),
        sa.Column("disputed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("performer_bps", sa.Integer(), nullable=True),
        sa.Column("to_performer", backend.db.types.Uint(length=78), nullable=True),
        sa.Column("to_checker", backend.db.types.Uint(length=78), nullable=True),
        sa.Column("fee", backend.db.types.Uint(length=78), nullable=True),
        sa.Column("default_status", sa.String(length=16), nullable=True),
        sa.Column("default_due_at", sa.BigInteger(), nullable=True),
        sa.Column("default_to_performer", backend.db.types.Uint(length=78), nullable=True),
        sa.Column("default_to_checker", backend.db.types.Uint(length=78), nullable=True),
        sa.Column("default_fee", backend.db.types.Uint(length=78), nullable=True),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("trade_id", "tranche", name=op.f("pk_tranches")),
    )
    op.create_index(
        op.f("ix_tranches_default_due_at"), "tranches", ["default_due_at"], unique=False
    )
    op.create_table(
        "undo",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("key", backend.db.types.Json(), nullable=False),
        sa.Column("before", backend.db.types.Json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo")),
    )
    op.create_index(op.f("ix_undo_block_number"), "undo", ["block_number"], unique=False)
    op.create_table(
        "vote_checkpoints",
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("votes", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", "since", name=op.f("pk_vote_checkpoints")),
    )
    op.create_table(
        "votes",
        sa.Column("proposal_id", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("voter", sa.String(length=42), nullable=False),
        sa.Column("support", sa.Integer(), nullable=False),
        sa.Column("weight", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("against_votes", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("for_votes", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("abstain_votes", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=True),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("block_number", "log_index", name=op.f("pk_votes")),
    )
    op.create_index(
        op.f("ix_votes_proposal_id_block_number_log_index"),
        "votes",
        ["proposal_id", "block_number", "log_index"],
        unique=False,
    )
    op.create_index(op.f("ix_votes_voter"), "votes", ["voter"], unique=False)
