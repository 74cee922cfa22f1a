"""Add messages"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "messaging_keys",
        sa.Column("key_id", sa.String(length=66), nullable=False),
        sa.Column("chain_id", sa.BigInteger(), nullable=False),
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("sealing_key", sa.String(length=66), nullable=False),
        sa.Column("signing_key", sa.String(length=66), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_messaging_keys")),
    )
    op.create_index(
        op.f("ix_messaging_keys_chain_id_escrow_account_created_at"),
        "messaging_keys",
        ["chain_id", "escrow", "account", "created_at"],
        unique=True,
    )
    op.create_table(
        "message_threads",
        sa.Column("thread_id", sa.String(length=66), nullable=False),
        sa.Column("chain_id", sa.BigInteger(), nullable=False),
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("name", sa.String(length=116), nullable=False),
        sa.Column("asker", sa.String(length=42)),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.String(length=66), nullable=False),
        sa.Column("last_posted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_message_threads")),
    )
    op.create_index(
        op.f("ix_message_threads_asker_opened_at"), "message_threads", ["asker", "opened_at"]
    )
    op.create_table(
        "message_seats",
        sa.Column("thread_id", sa.String(length=66), nullable=False),
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("read_up_to", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", "account", name=op.f("pk_message_seats")),
    )
    op.create_index(op.f("ix_message_seats_account"), "message_seats", ["account"])
    op.create_table(
        "messages",
        sa.Column("thread_id", sa.String(length=66), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=66), nullable=False),
        sa.Column("sender", sa.String(length=42), nullable=False),
        sa.Column("key_id", sa.String(length=66), nullable=False),
        sa.Column("previous", sa.String(length=66), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("commitment", sa.String(length=66), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("readers", sa.Text(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", "sequence", name=op.f("pk_messages")),
        sa.UniqueConstraint("hash", name=op.f("uq_messages_hash")),
    )
    op.create_index(op.f("ix_messages_sender_posted_at"), "messages", ["sender", "posted_at"])
