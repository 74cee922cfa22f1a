"""The database and the contracts, opened side by side at one block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Connection, Table, select

from backend.audit.difference import Difference
from backend.chain import Block, CallReverted, Contract, Node
from backend.db.types import Uint
from backend.settings import Deployment

Row = Mapping[str, Any]
REFUSED = "refused by the contract"


@dataclass(frozen=True, slots=True)
class Book:
    """One state of the database, and the contracts as of the block it is from."""

    connection: Connection
    node: Node
    contracts: Mapping[str, Contract]
    deployment: Deployment
    block: Block

    def rows(self, table: Table, **values: Any) -> Iterator[Row]:
        """Every row with these values, in the order of the key."""
        query = select(table).order_by(*table.primary_key)
        for name, value in values.items():
            query = query.where(table.c[name] == value)
        for row in self.connection.execute(query):
            yield row._asdict()

    def ask(self, contract: str, view: str, *arguments: Any) -> Any:
        """What a view says as of the block; REFUSED where it reverts."""
        return self.ask_at(self.contracts[contract], view, *arguments)

    def ask_at(self, contract: Contract, view: str, *arguments: Any) -> Any:
        """The same of a contract that is not one of the market's."""
        try:
            return contract.call(view, *arguments, block_hash=self.block.hash)
        except CallReverted:
            return REFUSED


def shown(table: Table, column: str, stored: Any) -> Any:
    """A stored value as people read it: large numbers without the zeros in front."""
    kind = table.c[column].type
    if isinstance(kind, Uint) and isinstance(stored, str) and stored.isdecimal():
        return int(stored)
    if isinstance(kind, Boolean) and stored in (0, 1):
        return bool(stored)
    return stored


def compare(table: Table, row: Row, told_by: str, **chain: Any) -> Iterator[Difference]:
    """The columns in which a row is not what the chain says."""
    key = {column.name: row[column.name] for column in table.primary_key}
    for column, value in chain.items():
        if row[column] != value or isinstance(row[column], bool) != isinstance(value, bool):
            yield Difference(table.name, key, column, row[column], value, told_by)
