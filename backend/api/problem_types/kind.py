"""What a problem's type is, and all of them."""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "urn:problem-type:commonhold:"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One row of the list: `advice` says to the client's author what to do about it."""

    name: str
    status: int
    title: str
    advice: str

    @property
    def uri(self) -> str:
        return PREFIX + self.name


ALL: dict[str, ProblemType] = {}


def new(name: str, status: int, title: str, advice: str) -> ProblemType:
    if name in ALL:
        raise ValueError(f"two problems are named {name}")
    ALL[name] = ProblemType(name, status, title, advice)
    return ALL[name]
