"""What local markets print: the story as a table, comparisons, and where to go on."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from scripts.check_deployment import Finding
from scripts.story import Step, Told

WIDTH = 150  # columns, where the output is no terminal


def new_console() -> Console:
    """As wide as the terminal, or as a log needs it."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH)


@contextmanager
def progress(console: Console, total: int) -> Iterator[Callable[[str], None]]:
    """A bar of `total` steps; calling what it yields tells of the next one."""
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)

        def advance(what: str) -> None:
            bar.update(task, advance=1, description=what)

        yield advance


def story_table(told: Iterable[tuple[Step, Told]]) -> Table:
    """Step, who, gas, what changed."""
    table = Table(title="The story", title_justify="left", row_styles=("", "dim"))
    table.add_column("", justify="right")
    table.add_column("step")
    table.add_column("who")
    table.add_column("gas", justify="right")
    table.add_column("what changed", overflow="fold")
    for number, (step, one) in enumerate(told, 1):
        gas = f"{one.gas:,}" if one.gas else ""
        table.add_row(str(number), step.title, one.who, gas, Text(one.changed))
    return table


def findings_table(title: str, findings: Iterable[Finding]) -> Table:
    """What was compared, what the contracts say, what the service says."""
    table = Table(title=title, title_justify="left")
    table.add_column("")
    table.add_column("compared")
    table.add_column("contracts", overflow="fold")
    table.add_column("service", overflow="fold")
    for finding in findings:
        mark = Text("ok", "green") if finding.holds else Text("DIFFERS", "bold red")
        values = (Text(shortened(finding.expected)), Text(shortened(finding.found)))
        table.add_row(mark, Text(finding.what), *values)
    return table


def shortened(value: object) -> str:
    """Hashes and addresses by their ends."""
    return re.sub(r"0x([0-9a-fA-F]{6})[0-9a-fA-F]{28,}([0-9a-fA-F]{4})", r"0x\1..\2", str(value))
