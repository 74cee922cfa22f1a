"""The committed figures: written, read, compared."""

from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from tests.gas.chain import Chain, Cost, measuring_chain
from tests.gas.jurors import measure_jurors
from tests.gas.market import deploy_market
from tests.gas.membership import measure_membership
from tests.gas.trading import measure_trading

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
    measure_jurors(market)


@dataclass(frozen=True, slots=True)
class Figures:
    """Costs of transactions by line, and bytes of code by contract."""

    costs: dict[str, Cost]
    sizes: dict[str, int]


def read() -> Figures:
    """The committed figures."""
    figures = Figures({}, {})
    for row in FILE.read_text().splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        numbers = [cell.replace(",", "") for cell in cells[1:]]
        if not numbers or not all(number.isdigit() for number in numbers):
            continue
        if len(numbers) == 2:
            figures.costs[cells[0]] = Cost(int(numbers[0]), int(numbers[1]))
        else:
            figures.sizes[cells[0]] = int(numbers[0])
    return figures


def difference(old: str, new: str) -> str:
    """The lines that differ; empty if none does."""
    lines = unified_diff(old.splitlines(), new.splitlines(), "committed", "measured", "", "", 0, "")
    return "\n".join(lines)


def _table(chain: Chain) -> str:
    width = max(map(len, chain.costs))
    rows = [
        f"| {'transaction':{width}} |       gas |    before |",
        f"| {'-' * width} | --------: | --------: |",
    ]
    rows += [
        f"| {line:{width}} | {cost.total:9,} | {cost.intrinsic:9,} |"
        for line, cost in sorted(chain.costs.items())
    ]
    rows += ["", f"| {'code':{width}} |     bytes |", f"| {'-' * width} | --------: |"]
    rows += [
        f"| {line.removeprefix('deploy: '):{width}} | {size:9,} |"
        for line, size in sorted(chain.sizes.items())
    ]
    return "\n".join(rows) + "\n"
