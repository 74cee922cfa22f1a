"""Contract interfaces, generated from the build and never edited."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> tuple[dict[str, Any], ...]:
    """The ABI of a contract: its functions, events and errors."""
    return tuple(json.loads((Path(__file__).parent / f"{name}.json").read_text())["abi"])
