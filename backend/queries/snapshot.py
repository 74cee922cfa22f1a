"""One state of the database, named by the block it is from.

Everything an answer says is read through one `Snapshot`: one transaction, one block.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from backend.db import reading
from backend.db.tables import checkpoint, constants, market


class NothingIndexed(Exception):
    """The database has no tables yet, or no block was applied to it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the chain; `time` is unix seconds."""

    number: int
    hash: str
    time: int


@dataclass(frozen=True)
class Snapshot:
    """An open read transaction; `now` is the time of its block, the only clock there is."""

    connection: Connection
    block: Block
    chain_id: int
    contracts: Mapping[str, str]

    @property
    def now(self) -> int:
        return self.block.time

    @property
    def escrow(self) -> str:
        return self.contracts["Escrow"]

    @cached_property
    def constants(self) -> Mapping[tuple[str, str], Any]:
        """What the contracts were built with, by contract and name."""
        rows = self.connection.execute(select(constants))
        return {(row.contract, row.name): row.value for row in rows}

    def constant(self, contract: str, name: str) -> int:
        """A number of the constants. Raises KeyError."""
        return int(self.constants[contract, name])


def checkpoint_of(connection: Connection) -> Block | None:
    """The last block applied; None before the first."""
    row = connection.execute(select(checkpoint)).one_or_none()
    return None if row is None else Block(row.number, row.hash, row.time)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Snapshot]:
    """Opens one. Raises NothingIndexed, and DatabaseError of `backend.db`."""
    with reading(engine) as connection:
        try:
            block = checkpoint_of(connection)
            of = connection.execute(select(market)).one_or_none()
        except (OperationalError, ProgrammingError) as error:
            if "no such table" in str(error.orig) or "does not exist" in str(error.orig):
                raise NothingIndexed("the database has no tables yet") from error
            raise
        if block is None or of is None:
            raise NothingIndexed("no block was indexed yet")
        yield Snapshot(connection, block, of.chain_id, of.contracts)
