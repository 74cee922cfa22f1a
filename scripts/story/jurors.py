"""Jurors stake, and some of them make the seed that draws juries."""

from eth_utils.crypto import keccak

from backend.terms.offer import ZERO_ADDRESS
from scripts.people import Person
from scripts.story.money import amount
from scripts.story.stage import Stage, Told
from scripts.toolchain.network import rpc


def stake(stage: Stage, people: tuple[Person, ...], wei: int) -> Told:
    """Each can be drawn from the next epoch on."""
    pool = stage.deployment.juror_pool
    receipts = tuple(stage.send(who, pool.stake, wei, value=wei) for who in people)
    each = amount(stage, ZERO_ADDRESS, wei)
    return Told(f"{len(people)} members", f"{each} staked by each, to sit on juries", receipts)


def wait_for_epoch(stage: Stage) -> Told:
    """The clock moves to the next epoch, from which new stakes count."""
    pool = stage.deployment.juror_pool
    stage.wait_until(pool.start() + pool.currentEpoch() * pool.epochLength())
    return Told("time", f"epoch {pool.currentEpoch()} of the juror pool: the stakes count")


def commit_seed(stage: Stage) -> Told:
    """Every seed-giver of the round commits to a secret, under bond."""
    seed, number = stage.deployment.seed, stage.deployment.seed.currentRound()
    receipts, names = [], []
    for seat, giver in enumerate(_givers(stage)):
        commitment = seed.commitmentOf(number, giver.address, _secret(giver, number))
        receipts.append(stage.send(giver, seed.commit, number, seat, commitment))
        names.append(giver.title)
    return Told(", ".join(names), "secrets for the seed committed, under bond", tuple(receipts))


def reveal_seed(stage: Stage) -> Told:
    """Blocks pass, one of which is mixed in; then every seed-giver shows the secret."""
    seed, number = stage.deployment.seed, stage.deployment.seed.currentRound()
    rpc(stage.url, "anvil_mine", hex(seed.depth() + 1))
    receipts, names = [], []
    for seat, giver in enumerate(_givers(stage)):
        receipts.append(stage.send(giver, seed.reveal, number, seat, _secret(giver, number)))
        names.append(giver.title)
    (told,) = stage.logs(seed, "SeedSet", receipts[-1])
    changed = f"secrets shown: the seed is {hex(told['seed'])[:10]}..."
    return Told(", ".join(names), changed, tuple(receipts))


def _givers(stage: Stage) -> list[Person]:
    seed = stage.deployment.seed
    people = {person.address: person for person in Person}
    return [people[giver] for giver in seed.roundOf(seed.currentRound()).dict()["givers"]]


def _secret(giver: Person, number: int) -> bytes:
    """Of one who gives secrets away: a real one is drawn at random and kept."""
    return keccak(text=f"{giver.title} gives a secret to round {number}")
