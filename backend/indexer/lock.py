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

    Raises AnotherIndexer when it is held, DatabaseReadOnly.
    """
    path = _lock_file(engine)
    if path is None:
        yield
        return
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise DatabaseReadOnly(f"The file {path} cannot be written: {error}") from error
    try:
        if not _take(handle):
            holder = os.read(handle, 32).decode(errors="replace").strip()
            raise AnotherIndexer(
                f"Another indexer{f' (process {holder})' if holder else ''} is at work on"
                f" {engine.url.database}. End it first, or name another database with --database."
            )
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)


def is_at_work(engine: Engine) -> bool:
    """Whether some indexer holds that right now."""
    path = _lock_file(engine)
    if path is None or not path.exists():
        return False
    handle = os.open(path, os.O_RDONLY)
    try:
        return not _take(handle)
    finally:
        os.close(handle)


def _lock_file(engine: Engine) -> Path | None:
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        return None
    path = Path(database).resolve()
    return path.with_name(path.name + ".indexer")


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
