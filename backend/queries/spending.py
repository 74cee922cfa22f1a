"""What the treasury is owed, and what it paid out by executed proposals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.address import to_checksum_address
from sqlalchemy import select

from backend.db.tables import credits, timelock_calls
from backend.queries.snapshot import Snapshot
from backend.terms.offer import ZERO_ADDRESS

TRANSFER = "0xa9059cbb"  # transfer(address,uint256)


@dataclass(frozen=True, slots=True)
class Payment:
    """`value` is in base units of the asset; `time` in unix seconds."""

    asset: str
    to: str
    value: int
    time: int


def payments(snapshot: Snapshot) -> Iterator[Payment]:
    """In coin, and in tokens by `transfer`; the oldest first. What a call moves in any other way
    is not told by it."""
    query = select(timelock_calls).where(timelock_calls.c.executed_at.is_not(None))
    order = timelock_calls.c.executed_at, timelock_calls.c.operation_id, timelock_calls.c.call_index
    for row in snapshot.connection.execute(query.order_by(*order)):
        if row.value:
            yield Payment(ZERO_ADDRESS, row.target, row.value, row.executed_at)
        if row.data.startswith(TRANSFER):
            try:
                to, value = decode(["address", "uint256"], bytes.fromhex(row.data[10:]))
            except (DecodingError, ValueError):
                continue
            yield Payment(row.target, to_checksum_address(to), value, row.executed_at)


def owed_to(snapshot: Snapshot, account: str) -> dict[str, int]:
    """What the Escrow owes an account, by asset."""
    query = select(credits.c.asset, credits.c.amount).where(credits.c.account == account)
    return {row.asset: row.amount for row in snapshot.connection.execute(query)}
