"""The database: tables, exact numbers, and what a user sees when it cannot be used."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, insert, select

from backend.db import (
    DatabaseBusy,
    DatabaseReadOnly,
    DatabaseUnusable,
    migrate,
    open_engine,
    reading,
    tables,
    writing,
)
from backend.db.types import canonical

CONSTANT = {"contract": "Escrow", "name": "x", "value": ["1"]}


def write(engine: Engine, fail: bool = False) -> None:
    with writing(engine) as connection:
        connection.execute(insert(tables.constants).values(CONSTANT))
        if fail:
            raise ZeroDivisionError


def test_migrations_make_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "deep" / "er" / "db.sqlite"))
    migrate(engine)
    migrate(engine)
    with reading(engine) as connection:
        # The index of words is SQLite's own: a virtual table, and those that it keeps itself in.
        options = {"include_name": lambda name, kind, _: not str(name).startswith("offer_words")}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, tables.metadata) == []


def test_S3_amounts_are_exact_and_sort_by_value(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "db.sqlite"))
    migrate(engine)
    amounts = [2**256 - 1, 0, 9, 10, 2**53 + 1, 10**77]
    row = {"block_number": 1, "block_hash": "0x", "block_time": 1, "tx_hash": "0x", "log_index": 0}
    with writing(engine) as connection:
        for index, amount in enumerate(amounts):
            values = {"since": index, "units": amount, **row}
            connection.execute(insert(tables.supply_checkpoints).values(values))
    units = tables.supply_checkpoints.c.units
    with reading(engine) as connection:
        assert list(connection.scalars(select(units).order_by(units))) == sorted(amounts)
        found = connection.scalars(select(units).where(units > 2**53)).all()
    assert set(found) == {2**53 + 1, 10**77, 2**256 - 1}
    with pytest.raises(ValueError, match="is not from 0 to"):
        tables.supply_checkpoints.c.units.type.process_bind_param(2**256, engine.dialect)


def test_equal_json_has_one_text() -> None:
    assert canonical({"b": ["1"], "a": "é"}) == canonical({"a": "é", "b": ["1"]})


def test_a_reader_sees_one_state_and_does_not_stop_the_writer(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "db.sqlite"))
    migrate(engine)
    with reading(engine) as before:
        assert before.execute(select(tables.constants)).all() == []
        write(engine)
        assert before.execute(select(tables.constants)).all() == []
    with reading(engine) as after:
        assert after.execute(select(tables.constants)).one()._asdict() == CONSTANT


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "db.sqlite"))
    migrate(engine)
    with pytest.raises(ZeroDivisionError):
        write(engine, fail=True)
    with reading(engine) as connection:
        assert connection.execute(select(tables.constants)).all() == []


def test_S13_locked_by_another_program(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite"
    engine = open_engine(str(path), busy_seconds=0.05)
    migrate(engine)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy, match=r"Another program holds the database .*db\.sqlite"):
        write(engine)
    other.execute("ROLLBACK")
    other.close()
    write(engine)


def test_S13_a_path_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseReadOnly, match="cannot be opened"):
        migrate(open_engine(str(tmp_path)))
    with pytest.raises(DatabaseReadOnly, match="cannot be made"):
        open_engine(str(tmp_path / "file" / "db.sqlite"))


def test_S13_read_only(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite"
    migrate(open_engine(str(path)))
    engine = open_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    with reading(engine) as connection:
        assert connection.execute(select(tables.constants)).all() == []
    with pytest.raises(DatabaseReadOnly, match="is read-only"):
        write(engine)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite"
    path.write_text("Dear diary, today I was opened as a database. " * 100)
    with pytest.raises(DatabaseUnusable, match="is not a database"):
        migrate(open_engine(str(path)))


def test_tables_of_a_newer_version_are_refused(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "db.sqlite"))
    migrate(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnusable, match=r"of a newer version \(9999\)"):
        migrate(engine)
