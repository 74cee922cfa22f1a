"""Python's collector of cycles, told that rows make none."""

from __future__ import annotations

import gc

OBJECTS = 50_000  # made before it looks; 700 if it is not told


def collect_seldom() -> None:
    """What is there by now is never looked at again, what comes seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, 20, 100)
