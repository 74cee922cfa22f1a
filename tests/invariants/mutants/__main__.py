"""Plants bugs in copies of the contracts, one at a time, and says by what each is seen.

    python -m tests.invariants.mutants [PART OF A NAME ...]

A bug that nothing sees is an error. Takes up to a minute for each; CI does not run it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.toolchain import ROOT, environment
from tests.invariants.mutants.bug import Bug
from tests.invariants.mutants.court import COURT
from tests.invariants.mutants.jurors import JURORS
from tests.invariants.mutants.market import MARKET
from tests.invariants.mutants.offers import OFFERS
from tests.invariants.mutants.standing import STANDING
from tests.invariants.mutants.voting import VOTING

BUGS = (*MARKET, *OFFERS, *JURORS, *COURT, *VOTING, *STANDING)
COPIED = (
    "backend",
    "brownie-config.yaml",
    "build",
    "cache",
    "contracts",
    "foundry.toml",
    "out",
    "pyproject.toml",
    "scripts",
    "tests",
)
LINKED = (".venv", "node_modules")
FASTER = {
    "NO_COLOR": "1",
    "FOUNDRY_INVARIANT_RUNS": "100",
    "FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT": "0",
}


def main() -> None:
    """Plants those whose names hold one of the arguments; all without arguments."""
    chosen = [
        bug for bug in BUGS if len(sys.argv) == 1 or any(part in bug.name for part in sys.argv[1:])
    ]
    for bug in BUGS:
        count = (ROOT / bug.file).read_text().count(bug.old)
        if count != 1:
            sys.exit(f"{bug.name}: {bug.file} has {count} of the lines to change")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy(copy)
        unseen = [bug.name for bug in chosen if not _is_seen(copy, bug)]
    if unseen:
        sys.exit(f"not seen: {', '.join(unseen)}")


def _copy(to: Path) -> None:
    for name in COPIED:
        source, target = ROOT / name, to / name
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True)
        elif source.exists():
            shutil.copy(source, target)
    for name in LINKED:
        (to / name).symlink_to((ROOT / name).resolve())


def _is_seen(copy: Path, bug: Bug) -> bool:
    path = copy / bug.file
    text = path.read_text()
    path.write_text(text.replace(bug.old, bug.new))
    try:
        ended = subprocess.run(
            _command(copy, bug),
            cwd=copy,
            env={**environment(), **FASTER, "SOLCX_BINARY_PATH": str(copy / "scripts/toolchain")},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        path.write_text(text)
        # Brownie compiles what is newer than what it compiled, in whole seconds.
        os.utime(path)
    output = ended.stdout + ended.stderr
    if "Compiler run failed" in output or "panicked" in output or "CompilerError" in output:
        sys.exit(f"{bug.name}: {output[-2000:]}")
    if bug.is_for_pytest:
        seen = sorted(set(re.findall(r"^FAILED \S+::(\w+)", output, re.MULTILINE)))
        reasons = sorted(set(re.findall(r"^E +(.+)", output, re.MULTILINE)))[:1]
    else:
        seen = sorted(set(re.findall(r"\[FAIL[\s\S]*?(\w+)\([^)\n]*\) \((?:runs|gas)", output)))
        reasons = sorted(set(re.findall(r'Broken(?:At)?\("([^"]+)"', output)))
    print(f"{bug.name}: {', '.join(seen) or 'NOT SEEN'} ({'; '.join(reasons)})", flush=True)
    return bool(seen)


def _command(copy: Path, bug: Bug) -> list[str]:
    if bug.is_for_pytest:
        return [sys.executable, "-m", "pytest", "-q", "--tb=short", *bug.seen_by.split()]
    selection = ["--match-contract", bug.seen_by] if bug.seen_by else []
    return [str(copy / "scripts/toolchain/forge"), "test", *selection]


if __name__ == "__main__":
    main()
