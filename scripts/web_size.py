"""How much JavaScript the market's first page loads, compressed; fails where it is too much.

    python -m scripts.web_size

What is loaded is read from the manifest of the build: the document's script, the page of the
market, its texts in one language, and all that these need.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backend.api.built import FOLDER

LIMIT = 90_000  # bytes, gzipped
FIRST = (
    "index.html",
    "src/pages/market/Market.svelte",
    "src/words/en/common.ts",
    "src/words/en/market.ts",
    "src/words/en/wallet.ts",
)


def loaded(manifest: dict[str, Any], names: Iterable[str]) -> set[str]:
    """The files of these modules and of all that they import."""
    files: set[str] = set()
    waiting = list(names)
    while waiting:
        chunk = manifest[waiting.pop()]
        if chunk["file"] not in files:
            files.add(chunk["file"])
            waiting += chunk.get("imports", [])
    return files


def sizes(folder: Path = FOLDER) -> dict[str, int]:
    """Gzipped bytes of each script of the first page."""
    manifest = json.loads((folder / ".vite" / "manifest.json").read_text())
    scripts = sorted(name for name in loaded(manifest, FIRST) if name.endswith(".js"))
    return {name: len(gzip.compress((folder / name).read_bytes(), 9)) for name in scripts}


def main() -> None:
    """Prints the figure."""
    total = sum(sizes().values())
    told = f"The first page loads {total / 1_000:.1f} kB of JavaScript, gzipped"
    if total > LIMIT:
        sys.exit(f"{told}: more than {LIMIT / 1_000:.0f} kB. Load what it can do without later.")
    print(f"{told} (at most {LIMIT / 1_000:.0f} kB).")


if __name__ == "__main__":
    main()
