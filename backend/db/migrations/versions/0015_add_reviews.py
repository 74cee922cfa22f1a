"""Add reviews, attestations and attestors"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No market of before was followed with its reviews; its database is of another deployment."""
    op.create_table(
        "reviews",
        sa.Column("trade_id", sa.String(length=66), nullable=False),
        sa.Column("author", sa.String(length=42), nullable=False),
        sa.Column("subject", sa.String(length=42), nullable=False),
        sa.Column("commitment", sa.String(length=54)),
        sa.Column("committed_at", sa.BigInteger()),
        sa.Column("commit_until", sa.BigInteger()),
        sa.Column("reveal_until", sa.BigInteger()),
        sa.Column("rating", sa.Integer()),
        sa.Column("content_hash", sa.String(length=66)),
        sa.Column("revealed_at", sa.BigInteger()),
        sa.Column("reply_hash", sa.String(length=66)),
        sa.Column("replied_at", sa.BigInteger()),
        *_origin(),
        sa.PrimaryKeyConstraint("trade_id", "author", "subject", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_author"), "reviews", ["author"])
    op.create_index(op.f("ix_reviews_subject"), "reviews", ["subject"])
    op.create_table(
        "attestations",
        sa.Column("uid", sa.String(length=66), nullable=False),
        sa.Column("recipient", sa.String(length=42), nullable=False),
        sa.Column("attester", sa.String(length=42), nullable=False),
        sa.Column("claim", sa.String(length=24), nullable=False),
        sa.Column("value", sa.String(length=78), nullable=False),
        sa.Column("attested_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger()),
        *_origin(),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_attestations")),
    )
    op.create_index(op.f("ix_attestations_recipient"), "attestations", ["recipient"])
    op.create_index(op.f("ix_attestations_attester"), "attestations", ["attester"])
    op.create_table(
        "attestors",
        sa.Column("attestor", sa.String(length=42), nullable=False),
        sa.Column("claim", sa.String(length=24), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("attestor", "claim", name=op.f("pk_attestors")),
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
