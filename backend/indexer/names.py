"""Asking the tokens that members voted on for their symbol and decimals, once each."""

from __future__ import annotations

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak
from sqlalchemy import Engine, insert, select

from backend.chain import Node, NodeRefused
from backend.db import reading, writing
from backend.db.tables import asset_names, asset_rules
from backend.terms.offer import ZERO_ADDRESS

LONGEST_SYMBOL = 32
LARGEST_DECIMALS = 255


def name_assets(engine: Engine, node: Node) -> None:
    """Adds the names of assets that have none yet. Raises NodeUnreachable, DatabaseBusy."""
    with reading(engine) as connection:
        named = select(asset_names.c.asset)
        query = select(asset_rules.c.asset).where(asset_rules.c.asset.not_in(named)).distinct()
        unnamed = sorted(set(connection.scalars(query)) - {ZERO_ADDRESS})
    for asset in unnamed:
        row = {
            "asset": asset,
            "symbol": _symbol(_ask(node, asset, "symbol()")),
            "decimals": _decimals(_ask(node, asset, "decimals()")),
        }
        with writing(engine) as connection:
            connection.execute(insert(asset_names).values(row))


def _ask(node: Node, asset: str, function: str) -> bytes:
    try:
        return node.call(asset, keccak(text=function)[:4])
    except NodeRefused:
        return b""


def _symbol(answer: bytes) -> str | None:
    """Old tokens answer a word of bytes in place of a string."""
    try:
        text = (
            answer.rstrip(b"\0").decode()
            if len(answer) == 32
            else str(decode(["string"], answer)[0])
        )
    except (DecodingError, UnicodeDecodeError, OverflowError):
        return None
    fits = 0 < len(text) <= LONGEST_SYMBOL and text.isprintable()
    return text if fits else None


def _decimals(answer: bytes) -> int | None:
    value = int.from_bytes(answer[:32], "big")
    return value if len(answer) >= 32 and value <= LARGEST_DECIMALS else None
