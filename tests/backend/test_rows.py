"""Whatever a block writes can be taken back, exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.pool import StaticPool

from backend.db import tables, writing
from backend.db.rows import RowError, Rows, forget, take_back

KEYS = st.integers(0, 3)
AMOUNTS = st.integers(0, 2**256 - 1)
WRITES = st.lists(st.tuples(st.sampled_from(["add", "put", "change"]), KEYS, AMOUNTS), max_size=6)
BLOCKS = st.lists(WRITES, min_size=1, max_size=6)
TABLE = tables.supply_checkpoints
MEMORY: Engine = create_engine(
    "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
)
tables.metadata.create_all(MEMORY, [TABLE, tables.undo])


def state(connection) -> list[tuple[object, ...]]:  # type: ignore[no-untyped-def]
    return [tuple(row) for row in connection.execute(select(TABLE).order_by(TABLE.c.since))]


def write(rows: Rows, block: int, how: str, key: int, amount: int) -> None:
    told = {
        "block_number": block,
        "block_hash": f"0x{block}",
        "block_time": block,
        "tx_hash": "0x",
        "log_index": 0,
    }
    rows.get(TABLE, since=key)  # one that is there is refused at once, not when it is written
    try:
        if how == "change":
            rows.change(TABLE, {"since": key}, units=amount)
        else:
            getattr(rows, how)(TABLE, since=key, units=amount, **told)
    except RowError:
        pass


@settings(max_examples=200, deadline=None)
@given(blocks=BLOCKS, apart=st.sets(st.integers(1, 6)), back_to=st.integers(0, 6))
def test_taking_back_restores_what_was_there(
    blocks: list[list[tuple[str, int, int]]], apart: set[int], back_to: int
) -> None:
    with MEMORY.connect() as connection, connection.begin() as transaction:
        states = [state(connection)]
        rows = Rows(connection)
        for number, writes in enumerate(blocks, 1):
            if number in apart:
                rows = Rows(connection)
            rows.at(number, final=False)
            for how, key, amount in writes:
                write(rows, number, how, key, amount)
            rows.write()
            states.append(state(connection))
        back_to = min(back_to, len(blocks))
        take_back(connection, back_to)
        assert state(connection) == states[back_to]
        left = connection.scalar(select(func.max(tables.undo.c.block_number)))
        assert (left or 0) <= back_to
        transaction.rollback()


def test_final_blocks_keep_nothing_to_undo(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = Rows(connection)
        rows.at(1, final=True)
        write(rows, 1, "add", 1, 10)
        rows.at(2, final=False)
        write(rows, 2, "put", 1, 20)
        rows.write()
        assert connection.scalar(select(func.count()).select_from(tables.undo)) == 1
        forget(connection, 2)
        take_back(connection, 0)
        assert [row[1] for row in state(connection)] == [20]


def test_rows_that_must_or_must_not_be_there(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = Rows(connection)
        with pytest.raises(RowError, match="there is no row"):
            rows.need(TABLE, since=1)
        with pytest.raises(RowError, match="there is no row"):
            rows.change(TABLE, {"since": 1}, units=2)
        write(rows, 1, "add", 1, 10)
        with pytest.raises(RowError, match="already"):
            rows.add(TABLE, **rows.need(TABLE, since=1))
        rows.write()
        again = Rows(connection)
        again.add(TABLE, **rows.need(TABLE, since=1))
        with pytest.raises(RowError, match="already"):
            again.write()


@settings(max_examples=100, deadline=None)
@given(writes=st.lists(WRITES, min_size=1, max_size=3))
def test_rows_in_memory_and_in_the_database_are_found_together(
    writes: list[list[tuple[str, int, int]]],
) -> None:
    """What a search tells is what the database has once all is written."""
    with MEMORY.connect() as connection, connection.begin() as transaction:
        rows = Rows(connection)
        for number, some in enumerate(writes, 1):
            rows.at(number, final=True)
            for how, key, amount in some:
                write(rows, number, how, key, amount)
                newest = rows.newest(TABLE, by="since")
                assert newest == max(
                    (row for since in range(4) if (row := rows.get(TABLE, since=since))),
                    key=lambda row: int(row["since"]),
                    default=None,
                )
        found = rows.where(TABLE, block_number=1)
        rows.write()
        query = select(TABLE).where(TABLE.c.block_number == 1)
        assert found == [row._asdict() for row in connection.execute(query)]
        transaction.rollback()
