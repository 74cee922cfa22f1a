"""Names and decimals of assets, for showing amounts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from backend.db.tables import asset_names
from backend.queries.snapshot import Snapshot
from backend.terms.offer import ZERO_ADDRESS

COIN_DECIMALS = 18


@dataclass(frozen=True, slots=True)
class AssetName:
    """What a token says of itself, None where it does not; its symbol is not to be trusted."""

    symbol: str | None = None
    decimals: int | None = None


def names_of_assets(snapshot: Snapshot, coin: str) -> dict[str, AssetName]:
    """By address, as the tokens told the indexer; `coin` is the symbol of the chain's own."""
    rows = snapshot.connection.execute(select(asset_names))
    names = {row.asset: AssetName(row.symbol, row.decimals) for row in rows}
    return names | {ZERO_ADDRESS: AssetName(coin, COIN_DECIMALS)}
