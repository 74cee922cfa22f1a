"""One comparison of what is with what should be."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, as `Contract.getter`, with both values."""

    what: str
    expected: Any
    found: Any

    @property
    def holds(self) -> bool:
        """Whether the two are the same; a list and a tuple of the same are."""
        return bool(_plain(self.expected) == _plain(self.found))

    def __str__(self) -> str:
        if self.holds:
            return f"{self.what} is {self.found}"
        return f"{self.what} should be {self.expected} and is {self.found}"


def fails(findings: Iterable[Finding]) -> list[Finding]:
    """Those that do not hold."""
    return [finding for finding in findings if not finding.holds]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, set | frozenset):
        return frozenset(_plain(item) for item in value)
    return value.lower() if isinstance(value, str) else value
