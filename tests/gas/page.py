"""The tables of docs/gas.md that are written from the snapshot."""

from scripts.toolchain import ROOT
from tests.gas.snapshot import Figures, dispute_table, ways_table

PAGE = ROOT / "docs" / "gas.md"


def rewritten(page: str, figures: Figures) -> str:
    """The page with its tables as the figures have them."""
    for table in (dispute_table(figures.steps), ways_table(figures.ways)):
        page = _replaced(page, table)
    return page


def _replaced(page: str, table: str) -> str:
    """The new table in place of the one whose head begins with the same word."""
    lines = page.split("\n")
    word = table.split()[1]
    first = next(n for n, line in enumerate(lines) if line.startswith(f"| {word} "))
    last = first
    while lines[last].startswith("|"):
        last += 1
    return "\n".join([*lines[:first], *table.removesuffix("\n").split("\n"), *lines[last:]])
