"""The order of the story."""

from collections.abc import Iterable, Iterator

from scripts.people import Person
from scripts.story import trading, voting
from scripts.story.disputing import DISPUTES
from scripts.story.opinions import OPINIONS
from scripts.story.stage import Stage, Told
from scripts.story.steps import GIG, Step, sale, step

ALICE, BOB, CAROL, DAVE, ERIN = Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE, Person.ERIN
MARA, NOOR, OLU, RITA = Person.MARA, Person.NOOR, Person.OLU, Person.RITA
ETHER, TUSD = 10**18, 10**6
NEW_FEE = 150  # bps; what members vote for
NEXT_FEE = 100  # bps; what they are asked for next, in a market to develop with

TRADE = (
    sale("bicycle", "a bicycle", "ETH", 4 * ETHER // 10, fills=4),
    sale("table", "an oak table", "TUSD", 800 * TUSD),
    sale("website", "a website", "ETH", 2 * ETHER // 10 + 1, GIG),
    step("Bob buys with coin", trading.take, "bicycle 1", "bicycle", BOB),
    step("Carol gets test tokens", trading.mint, CAROL, "TUSD", 1_000 * TUSD),
    step("Carol buys with a permit", trading.take_with_permit, "table", "table", CAROL),
    step("Dave buys a bicycle too", trading.take, "bicycle 2", "bicycle", DAVE, fill=1),
    step("Erin orders a website", trading.take, "website", "website", ERIN),
    step("Alice delivers to two", trading.perform, ("bicycle 1", "table"), ALICE),
    step("Bob accepts", trading.accept, "bicycle 1", BOB),
    step("Alice and Erin agree", trading.split, "website", ALICE, ERIN, 6_000, RITA),
    step("Two days pass", trading.wait_for_default, "table"),
    step("Carol was silent", trading.expire, "table", RITA),
    step("Another day passes", trading.wait_for_default, "bicycle 2"),
    step("Alice missed the deadline", trading.expire, "bicycle 2", RITA),
)
EARN = (
    step(
        "Alice claims for all", voting.claim, ("bicycle 1", "table", "bicycle 2", "website"), ALICE
    ),
)
VOTE = (
    step("Bob buys again", trading.take, "bicycle 3", "bicycle", BOB, fill=2),
    step("Mara proposes", voting.propose_fee, MARA, NEW_FEE),
    step("The voting delay passes", voting.wait_for_vote),
    step("Mara votes", voting.vote, MARA, voting.FOR),
    step("Noor signs a vote", voting.relay_vote, NOOR, voting.FOR, RITA),
    step("Alice votes with what she earned", voting.vote, ALICE, voting.FOR),
    step("Olu votes", voting.vote, OLU, voting.AGAINST),
    step("The voting period passes", voting.wait_for_result),
    step("Queue", voting.queue, RITA),
    step("The timelock's delay passes", voting.wait_for_timelock),
    step("Execute", voting.execute, RITA),
    step("The notice passes", voting.wait_for_rules),
)
AFTER = (
    step("Bob buys under the new rules", trading.take, "bicycle 4", "bicycle", BOB, fill=3),
    step("Alice delivers both", trading.perform, ("bicycle 3", "bicycle 4"), ALICE),
    step("Bob accepts the old trade", trading.accept, "bicycle 3", BOB),
    step("Bob accepts the new trade", trading.accept, "bicycle 4", BOB),
    step("The treasury collects its coin", voting.collect_fees, "ETH", RITA),
)
MARKET: tuple[Step, ...] = TRADE + EARN + VOTE + AFTER
STORY: tuple[Step, ...] = MARKET + OPINIONS + DISPUTES

# What a market to develop with has besides: offers to take, trades and a vote that are open.
SEEDS: tuple[Step, ...] = (
    sale("chair", "a garden chair", "ETH", 5 * ETHER // 100, fills=9),
    sale("lamp", "a brass lamp", "TUSD", 60 * TUSD),
    sale("logo", "a logo", "ETH", ETHER // 10, GIG, fills=3),
    step("Bob buys a chair", trading.take, "chair 1", "chair", BOB),
    step("Dave buys a chair", trading.take, "chair 2", "chair", DAVE, fill=1),
    step("Erin orders a logo", trading.take, "logo 1", "logo", ERIN),
    step("Alice delivers two of three", trading.perform, ("chair 2", "logo 1"), ALICE),
    step("Erin disputes", trading.dispute, "logo 1", ERIN),
    step("Noor proposes", voting.propose_fee, NOOR, NEXT_FEE),
    step("The voting delay passes", voting.wait_for_vote),
    step("Olu votes", voting.vote, OLU, voting.FOR),
)


def play(stage: Stage, steps: Iterable[Step] = STORY) -> Iterator[tuple[Step, Told]]:
    """Plays one step after the other, and tells of each when it is done."""
    for one in steps:
        yield one, one.play(stage)
