"""The performer's share, as people say it."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from backend.cli.terminal import CommandError
from backend.terms.payout import BPS

_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?%?")

Percent = Annotated[
    str | None,
    typer.Option(
        "--performer",
        metavar="PERCENT",
        help="What the performer should get of the tranche: 0 to 100, at most two decimals.",
    ),
]
Bps = Annotated[
    int | None, typer.Option("--bps", metavar="N", help="The same in basis points: 0 to 10000.")
]


def read_share(percent: str | None, bps: int | None) -> int:
    """Basis points. Raises CommandError unless exactly one is given and makes sense."""
    if (percent is None) == (bps is None):
        raise CommandError(
            "How do you vote? Give --performer PERCENT, the performer's share, or --bps N; one of"
            " them."
        )
    if percent is not None:
        found = _PERCENT.fullmatch(percent.strip())
        if found is None:
            raise CommandError(
                f"{percent!r} is no share: write a number from 0 to 100 with at most two decimals,"
                " such as 62.5."
            )
        bps = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    assert bps is not None
    if not 0 <= bps <= BPS:
        raise CommandError("A share is 0 to 100 percent: 0 to 10000 basis points.")
    return bps


def show_share(bps: int) -> str:
    whole, rest = divmod(bps, 100)
    decimals = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{whole}{decimals}% for the performer"
