"""Make offers findable"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ZERO = "0x" + "00" * 20


def upgrade() -> None:
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("side", sa.String(length=8), nullable=False, server_default="neither"),
        sa.Column("is_private", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("amount", sa.String(length=78), nullable=False, server_default="0" * 78),
        sa.Column("template", sa.String(length=64)),
        sa.Column("area", sa.String(length=5)),
        sa.Column("calendar", sa.String(length=64)),
    )
    for column in columns:
        op.add_column("offers", column)
    op.create_index(op.f("ix_offers_calendar"), "offers", ["calendar"])
    connection = op.get_bind()
    names = (*_READ, *(column.name for column in columns))
    offers = sa.table("offers", *(sa.column(name) for name in names))
    for row in connection.execute(sa.select(offers)).all():
        here = [offers.c[name] == getattr(row, name) for name in ("chain_id", "escrow")]
        here.append(offers.c.offer_hash == row.offer_hash)
        connection.execute(sa.update(offers).where(*here).values(**_shelf(row)))
    if connection.dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE offer_words USING fts5(offer_hash UNINDEXED, words,"
            " tokenize = 'unicode61 remove_diacritics 2')"
        )
        op.execute(
            "INSERT INTO offer_words SELECT offer_hash, text FROM offers WHERE text IS NOT NULL"
        )


_READ = ("chain_id", "escrow", "offer_hash", "parties", "tranches", "signatures", "text")


def _shelf(row: sa.Row[Any]) -> dict[str, object]:
    """As `backend.terms.shelf` had it when this was written; texts that nobody could search by
    area or calendar yet have neither."""
    parties, signatures = json.loads(row.parties), json.loads(row.signatures)
    words = [int(word) for word in json.loads(row.tranches)]
    missing = [seat for seat, party in enumerate(parties) if party not in signatures]
    seat = parties.index(ZERO) if ZERO in parties else (missing or [0])[0]
    roles = [(word >> 192 & 255, word >> 200 & 255) for word in words]
    pays = any(funder == seat != performer for funder, performer in roles)
    performs = any(performer == seat != funder for funder, performer in roles)
    side = "both" if pays and performs else "pays" if pays else "performs" if performs else None
    first = (row.text or "").split("\n")[0].partition("template: ")
    name = first[2] if first[0] == "" and first[2].isalnum() and len(first[2]) <= 64 else None
    return {
        "side": side or "neither",
        "is_private": ZERO not in parties,
        "amount": f"{sum(word & (1 << 128) - 1 for word in words):078d}",
        "template": name,
    }
