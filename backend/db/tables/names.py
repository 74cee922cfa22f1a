"""What tokens call themselves. No fact of this market: anybody can deploy a token of any name."""

from sqlalchemy import Column, Integer, String, Table

from backend.db.tables.base import Address, metadata

# For showing amounts only; null where the token does not say, or nonsense. A rebuild asks anew.
asset_names = Table(
    "asset_names",
    metadata,
    Column("asset", Address, primary_key=True),
    Column("symbol", String(32)),
    Column("decimals", Integer),
)
