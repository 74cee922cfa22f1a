"""Add the jurors and the seeds"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No market of before was followed with its jurors; its database is of another deployment."""
    op.create_table(
        "juror_credits",
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("amount", sa.String(length=78), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_juror_credits")),
    )
    op.create_table(
        "jurors",
        sa.Column("juror", sa.String(length=42), nullable=False),
        sa.Column("stake", sa.String(length=78), nullable=False),
        sa.Column("locked", sa.String(length=78), nullable=False),
        sa.Column("leaving", sa.String(length=78), nullable=False),
        sa.Column("available_at", sa.BigInteger(), nullable=False),
        sa.Column("drawable", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("weight_epoch", sa.BigInteger(), nullable=False),
        sa.Column("slashed", sa.String(length=78), nullable=False),
        sa.Column("awarded", sa.String(length=78), nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("juror", name=op.f("pk_jurors")),
    )
    op.create_index(op.f("ix_jurors_weight_stake_juror"), "jurors", ["weight", "stake", "juror"])
    op.create_table(
        "pool_callers",
        sa.Column("caller", sa.String(length=42), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("slashed", sa.String(length=78), nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("caller", name=op.f("pk_pool_callers")),
    )
    op.create_table(
        "seed_givers",
        sa.Column("seed_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("giver", sa.String(length=42), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("commitment", sa.String(length=66)),
        sa.Column("committed_at", sa.BigInteger()),
        sa.Column("secret", sa.String(length=66)),
        sa.Column("revealed_at", sa.BigInteger()),
        sa.Column("forfeited_at", sa.BigInteger()),
        *_origin(),
        sa.PrimaryKeyConstraint("seed_id", "seat", name=op.f("pk_seed_givers")),
    )
    op.create_index(op.f("ix_seed_givers_giver"), "seed_givers", ["giver"])
    op.create_table(
        "seed_requests",
        sa.Column("seed_id", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=42), nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("block_number", "log_index", name=op.f("pk_seed_requests")),
    )
    op.create_index(op.f("ix_seed_requests_seed_id"), "seed_requests", ["seed_id"])
    op.create_table(
        "seeds",
        sa.Column("seed_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("base", sa.String(length=78), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("givers", sa.Integer(), nullable=False),
        sa.Column("commits", sa.Integer(), nullable=False),
        sa.Column("reveals", sa.Integer(), nullable=False),
        sa.Column("commit_until", sa.BigInteger(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.BigInteger()),
        sa.Column("reveal_from", sa.BigInteger()),
        sa.Column("target_hash", sa.String(length=66)),
        sa.Column("seed", sa.String(length=78)),
        sa.Column("set_at", sa.BigInteger()),
        *_origin(),
        sa.PrimaryKeyConstraint("seed_id", name=op.f("pk_seeds")),
    )


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
