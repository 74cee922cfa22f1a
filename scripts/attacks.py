"""Writes into docs/attacks.md which tests carry the number of each attack in their names.

A row reads `| E1 | attack | answer | tests |`; the last cell is this script's, the others are
written by hand. A test carries `_E1` in its name, in Python or Solidity. `--check` holds the two
together: every row has a test, and every number that a test carries has a row where its list
(the letter) is on the page.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "attacks.md"
TESTS = ROOT / "tests"
FUNCTION = re.compile(r"^\s*(?:async def|def|function) ((?:test|invariant)\w*)\(", re.MULTILINE)
NUMBER = re.compile(r"_([A-Z]\d+)(?=_|$)")
ROW = re.compile(r"^\| ([A-Z]\d+) \|", re.MULTILINE)


def numbered(folder: Path = TESTS) -> dict[str, list[str]]:
    """The names of the tests that carry each number, sorted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in [*folder.rglob("test_*.py"), *folder.rglob("*.t.sol")]:
        for name in FUNCTION.findall(path.read_text()):
            for number in NUMBER.findall(name):
                found[number].add(name)
    return {number: sorted(names) for number, names in found.items()}


def rows(text: str) -> list[str]:
    """The numbers that have a row."""
    return ROW.findall(text)


def filled(text: str, tests: Mapping[str, list[str]]) -> str:
    """The page with the last cell of every row as the tests are now."""
    lines = []
    for line in text.splitlines():
        match = ROW.match(line)
        lines.append(_row(line, tests.get(match.group(1), [])) if match else line)
    return "\n".join(lines) + "\n"


def faults(text: str, tests: Mapping[str, list[str]]) -> Iterator[str]:
    """Where page and tests do not agree, each in a sentence."""
    listed = rows(text)
    letters = {number[0] for number in listed}
    for number in sorted({number for number in listed if listed.count(number) > 1}):
        yield f"{number} has two rows"
    for number in dict.fromkeys(listed):
        if not tests.get(number):
            yield f"no test carries the number {number}"
    for number in sorted(tests.keys() - set(listed)):
        if number[0] in letters:
            yield f"{tests[number][0]} names {number}, which has no row"
    if filled(text, tests) != text:
        yield "the names of tests are stale: run `python -m scripts.attacks`"


def _row(line: str, names: list[str]) -> str:
    written = [cell.strip() for cell in line.strip().strip("|").split(" | ")[:3]]
    return f"| {' | '.join(written)} | {', '.join(f'`{name}`' for name in names)} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.attacks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if they differ")
    check = parser.parse_args().check
    text, tests = PAGE.read_text(), numbered()
    if not check:
        text = filled(text, tests)
        PAGE.write_text(text)
    if found := list(faults(text, tests)):
        sys.exit("\n".join(f"docs/attacks.md: {fault}" for fault in found))


if __name__ == "__main__":
    main()
