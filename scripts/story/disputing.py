"""The part of the story about juries: a dispute, an appeal that overturns, a vote on juries."""

from backend.terms.court import Side
from scripts.people import JURORS, Person
from scripts.story import court, jurors, trading, voting
from scripts.story.steps import Step, sale, step

ALICE, BOB, CAROL, DAVE = Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE
MARA, NOOR, OLU, RITA = Person.MARA, Person.NOOR, Person.OLU, Person.RITA
COIN = 10**18
FIRST = (2_500, 3_500, 3_000)  # votes of the first jury: for the buyer; the last one is not shown
SECOND = (9_000, 9_000, 8_500, 10_000, 9_500, 9_000, 8_800)  # of the second: for the seller
MORE_JURORS = 5


def _seats(name: str) -> tuple[Step, ...]:
    """A seed is made, and drawn from."""
    return (
        step("Seed-givers commit", jurors.commit_seed),
        step("Blocks pass, and they reveal", jurors.reveal_seed),
        step("Rita draws the jury", court.draw, name, RITA),
    )


DISPUTE = (
    step("Members stake as jurors", jurors.stake, JURORS, COIN),
    step("An epoch passes", jurors.wait_for_epoch),
    sale("guitar", "a guitar, as new", "ETH", COIN, fills=3),
    step("Bob buys the guitar", trading.take, "guitar", "guitar", BOB),
    step("Alice delivers it", trading.perform, ("guitar",), ALICE),
    step("Bob disputes: a scratch", trading.dispute, "guitar", BOB),
    step("Bob goes to court", court.open_case, "guitar", BOB),
    step("Alice answers", court.join, "guitar", ALICE),
    step(
        "Both show evidence",
        court.show,
        "guitar",
        ((BOB, "photo of a scratch"), (ALICE, "photo from before it was sent")),
    ),
    *_seats("guitar"),
    step("The evidence period passes", court.wait_for_period, "guitar", RITA),
    step("Three jurors commit", court.commit, "guitar", FIRST),
    step("Two of them reveal", court.reveal, "guitar", (*FIRST[:2], None)),
    step("The time to reveal passes", court.wait_for_period, "guitar", RITA),
)
APPEAL = (
    step("Alice appeals", court.fund_appeal, "guitar", Side.PERFORMER, ALICE),
    step("Bob answers the appeal", court.fund_appeal, "guitar", Side.CHECKER, BOB),
    *_seats("guitar"),
    step("The evidence period passes", court.wait_for_period, "guitar", RITA),
    step("Seven jurors commit", court.commit, "guitar", SECOND),
    step("All of them reveal", court.reveal, "guitar", SECOND),
    step("Nobody appeals again", court.wait_for_period, "guitar", RITA),
    step("Rita carries it out", court.execute, "guitar", RITA),
    step("Rita pays the jurors", court.settle, "guitar", RITA),
    step("Alice claims the appeal", court.claim_appeal, "guitar", Side.PERFORMER, ALICE),
    step("Alice withdraws", court.withdraw, ALICE),
    step("Who was wrong loses reputation", voting.claim, ("guitar",), RITA),
)
JURY_VOTE = (
    step("Carol buys a guitar", trading.take, "guitar before", "guitar", CAROL, fill=1),
    step("Alice delivers it", trading.perform, ("guitar before",), ALICE),
    step("Carol disputes it", trading.dispute, "guitar before", CAROL),
    step("Mara proposes larger juries", voting.propose_jurors, MARA, MORE_JURORS),
    step("The voting delay passes", voting.wait_for_vote),
    step("Mara votes", voting.vote, MARA, voting.FOR),
    step("Noor votes", voting.vote, NOOR, voting.FOR),
    step("Olu votes", voting.vote, OLU, voting.AGAINST),
    step("The voting period passes", voting.wait_for_result),
    step("Queue", voting.queue, RITA),
    step("The timelock's delay passes", voting.wait_for_timelock),
    step("Execute", voting.execute, RITA),
    step("The notice passes", voting.wait_for_rules),
)
JURIES = (
    step("Dave buys a guitar", trading.take, "guitar after", "guitar", DAVE, fill=2),
    step("Alice delivers it", trading.perform, ("guitar after",), ALICE),
    step("Dave disputes it", trading.dispute, "guitar after", DAVE),
    step("Carol goes to court", court.open_case, "guitar before", CAROL),
    step("Alice answers: three judge", court.join, "guitar before", ALICE),
    step("Dave goes to court", court.open_case, "guitar after", DAVE),
    step("Alice answers: five judge", court.join, "guitar after", ALICE),
    *_seats("guitar before"),
    step("Rita draws the other jury", court.draw, "guitar after", RITA),
)
DISPUTES: tuple[Step, ...] = DISPUTE + APPEAL + JURY_VOTE + JURIES
