"""Add the disputes before the Court"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No market of before was followed with its Court; its database is of another deployment."""
    op.create_table(
        "appeals",
        sa.Column("case_id", sa.String(length=66), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("needed", sa.String(length=78), nullable=False),
        sa.Column("performer_raised", sa.String(length=78), nullable=False),
        sa.Column("checker_raised", sa.String(length=78), nullable=False),
        sa.Column("appellant", sa.String(length=16)),
        sa.Column("made_at", sa.BigInteger()),
        *_origin(),
        sa.PrimaryKeyConstraint("case_id", "round", name=op.f("pk_appeals")),
    )
    op.create_table(
        "contributions",
        sa.Column("case_id", sa.String(length=66), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("contributor", sa.String(length=42), nullable=False),
        sa.Column("amount", sa.String(length=78), nullable=False),
        sa.Column("claimed", sa.String(length=78)),
        sa.Column("claimed_at", sa.BigInteger()),
        *_origin(),
        sa.PrimaryKeyConstraint(
            "case_id", "round", "side", "contributor", name=op.f("pk_contributions")
        ),
    )
    op.create_index(op.f("ix_contributions_contributor"), "contributions", ["contributor"])
    op.create_table(
        "court_credits",
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("amount", sa.String(length=78), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_court_credits")),
    )
    op.create_table(
        "dispute_periods",
        sa.Column("case_id", sa.String(length=66), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("block_number", "log_index", name=op.f("pk_dispute_periods")),
    )
    op.create_index(op.f("ix_dispute_periods_case_id"), "dispute_periods", ["case_id"])
    op.create_table(
        "disputes",
        sa.Column("case_id", sa.String(length=66), nullable=False),
        sa.Column("trade_id", sa.String(length=66), nullable=False),
        sa.Column("tranche", sa.Integer(), nullable=False),
        sa.Column("performer", sa.String(length=42), nullable=False),
        sa.Column("checker", sa.String(length=42), nullable=False),
        sa.Column("rules_version", sa.BigInteger(), nullable=False),
        sa.Column("depositor", sa.String(length=16), nullable=False),
        sa.Column("deposit", sa.String(length=78), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.BigInteger()),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("redrawn", sa.Integer()),
        sa.Column("ruled_rounds", sa.Integer(), nullable=False),
        sa.Column("performer_bps", sa.Integer()),
        sa.Column("decision", sa.String(length=16)),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("closing", sa.String(length=16)),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("returned_to_performer", sa.String(length=78)),
        sa.Column("returned_to_checker", sa.String(length=78)),
        *_origin(),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_disputes")),
    )
    op.create_index(
        op.f("ix_disputes_block_number_log_index"), "disputes", ["block_number", "log_index"]
    )
    op.create_index(op.f("ix_disputes_checker"), "disputes", ["checker"])
    op.create_index(op.f("ix_disputes_performer"), "disputes", ["performer"])
    op.create_index(op.f("ix_disputes_trade_id_tranche"), "disputes", ["trade_id", "tranche"])
    op.create_table(
        "evidence",
        sa.Column("case_id", sa.String(length=66), nullable=False),
        sa.Column("party", sa.String(length=42), nullable=False),
        sa.Column("content_hash", sa.String(length=66), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("block_number", "log_index", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_case_id"), "evidence", ["case_id"])
    op.create_table(
        "panels",
        sa.Column("case_id", sa.String(length=66), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attempt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("jurors", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.BigInteger()),
        sa.Column("epoch", sa.BigInteger()),
        sa.Column("seated", sa.Integer(), nullable=False),
        sa.Column("voids", sa.Integer(), nullable=False),
        sa.Column("commits", sa.Integer(), nullable=False),
        sa.Column("reveals", sa.Integer(), nullable=False),
        sa.Column("performer_bps", sa.Integer()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("settled_at", sa.BigInteger()),
        *_origin(),
        sa.PrimaryKeyConstraint("case_id", "round", "attempt", name=op.f("pk_panels")),
    )
    op.create_index(op.f("ix_panels_request_id"), "panels", ["request_id"])
    op.create_table(
        "seats",
        sa.Column("case_id", sa.String(length=66), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attempt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("juror", sa.String(length=42), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("draw", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("drawn_at", sa.BigInteger(), nullable=False),
        sa.Column("committed_at", sa.BigInteger()),
        sa.Column("commitment", sa.String(length=66)),
        sa.Column("revealed_at", sa.BigInteger()),
        sa.Column("performer_bps", sa.Integer()),
        sa.Column("salt", sa.String(length=66)),
        sa.Column("struck_by", sa.String(length=66)),
        sa.Column("struck_at", sa.BigInteger()),
        sa.Column("denounced_by", sa.String(length=42)),
        sa.Column("denounced_reward", sa.String(length=78)),
        sa.Column("denounced_at", sa.BigInteger()),
        sa.Column("fee_paid", sa.String(length=78)),
        sa.Column("stake_won", sa.String(length=78)),
        sa.Column("stake_lost", sa.String(length=78)),
        *_origin(),
        sa.PrimaryKeyConstraint("case_id", "round", "attempt", "juror", name=op.f("pk_seats")),
    )
    op.create_index(op.f("ix_seats_juror"), "seats", ["juror"])
    op.create_table(
        "settlements",
        sa.Column("case_id", sa.String(length=66), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attempt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("slashed", sa.BigInteger(), nullable=False),
        sa.Column("fee_share", sa.String(length=78), nullable=False),
        sa.Column("stake_share", sa.String(length=78), nullable=False),
        sa.Column("slash", sa.String(length=78), nullable=False),
        sa.Column("fee_to_treasury", sa.String(length=78), nullable=False),
        sa.Column("stake_to_treasury", sa.String(length=78), nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("case_id", "round", "attempt", name=op.f("pk_settlements")),
    )
    op.add_column("events", sa.Column("case_id", sa.String(length=66)))
    op.create_index(op.f("ix_events_case_id"), "events", ["case_id"])


def _origin() -> Iterator[sa.Column[Any]]:
    """Which log a row comes from."""
    for name, kind in (
        ("block_number", sa.BigInteger()),
        ("block_hash", sa.String(length=66)),
        ("block_time", sa.BigInteger()),
        ("tx_hash", sa.String(length=66)),
        ("log_index", sa.Integer()),
    ):
        yield sa.Column(name, kind, autoincrement=False, nullable=False)
