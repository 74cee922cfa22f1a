"""What the tables share.

Addresses are checksummed, hashes and byte strings are lowercase hex with 0x, times are unix
seconds of the chain, durations seconds, shares and fees basis points, amounts base units.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, String
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

Address = String(42)
Hash = String(66)
Time = BigInteger
Seconds = BigInteger
Bps = Integer


def provenance(*key: str) -> tuple[Column[Any], ...]:
    """Which log a row comes from; for a row that changes, the latest one that changed it.

    `block_time` is the block's timestamp. Where one log makes one row, the columns in `key` are
    its primary key.
    """
    return (
        _column("block_number", BigInteger(), key),
        _column("block_hash", Hash, key),
        _column("block_time", Time(), key),
        _column("tx_hash", Hash, key),
        _column("log_index", Integer(), key),
    )


def _column(name: str, kind: TypeEngine[Any], key: tuple[str, ...]) -> Column[Any]:
    return Column(name, kind, primary_key=name in key, autoincrement=False, nullable=False)
