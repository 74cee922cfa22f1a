"""Measures gas: python -m tests.gas writes tests/gas/snapshot, --check compares with it."""

import argparse
import sys

from tests.gas.snapshot import FILE, difference, measure


def main() -> None:
    """Writes or compares; the exit code is 1 if a figure differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.gas", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    old, new = FILE.read_text() if FILE.exists() else "", measure()
    changes = difference(old, new)
    if not check:
        FILE.write_text(new)
        print(changes or "tests/gas/snapshot: nothing has changed")
    elif changes:
        sys.exit(f"{changes}\nGas differs from tests/gas/snapshot; if it should, run `make gas`.")
    else:
        print("gas: as in tests/gas/snapshot")


if __name__ == "__main__":
    main()
