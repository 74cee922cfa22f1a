"""Where the database and the chain say different things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ROW = "(the row)"  # in place of a column: the row itself is missing, or should not be there
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of one row. `told_by` is the view or the log that the chain's value is from."""

    table: str
    key: Mapping[str, Any]
    column: str
    database: Any
    chain: Any
    told_by: str

    @property
    def place(self) -> tuple[str, tuple[tuple[str, Any], ...], str]:
        """Which value: the same however it was found."""
        return self.table, tuple(sorted(self.key.items())), self.column

    def __str__(self) -> str:
        key = ", ".join(f"{name}={value}" for name, value in self.key.items())
        return (
            f"{self.table} [{key}] {self.column}: the database says {self.database}, the chain"
            f" {self.chain} ({self.told_by})"
        )
