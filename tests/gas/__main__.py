"""Measures gas: python -m tests.gas writes tests/gas/snapshot and tables of docs/gas.md.

--check compares with the snapshot, and writes nothing.
--where LINE tells where the gas of a line of the snapshot goes, group of opcodes by group;
of a whole dispute's, if LINE is "a dispute of three jurors".
--dispute prints what a whole dispute of three jurors costs, by the snapshot, and where it goes.
--ways prints what every way of trading costs its sides, by the snapshot.
"""

import argparse
import sys
from collections import Counter

from tests.gas.chain import Chain, measuring_chain
from tests.gas.page import PAGE, rewritten
from tests.gas.profile import profile
from tests.gas.snapshot import (
    FILE,
    difference,
    dispute_table,
    measure,
    measure_all,
    read,
    ways_table,
)

DISPUTE = "a dispute of three jurors"


def main() -> None:
    """Writes, compares or explains; the exit code is 1 if a figure differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.gas", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--where", action="append", metavar="LINE", help="explain, write nothing")
    parser.add_argument("--dispute", action="store_true", help="print a whole dispute's gas")
    parser.add_argument("--ways", action="store_true", help="print the gas of every template")
    arguments = parser.parse_args()
    if arguments.dispute:
        print(dispute_table(read().steps), end="")
        return
    if arguments.ways:
        print(ways_table(read().ways), end="")
        return
    if arguments.where:
        with measuring_chain(steps_tracing=True) as chain:
            measure_all(chain)
            for line in arguments.where:
                explain(chain, line)
        return
    old, new = FILE.read_text() if FILE.exists() else "", measure()
    changes = difference(old, new)
    if not arguments.check:
        FILE.write_text(new)
        PAGE.write_text(rewritten(PAGE.read_text(), read()))
        print(changes or "tests/gas/snapshot: nothing has changed")
    elif changes:
        sys.exit(f"{changes}\nGas differs from tests/gas/snapshot; if it should, run `make gas`.")
    else:
        print("gas: as in tests/gas/snapshot")


def explain(chain: Chain, line: str) -> None:
    """Prints the gas of one line by depth of call (1: the called contract) and group."""
    if line == DISPUTE:
        explain_dispute(chain)
        return
    if line not in chain.hashes:
        sys.exit(f"There is no line {line!r} in tests/gas/snapshot.")
    cost = chain.costs[line]
    groups, _ = profile(chain.node, chain.hashes[line])
    print(f"{line}: {cost.total:,}\n  {cost.intrinsic:>9,}  before any code: 21,000 and calldata")
    for (depth, group), gas in sorted(groups.items(), key=lambda item: (item[0][0], -item[1])):
        print(f"  {gas:>9,}  {depth}  {group}")
    print(f"  {cost.execution - sum(groups.values()):>9,}  refunds, and what no step shows")


def explain_dispute(chain: Chain) -> None:
    """Prints the gas of all transactions of a dispute by group."""
    costs = dict(chain.sent)
    sent = [costs[transaction] for transaction in chain.hashes_of_steps]
    sums: Counter[str] = Counter()
    for transaction in chain.hashes_of_steps:
        for (_, group), gas in profile(chain.node, transaction)[0].items():
            sums[group] += gas
    total, before = sum(cost.total for cost in sent), sum(cost.intrinsic for cost in sent)
    print(f"{DISPUTE}, {len(sent)} transactions: {total:,}")
    print(f"  {before:>9,}  before any code: 21,000 each and calldata")
    for group, gas in sums.most_common():
        print(f"  {gas:>9,}  {group}")
    print(f"  {total - before - sums.total():>9,}  refunds, and what no step shows")


if __name__ == "__main__":
    main()
