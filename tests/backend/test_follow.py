"""Following a chain: in ranges, block by block, and from logs of our contracts only."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.db import tables
from backend.indexer import Pace
from scripts.toolchain.node import Anvil
from tests.backend.following import audit, catch_up, fresh_digest, rows
from tests.backend.saved import Saved


@pytest.mark.parametrize(
    "pace",
    [Pace(64, 2_000, 0.02), Pace(5, 7, 0.02), Pace(1, 1, 0.02), Pace(1, 10_000, 0.02)],
    ids=["live", "short ranges", "single blocks", "one range"],
)
def test_the_facts_do_not_depend_on_how_they_were_read(
    played: Saved, played_node: Anvil, engine: Engine, tmp_path: Path, pace: Pace
) -> None:
    found = catch_up(engine, played_node.url, played.deployment, pace)
    assert found == fresh_digest(tmp_path, played_node.url, played.deployment)


def test_everything_that_can_happen_leaves_rows_and_no_difference(
    played: Saved, played_node: Anvil, engine: Engine
) -> None:
    catch_up(engine, played_node.url, played.deployment)
    assert audit(engine, played_node.url, played.deployment) == []
    empty = [table.name for table in tables.FACTS if not rows(engine, table)]
    assert empty == []
    statuses = {row["status"] for row in rows(engine, tables.tranches)}
    assert statuses == {
        "open",
        "performed",
        "disputed",
        "accepted",
        "refunded",
        "lapsed",
        "missed",
        "split",
        "ruled",
        "defaulted",
    }
