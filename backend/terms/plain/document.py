"""The text of an offer, whose SHA2-256 is signed: lines of `name: words`, then free text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def write(template: str, said: Sequence[tuple[str, str]], about: str) -> str:
    """As it is hashed."""
    lines = [f"{name}: {value}" for name, value in (("template", template), *said)]
    return "\n".join(lines) + (f"\n\n{about}" if about else "\n")


def read(text: str) -> tuple[Mapping[str, Sequence[str]], str]:
    """The words by their names, and the free text. ValueError: it is another kind of text."""
    head, _, about = text.partition("\n\n")
    found: dict[str, list[str]] = {}
    for line in head.removesuffix("\n").split("\n"):
        name, mark, value = line.partition(": ")
        if not mark:
            raise ValueError("the text does not begin with lines of `name: words`")
        found.setdefault(name, []).append(value)
    return found, about
