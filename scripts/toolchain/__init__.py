"""The tools and their surroundings: compiler, node, test runner."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "scripts" / "toolchain"


def environment() -> dict[str, str]:
    """The process environment in which Brownie, Forge and Slither find their tools."""
    folders = [TOOLS, Path(sys.executable).parent, ROOT / "node_modules" / ".bin"]
    inherited = os.environ.get("PATH", os.defpath).split(os.pathsep)
    first = [str(folder) for folder in folders]
    path = [*first, *(folder for folder in inherited if folder not in first)]
    return {
        **os.environ,
        "PATH": os.pathsep.join(path),
        "SOLCX_BINARY_PATH": str(TOOLS),
        "NO_UPDATE_NOTIFIER": "1",
        "ETH_HASH_BACKEND": "pysha3",
    }


def configure() -> None:
    """Applies that environment to this process; call it before importing Brownie."""
    os.environ.update(environment())
