"""The order of the story: each step has a title and a function of the stage."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from backend.terms.kinds import KIND_NAMES
from scripts.parameters import GOODS
from scripts.people import Person
from scripts.story import trading, voting
from scripts.story.stage import Stage, Told

ALICE, BOB, CAROL, DAVE, ERIN = Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE, Person.ERIN
MARA, NOOR, OLU, RITA = Person.MARA, Person.NOOR, Person.OLU, Person.RITA
GIG = KIND_NAMES.index("gig") + 1
ETHER, TUSD = 10**18, 10**6
OLD_FEE, GIG_FEE = 250, 300  # bps; what the profile `local` starts with
NEW_FEE = 150  # bps; what members vote for
NEXT_FEE = 100  # bps; what they are asked for next, in a market to develop with

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table."""

    title: str
    play: Callable[[Stage], Told]


def _step(
    title: str,
    function: Callable[Concatenate[Stage, P], Told],
    *arguments: P.args,
    **named: P.kwargs,
) -> Step:
    return Step(title, lambda stage: function(stage, *arguments, **named))


def _sale(
    offer: str, text: str, symbol: str, price: int, kind: int = GOODS, fills: int = 1
) -> Step:
    return _step(
        f"Alice signs: {text}",
        trading.sign_sale,
        offer,
        ALICE,
        text=text,
        symbol=symbol,
        price=price,
        kind=kind,
        max_fee_bps=GIG_FEE if kind == GIG else OLD_FEE,
        fills=fills,
    )


TRADE = (
    _sale("bicycle", "a bicycle", "ETH", 4 * ETHER // 10, fills=4),
    _sale("table", "an oak table", "TUSD", 800 * TUSD),
    _sale("website", "a website", "ETH", 2 * ETHER // 10 + 1, GIG),
    _step("Bob buys with coin", trading.take, "bicycle 1", "bicycle", BOB),
    _step("Carol gets test tokens", trading.mint, CAROL, "TUSD", 1_000 * TUSD),
    _step("Carol buys with a permit", trading.take_with_permit, "table", "table", CAROL),
    _step("Dave buys a bicycle too", trading.take, "bicycle 2", "bicycle", DAVE, fill=1),
    _step("Erin orders a website", trading.take, "website", "website", ERIN),
    _step("Alice delivers to two", trading.perform, ("bicycle 1", "table"), ALICE),
    _step("Bob accepts", trading.accept, "bicycle 1", BOB),
    _step("Alice and Erin agree", trading.split, "website", ALICE, ERIN, 6_000, RITA),
    _step("Two days pass", trading.wait_for_default, "table"),
    _step("Carol was silent", trading.expire, "table", RITA),
    _step("Another day passes", trading.wait_for_default, "bicycle 2"),
    _step("Alice missed the deadline", trading.expire, "bicycle 2", RITA),
)
EARN = (
    _step(
        "Alice claims for all", voting.claim, ("bicycle 1", "table", "bicycle 2", "website"), ALICE
    ),
)
VOTE = (
    _step("Bob buys again", trading.take, "bicycle 3", "bicycle", BOB, fill=2),
    _step("Mara proposes", voting.propose_fee, MARA, NEW_FEE),
    _step("The voting delay passes", voting.wait_for_vote),
    _step("Mara votes", voting.vote, MARA, voting.FOR),
    _step("Noor signs a vote", voting.relay_vote, NOOR, voting.FOR, RITA),
    _step("Alice votes with what she earned", voting.vote, ALICE, voting.FOR),
    _step("Olu votes", voting.vote, OLU, voting.AGAINST),
    _step("The voting period passes", voting.wait_for_result),
    _step("Queue", voting.queue, RITA),
    _step("The timelock's delay passes", voting.wait_for_timelock),
    _step("Execute", voting.execute, RITA),
    _step("The notice passes", voting.wait_for_rules),
)
AFTER = (
    _step("Bob buys under the new rules", trading.take, "bicycle 4", "bicycle", BOB, fill=3),
    _step("Alice delivers both", trading.perform, ("bicycle 3", "bicycle 4"), ALICE),
    _step("Bob accepts the old trade", trading.accept, "bicycle 3", BOB),
    _step("Bob accepts the new trade", trading.accept, "bicycle 4", BOB),
    _step("The treasury collects its coin", voting.collect_fees, "ETH", RITA),
)
STORY: tuple[Step, ...] = TRADE + EARN + VOTE + AFTER

# What a market to develop with has besides: offers to take, trades and a vote that are open.
SEEDS: tuple[Step, ...] = (
    _sale("chair", "a garden chair", "ETH", 5 * ETHER // 100, fills=9),
    _sale("lamp", "a brass lamp", "TUSD", 60 * TUSD),
    _sale("logo", "a logo", "ETH", ETHER // 10, GIG, fills=3),
    _step("Bob buys a chair", trading.take, "chair 1", "chair", BOB),
    _step("Dave buys a chair", trading.take, "chair 2", "chair", DAVE, fill=1),
    _step("Erin orders a logo", trading.take, "logo 1", "logo", ERIN),
    _step("Alice delivers two of three", trading.perform, ("chair 2", "logo 1"), ALICE),
    _step("Erin disputes", trading.dispute, "logo 1", ERIN),
    _step("Noor proposes", voting.propose_fee, NOOR, NEXT_FEE),
    _step("The voting delay passes", voting.wait_for_vote),
    _step("Olu votes", voting.vote, OLU, voting.FOR),
)


def play(stage: Stage, steps: Iterable[Step] = STORY) -> Iterator[tuple[Step, Told]]:
    """Plays one step after the other, and tells of each when it is done."""
    for step in steps:
        yield step, step.play(stage)
