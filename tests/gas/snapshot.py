"""The committed figures: written, read, compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from tests.gas.chain import Chain, Cost, Step, WayCost, measuring_chain
from tests.gas.disputes import measure_disputes
from tests.gas.foreign import measure_foreign
from tests.gas.jurors import measure_jurors
from tests.gas.market import deploy_market
from tests.gas.membership import measure_membership
from tests.gas.standing import measure_standing
from tests.gas.trading import measure_trading
from tests.gas.ways import measure_ways

FILE = Path(__file__).parent / "snapshot"
HEAD = """\
# Written by `make gas`: do not edit. `gasUsed` of whole transactions on Anvil (Cancun), and of it
# what is due before any code runs (21,000 and the calldata). Steady state: the treasury is owed
# something, sellers have had the asset before, allowances exist; what is a first says so.

"""


def measure() -> str:
    """The text of the snapshot, from a new chain."""
    with measuring_chain() as chain:
        measure_all(chain)
        return HEAD + _table(chain)


def measure_all(chain: Chain) -> None:
    """Sends every transaction that has a line."""
    market = deploy_market(chain)
    measure_trading(market)
    measure_membership(market)
    jury = measure_jurors(market)
    measure_disputes(market, jury)
    measure_foreign(market)
    measure_ways(market)
    measure_standing(market)


@dataclass(frozen=True, slots=True)
class Figures:
    """Costs of transactions by line, bytes of code by contract, the steps of a dispute, and what
    each way of trading costs its sides."""

    costs: dict[str, Cost]
    sizes: dict[str, int]
    steps: list[Step]
    ways: list[WayCost]


def read() -> Figures:
    """The committed figures."""
    figures = Figures({}, {}, [], [])
    for row in FILE.read_text().splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if not cells[-1].replace(",", "").isdigit():
            continue
        match cells:
            case [line, total, before]:
                figures.costs[line] = Cost(_number(total), _number(before))
            case [way, what, who, times, total]:
                figures.ways.append(WayCost(way, what, who, int(times), _number(total)))
            case [name, who, times, total]:
                figures.steps.append(Step(name, who, int(times), _number(total)))
            case [contract, size]:
                figures.sizes[contract] = _number(size)
    return figures


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def dispute_table(steps: list[Step]) -> str:
    """What everybody pays for a dispute, and what share of all it is."""
    gas, times = (sum(step.total for step in steps), sum(step.times for step in steps))
    body = [
        (step.name, step.who, str(step.times), f"{step.total:,}", f"{step.total / gas:.1%}")
        for step in steps
    ]
    total = ("**in all**", "", str(times), f"**{gas:,}**", "100%")
    return rows(("step", "who", "times", "gas", "share"), 2, [*body, total])


def ways_table(ways: list[WayCost]) -> str:
    """A line per way: what opening it costs its taker, and what each side pays from there on."""
    body = []
    for name in dict.fromkeys(one.way for one in ways):
        cells = [
            ", ".join(
                f"{one.who} {one.total:,}" for one in ways if (one.way, one.what) == (name, what)
            )
            for what in ("open", "happy end", "unhappy end")
        ]
        body.append((name, *cells))
    return rows(("template", "open", "to the happy end", "to the unhappy end"), 4, body)


def difference(old: str, new: str) -> str:
    """The lines that differ; empty if none does."""
    lines = unified_diff(old.splitlines(), new.splitlines(), "committed", "measured", "", "", 0, "")
    return "\n".join(lines)


def _table(chain: Chain) -> str:
    costs = [(line, f"{cost.total:,}", f"{cost.intrinsic:,}") for line, cost in chain.costs.items()]
    sizes = [(line.removeprefix("deploy: "), f"{size:,}") for line, size in chain.sizes.items()]
    steps = [(step.name, step.who, str(step.times), f"{step.total:,}") for step in chain.steps]
    ways = [(one.way, one.what, one.who, str(one.times), f"{one.total:,}") for one in chain.ways]
    tables = (
        (("transaction", "gas", "before"), 1, sorted(costs)),
        (("code", "bytes"), 1, sorted(sizes)),
        (("a dispute of three jurors, from end to end", "who", "times", "gas"), 2, steps),
        (("template, in a token", "to", "who", "times", "gas"), 3, ways),
    )
    return "\n".join(rows(*table) for table in tables)


def rows(head: tuple[str, ...], words: int, body: Sequence[tuple[str, ...]]) -> str:
    """A table; the first columns are `words`, the others numbers."""
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    rule = ["-" * width if i < words else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    lines = [
        [
            cell.ljust(w) if i < words else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        for row in (head, rule, *body)
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
