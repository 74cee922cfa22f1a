"""Installs everything the repository needs, once for each state of its lock files.

Runs under the system's Python, before any environment exists: standard library only.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
MODULES = ROOT / "node_modules"
WEB_MODULES = ROOT / "web" / "node_modules"
UV = "uv==0.13.9"
OLDEST_PYTHON, NEWEST_PYTHON, OLDEST_NODE = (3, 11), (3, 13), 20


def stamp(*names: str) -> str:
    """Name of the mark left when these files, as they are now, are installed."""
    digest = hashlib.sha256()
    for name in names:
        digest.update((ROOT / name).read_bytes())
    return f".installed-{digest.hexdigest()[:16]}"


def run(*command: str | Path) -> None:
    """Runs a command, and stops here with its exit code if it fails."""
    print("+", " ".join(str(word) for word in command), flush=True)
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


def check_tools() -> None:
    """Stops with a clear message when Python or Node is missing or of another version."""
    if not OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"Python 3.11 to 3.13 is needed, found {found}; try: make PYTHON=python3.11 setup")
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        sys.exit(f"Node.js {OLDEST_NODE} or later, with npm, is needed and was not found")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    match = re.match(r"v(\d+)", version)
    if match is None or int(match.group(1)) < OLDEST_NODE:
        sys.exit(f"Node.js {OLDEST_NODE} or later is needed, found {version.strip()}")


def settled(folder: Path, mark: str) -> bool:
    """Whether this folder is up to date, or belongs to another checkout (a link)."""
    if (folder / mark).exists():
        return True
    if folder.is_symlink():
        print(f"note: {folder.name} is a link, and was installed from other lock files than these")
        return True
    return False


def leave(folder: Path, mark: str) -> None:
    """Marks a folder as installed, and drops older marks."""
    for old in folder.glob(".installed-*"):
        old.unlink()
    (folder / mark).touch()


def install_python(mark: str) -> None:
    """The virtual environment: uv, then exactly what the lock file lists, then this project."""
    python = VENV / "bin" / "python"
    if not python.exists():
        run(sys.executable, "-m", "venv", VENV)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
    uv = VENV / "bin" / "uv"
    target = ("--quiet", "--python", str(python))
    run(uv, "pip", "sync", *target, "--require-hashes", "requirements.lock")
    run(uv, "pip", "install", *target, "--no-deps", "--no-build-isolation", "--editable", ".")
    leave(VENV, mark)


def install_node(folder: Path, mark: str) -> None:
    """The compiler, the nodes and the contracts library; in `web`, what the pages are built of."""
    run("npm", "--prefix", folder.parent, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    leave(folder, mark)


def main() -> None:
    """Installs what is not yet installed."""
    os.environ.pop("VIRTUAL_ENV", None)
    python_mark = stamp("requirements.lock", "pyproject.toml")
    python_ready = settled(VENV, python_mark)
    marks = {MODULES: stamp("package-lock.json"), WEB_MODULES: stamp("web/package-lock.json")}
    missing = [folder for folder, mark in marks.items() if not settled(folder, mark)]
    if python_ready and not missing:
        return
    check_tools()
    if not python_ready:
        install_python(python_mark)
    for folder in missing:
        install_node(folder, marks[folder])


if __name__ == "__main__":
    main()
