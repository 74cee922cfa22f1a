"""How long reading a whole chain takes: ours, beside the least it could and what a person would
write with web3.py. One Anvil, one run, one table."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.bench.chain import Chain, crowded

ROWS = {
    "floor: receive the bytes": "floor",
    "ours on SQLite": "ours",
    "naive web3.py (decodes, writes nothing)": "naive",
}
app = typer.Typer(add_completion=False)


@dataclass(frozen=True)
class Measured:
    """One way: how long it took, how much of that was its own work (`cpu`, seconds), how many
    events it saw, the most memory it had (MB)."""

    seconds: float
    cpu: float
    events: int
    megabytes: float


@app.command(help=__doc__)
def main(
    events: Annotated[int, typer.Option(min=100, help="At least so many, 100 a block.")] = 200_000,
) -> None:
    """Prints the table in Markdown; the exit code is 1 if not all saw the same events."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        tempfile.TemporaryDirectory(prefix="commonhold-bench-") as folder,
        Progress(*columns, TimeRemainingColumn()) as progress,
    ):
        making = progress.add_task("Events are made", total=events)
        with crowded(
            Path(folder), events, lambda done: progress.update(making, completed=done)
        ) as chain:
            measuring = progress.add_task("Reading", total=len(ROWS))
            found: dict[str, Measured] = {}
            for title, way in ROWS.items():
                progress.update(measuring, description=title)
                found[title] = measure(way, chain, Path(folder))
                progress.advance(measuring)
    print(table(found))
    sys.exit(0 if len({one.events for one in found.values()}) == 1 else 1)


def measure(way: str, chain: Chain, folder: Path) -> Measured:
    """In a process of its own, so that its memory is its own."""
    database = str(folder / f"{way}.sqlite")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.backfill", way, chain.url, chain.record, database],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def table(found: dict[str, Measured]) -> str:
    """In Markdown; how many times the floor's seconds each took."""
    least = found[next(iter(ROWS))].seconds
    lines = [
        "| way | events | seconds | of processor | events/s | times the floor | peak memory, MB |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for title, one in found.items():
        lines.append(
            f"| {title} | {one.events:,} | {one.seconds:.2f} | {one.cpu:.2f}"
            f" | {one.events / one.seconds:,.0f} | {one.seconds / least:.1f}"
            f" | {one.megabytes:.0f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    app()
