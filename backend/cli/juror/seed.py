"""`commonhold juror seed`: a part of the seed that juries are drawn by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from backend.chain import Block
from backend.cli.juror.desk import Deed, Desk, DryRun, desk
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile
from backend.terms.jurors import HASHES_KEPT, PHASES, Phase
from backend.terms.seed_secret import SeedSeat
from backend.terms.signed_secret import sign_secret
from backend.terms.words import moment

LOOK_BACK = 16  # rounds
MARGIN = 16  # blocks in which a transaction should be mined


@dataclass(frozen=True, slots=True)
class Round:
    """A round of the seed, and one's seat in it. `deadline` is the last second (unix) of the phase,
    `target` the block whose hash is mixed in."""

    number: int
    seat: int
    phase: Phase
    deadline: int
    target: int
    committed: bool
    revealed: bool
    anybody_revealed: bool


@explained
def seed(
    number: Annotated[
        int | None,
        typer.Argument(min=1, help="The number of the seed; without it, the newest you give to."),
    ] = None,
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Give your part of a seed, when you were drawn to: run it once to commit, later to reveal.

    Does what is due for you. Who does not commit, or does not reveal, loses the bond. The secret is
    made of your wallet's signature: nothing needs to be kept.
    """
    with desk(rpc_url, deployment, key_file, name, dry_run) as at:
        found = _find(at, number)
        head = at.node.head()
        place = SeedSeat(at.chain_id, at.seeds.address, found.number, at.address)
        secret = sign_secret(place.message(), at.address, at.account)
        if found.phase == Phase.COMMIT:
            deed = _in_commit(at, found, head, place.commitment(secret))
        elif found.phase == Phase.REVEAL:
            deed = _in_reveal(at, found, head, secret)
        else:
            raise CommandError(f"Seed {found.number} is made: there is nothing left to do.")
        if at.do(deed):
            _tell(at, found.number)


def _find(at: Desk, number: int | None) -> Round:
    newest = int(at.seeds.call("currentRound"))
    if number is not None and number > newest:
        raise CommandError(f"There is no seed {number}; the newest is {newest}.")
    oldest = max(newest - LOOK_BACK, 0) + 1
    wanted = range(newest, oldest - 1, -1) if number is None else (number,)
    for one in wanted:
        phase, deadline, target, _, _, committed, revealed, givers = at.seeds.call("roundOf", one)
        if at.address in givers:
            seat = givers.index(at.address)
            has = (bool(committed >> seat & 1), bool(revealed >> seat & 1))
            return Round(one, seat, PHASES[phase], deadline, target, *has, revealed != 0)
    which = "the newest seeds" if number is None else f"seed {number}"
    raise CommandError(f"{at.address} was not drawn to give to {which}.")


def _in_commit(at: Desk, found: Round, head: Block, commitment: bytes) -> Deed:
    number, is_over = found.number, head.time > found.deadline
    if found.committed and is_over:
        return Deed(f"Close the commitments of seed {number}", at.seeds, "close", (number,))
    if found.committed:
        raise CommandError(
            f"You committed to your part of seed {number}. Run this again once all have, or after"
            f" {moment(found.deadline)}."
        )
    if is_over:
        raise CommandError(f"Too late: seed {number} took parts until {moment(found.deadline)}.")
    words = f"Commit to your part of seed {number}"
    return Deed(words, at.seeds, "commit", (number, found.seat, commitment))


def _in_reveal(at: Desk, found: Round, head: Block, secret: bytes) -> Deed:
    number = found.number
    if found.revealed:
        raise CommandError(f"You gave your part of seed {number}: there is nothing left to do.")
    if not found.committed:
        raise CommandError(f"You did not commit to a part of seed {number}: the bond is lost.")
    if head.time > found.deadline:
        raise CommandError(f"Too late: seed {number} was open until {moment(found.deadline)}.")
    first = found.target + int(at.seeds.call("depth"))
    if head.number + 1 < first:
        raise CommandError(
            f"Too early: parts of seed {number} are shown from block {first} on; the newest is"
            f" {head.number}."
        )
    if not found.anybody_revealed and head.number + MARGIN > found.target + HASHES_KEPT:
        # A secret that is shown without the target's hash would let others choose the draw.
        return Deed(f"Set another target for seed {number}", at.seeds, "mix", (number,))
    return Deed(
        f"Show your part of seed {number}", at.seeds, "reveal", (number, found.seat, secret)
    )


def _tell(at: Desk, number: int) -> None:
    found = _find(at, number)
    if found.phase == Phase.DONE:
        say(f"Seed {number} is made: juries can be drawn by it.")
    elif found.phase == Phase.REVEAL and not found.revealed:
        first = found.target + int(at.seeds.call("depth"))
        say(f"Show your part from block {first} on, until {moment(found.deadline)}:")
        say(f"  commonhold juror seed {number}")
    elif found.phase == Phase.COMMIT:
        say(f"Committed. Show your part once all have, or after {moment(found.deadline)}:")
        say(f"  commonhold juror seed {number}")
    else:
        say(f"Given. Others have until {moment(found.deadline)}.")
