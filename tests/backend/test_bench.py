"""The bench runs, and all its ways read the same chain."""

from pathlib import Path

from tests.bench.__main__ import ROWS, measure, table
from tests.bench.chain import crowded


def test_every_way_sees_every_event(tmp_path: Path) -> None:
    made = []
    with crowded(tmp_path, 300, made.append) as chain:
        found = {title: measure(way, chain, tmp_path) for title, way in ROWS.items()}
    assert made[-1] == 300
    (events,) = {one.events for one in found.values()}
    assert events > 300  # the deployment and the enrolment tell some too
    shown = table(found)
    assert all(title in shown for title in ROWS)
