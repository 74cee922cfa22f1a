"""One planted bug."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bug:
    """One change of one place. `seen_by` is a short selection that sees it: tests for pytest, or
    what Foundry's --match-contract takes; if empty, everything that Foundry runs.
    """

    name: str
    file: str
    old: str
    new: str
    seen_by: str = ""

    @property
    def is_for_pytest(self) -> bool:
        return self.seen_by.startswith("tests/")
