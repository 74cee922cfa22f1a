"""Bringing a database to the tables of this version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from backend.db.engine import reading, writing
from backend.db.errors import DatabaseUnusable

FOLDER = Path(__file__).parent / "migrations"


def configuration() -> Config:
    """Alembic's configuration; there is no file of it."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def newest() -> str:
    """The version of the tables that this program knows."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    assert head is not None
    return head


def version(engine: Engine) -> str | None:
    """The version of a database's tables, None for an empty one."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine) -> None:
    """Makes or updates all tables, in one transaction; harmless when there is nothing to do.

    Raises DatabaseUnusable for tables of a newer version, DatabaseReadOnly, DatabaseBusy.
    """
    config = configuration()
    scripts = ScriptDirectory.from_config(config)
    known = {step.revision for step in scripts.walk_revisions()}
    found = version(engine)
    if found == scripts.get_current_head():
        return
    if found is not None and found not in known:
        raise DatabaseUnusable(
            f"The database {engine.url.database} is of a newer version ({found}) of this program;"
            " update the program, or name another database with --database."
        )
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
