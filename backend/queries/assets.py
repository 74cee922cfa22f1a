"""Names and decimals of assets, for showing amounts."""

from __future__ import annotations

from dataclasses import dataclass

from backend.queries.snapshot import Snapshot
from backend.terms.offer import ZERO_ADDRESS

COIN_DECIMALS = 18


@dataclass(frozen=True, slots=True)
class AssetName:
    """What a token says of itself, None where it does not; its symbol is not to be trusted."""

    symbol: str | None = None
    decimals: int | None = None


def asset_names(snapshot: Snapshot, coin: str) -> dict[str, AssetName]:
    """By address, as the indexer found them; `coin` is the symbol of the chain's own."""
    names = {ZERO_ADDRESS: AssetName(coin, COIN_DECIMALS)}
    for (contract, name), value in snapshot.constants.items():
        if not contract.startswith("0x") or name not in ("symbol", "decimals"):
            continue
        found = names.get(contract, AssetName())
        if name == "symbol":
            names[contract] = AssetName(str(value), found.decimals)
        else:
            names[contract] = AssetName(found.symbol, int(value))
    return names
