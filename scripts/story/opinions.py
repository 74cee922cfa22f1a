"""The part of the story about what is said of people: an attestor, labels, and reviews."""

from backend.terms.attestations import Claim
from scripts.people import Person
from scripts.story import standing, trading, voting
from scripts.story.steps import Step, sale, step

ALICE, BOB, CAROL, DAVE = Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE
MARA, NOOR, RITA = Person.MARA, Person.NOOR, Person.RITA
PERSON, BAND = Claim.PERSON, Claim.CREDIT_BAND
PRICE = 3 * 10**16  # base units
VERIFIED, BAND_3 = 1 << 0, 1 << 5

ATTESTOR = (
    step("Mara proposes an attestor", standing.propose_attestor, MARA, RITA, (PERSON, BAND)),
    step("The voting delay passes", voting.wait_for_vote),
    step("Mara votes", voting.vote, MARA, voting.FOR),
    step("Noor votes", voting.vote, NOOR, voting.FOR),
    step("The voting period passes", voting.wait_for_result),
    step("Queue", voting.queue, RITA),
    step("The timelock's delay passes", voting.wait_for_timelock),
    step("Execute", standing.execute, RITA),
)
LABELS = (
    step("Rita verifies Bob", standing.attest, RITA, BOB, PERSON),
    step("Bob brings a credit band", standing.bring, RITA, BOB, BAND, 3),
    sale("drone", "a drone", "ETH", PRICE, labels=VERIFIED | BAND_3, least_points=1),
    step(
        "Dave has no labels",
        standing.is_refused,
        *("drone", "drone", DAVE, "Escrow_MissingLabels"),
    ),
    step("Bob has them", trading.take, "drone", "drone", BOB),
)
REVIEWS = (
    sale("lamp shade", "a lamp shade", "ETH", PRICE, fills=2),
    step("Carol buys a shade", trading.take, "shade 1", "lamp shade", CAROL),
    step("Dave buys a shade", trading.take, "shade 2", "lamp shade", DAVE, fill=1),
    step("Alice delivers to three", trading.perform, ("drone", "shade 1", "shade 2"), ALICE),
    step("Bob accepts the drone", trading.accept, "drone", BOB),
    step("Carol accepts the shade", trading.accept, "shade 1", CAROL),
    step("Dave accepts the shade", trading.accept, "shade 2", DAVE),
    step("Bob commits to a review", standing.commit, "drone", BOB, ALICE, 2, "It came late"),
    step("Alice commits to one of Bob", standing.commit, "drone", ALICE, BOB, 5, "Paid at once"),
    step("Bob reveals", standing.reveal, "drone", BOB, ALICE, 2, "It came late"),
    step("Alice reveals", standing.reveal, "drone", ALICE, BOB, 5, "Paid at once"),
    step("Alice replies", standing.reply, "drone", BOB, ALICE, "The post was on strike"),
    step(
        "Carol and Alice, together",
        standing.together,
        "shade 1",
        (CAROL, 5, "Just as shown"),
        (ALICE, 5, ""),
    ),
    step("Only Dave commits", standing.commit, "shade 2", DAVE, ALICE, 4, "Well packed"),
    step("The commit window passes", standing.wait_for_commits, "shade 2"),
    step("Dave reveals alone", standing.reveal, "shade 2", DAVE, ALICE, 4, "Well packed"),
)
OPINIONS: tuple[Step, ...] = ATTESTOR + LABELS + REVIEWS
