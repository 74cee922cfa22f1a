"""Trouble at random for an indexer, and after each round a comparison with a fresh sync."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.backend.chaos.rounds import Chaos, Tally
from tests.backend.chaos.sabotage import SABOTAGE
from tests.backend.saved import deploy_market

app = typer.Typer(add_completion=False)


@app.command(help=__doc__)
def main(
    rounds: Annotated[int, typer.Option(min=1, help="How many rounds.")] = 1_000,
    seed: Annotated[
        int | None, typer.Option(help="Of the acts; another one each time if not given.")
    ] = None,
    sabotage: Annotated[
        str | None, typer.Option(help=f"Break the rollback on purpose: {', '.join(SABOTAGE)}.")
    ] = None,
) -> None:
    """Prints rounds, reorgs, kills, faults, differences; the exit code is 1 if any differ."""
    if sabotage is not None and sabotage not in SABOTAGE:
        raise typer.BadParameter(f"none is called {sabotage!r}", param_hint="--sabotage")
    chosen = random.randrange(10**6) if seed is None else seed
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        tempfile.TemporaryDirectory(prefix="commonhold-chaos-") as folder,
        Progress(*columns, TimeRemainingColumn()) as progress,
    ):
        task = progress.add_task("Deploying a market", total=rounds)
        saved = deploy_market(Path(folder))
        progress.update(task, description=f"Rounds of seed {chosen}")

        def tell(tally: Tally) -> None:
            progress.update(task, completed=tally.rounds)

        found = Chaos(saved, Path(folder), chosen, tell, sabotage).play(rounds)
    print(f"Seed {chosen}: {found}")
    for difference in found.differences:
        print(f"  {difference}")
    sys.exit(1 if found.differences else 0)


if __name__ == "__main__":
    app()
