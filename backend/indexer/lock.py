"""One indexer for each database."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from backend.db import DatabaseReadOnly
from backend.indexer.errors import AnotherIndexer


@contextmanager
def only_indexer(engine: Engine) -> Iterator[None]:
    """Holds the right to write facts; the system lets go of it when the process ends, however.

    Raises AnotherIndexer when it is held.
    """
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        yield
        return
    path = Path(database).resolve().with_name(Path(database).name + ".indexer")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise DatabaseReadOnly(f"The file {path} cannot be written: {error}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(handle, 32).decode(errors="replace").strip()
            raise AnotherIndexer(
                f"Another indexer{f' (process {holder})' if holder else ''} is at work on"
                f" {database}. End it first, or name another database with --database."
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)
