"""Opening the database, and the two ways to use it: read, and write.

A read sees one state of the database from its first query to its last, whatever is written
meanwhile. Writes come one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from backend.db.errors import DatabaseReadOnly, DatabaseUnusable, explained

BUSY_SECONDS = 5.0
_MODE = "commonhold_begin"


def open_engine(database: str, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine on a file, or on a URL of SQLAlchemy. Makes the folder, not the tables.

    `busy_seconds` is how long to wait for a writer before DatabaseBusy. Raises DatabaseReadOnly for
    a folder that cannot be made, DatabaseUnusable for a URL that names nothing.
    """
    engine = _create(database, busy_seconds)
    if engine.dialect.name != "sqlite":
        return engine
    file = engine.url.database
    if file and file != ":memory:" and not file.startswith("file:"):
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseReadOnly(
                f"The folder of the database {file} cannot be made: {error}"
            ) from error

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is said below, not by the driver
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get(_MODE, "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the database. Raises DatabaseError."""
    with explained(_name(engine)), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """The one writing transaction: committed at the end, or rolled back with the exception.

    Raises DatabaseBusy when another one does not end in time, DatabaseReadOnly.
    """
    with explained(_name(engine)), engine.connect() as plain:
        connection = plain.execution_options(**{_MODE: "IMMEDIATE"})
        with connection.begin():
            yield connection


def _create(database: str, busy_seconds: float) -> Engine:
    """Nothing is opened yet. Raises DatabaseUnusable."""
    is_url = "://" in database
    try:
        url = make_url(database) if is_url else URL.create("sqlite", database=database)
        if url.get_backend_name() != "sqlite":
            return create_engine(url)
        return create_engine(url, connect_args={"timeout": busy_seconds})
    except (ArgumentError, ImportError) as error:
        raise DatabaseUnusable(
            f"{database} cannot be used as a database ({str(error).splitlines()[0]}). Name a file,"
            " or a URL as SQLAlchemy takes them, with --database."
        ) from error


def _name(engine: Engine) -> str:
    return engine.url.database or str(engine.url)
