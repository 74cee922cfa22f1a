"""A step of the story: a title and a function of the stage."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from backend.terms.kinds import KIND_NAMES
from scripts.parameters import GOODS
from scripts.people import Person
from scripts.story import trading
from scripts.story.stage import Stage, Told

GIG = KIND_NAMES.index("gig") + 1
OLD_FEE, GIG_FEE = 250, 300  # bps; what the profile `local` starts with

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table."""

    title: str
    play: Callable[[Stage], Told]


def step(
    title: str,
    function: Callable[Concatenate[Stage, P], Told],
    *arguments: P.args,
    **named: P.kwargs,
) -> Step:
    """Plays this function with these arguments."""
    return Step(title, lambda stage: function(stage, *arguments, **named))


def sale(
    offer: str,
    text: str,
    symbol: str,
    price: int,
    kind: int = GOODS,
    fills: int = 1,
    labels: int = 0,
    least_points: int = 0,
) -> Step:
    """Alice signs an offer of `price` base units; its taker must have `labels` and points."""
    return step(
        f"Alice signs: {text}",
        trading.sign_sale,
        offer,
        Person.ALICE,
        text=text,
        symbol=symbol,
        price=price,
        kind=kind,
        max_fee_bps=GIG_FEE if kind == GIG else OLD_FEE,
        fills=fills,
        labels=labels,
        least_points=least_points,
    )
