"""`commonhold juror reveal`: the vote is found again and shown."""

from __future__ import annotations

from backend.cli.juror.desk import Deed, Desk, DryRun, desk
from backend.cli.juror.salts import SaltFile, salt_for
from backend.cli.juror.seats import CaseId, OwnSeat, own_seat
from backend.cli.juror.shares import Bps, show_share
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile
from backend.terms.court import STATUSES, CaseStatus, SeatState
from backend.terms.words import moment


@explained
def reveal(
    case: CaseId,
    bps: Bps = None,
    salt_file: SaltFile = None,
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Show the vote that you committed to.

    The wallet's signature gives the secret again, and the choice is found by trying all 10,001
    against the commitment, on this machine. --bps only checks that it is the one you remember.
    """
    with desk(rpc_url, deployment, key_file, name, dry_run) as at:
        seat = own_seat(at, case)
        _check(at, seat)
        salt = salt_for(at, seat.ballot, salt_file)
        share = seat.ballot.choice(seat.commitment, salt)
        if share is None:
            raise CommandError(_not_found(salt_file))
        if bps is not None and bps != share:
            raise CommandError(f"You committed to {show_share(share)}, not to {bps} basis points.")
        words = f"Reveal {show_share(share)}, from seat {seat.number} of round"
        deed = Deed(
            f"{words} {seat.ballot.round}",
            at.court,
            "reveal",
            (seat.ballot.case_id, seat.number, share, salt),
        )
        if at.do(deed):
            _tell(at, seat, share)


def _check(at: Desk, seat: OwnSeat) -> None:
    if seat.state == SeatState.REVEALED:
        raise CommandError(f"You revealed already: {show_share(seat.performer_bps)}.")
    if seat.state in (SeatState.STRUCK, SeatState.DENOUNCED):
        raise CommandError(f"Your seat was {seat.state}: it votes no more.")
    _, due = at.court.call("nextStep", seat.ballot.case_id)
    is_due = bool(due) and at.now() >= due
    if seat.status == CaseStatus.COMMIT and not is_due:
        if seat.state == SeatState.SEATED:
            raise CommandError(
                "You have not committed yet: `commonhold juror commit CASE --performer PERCENT`,"
                f" until {moment(seat.deadline)}."
            )
        raise CommandError(
            f"Too early: others may commit until {moment(seat.deadline)}. Who shows a vote before"
            " all have committed loses the stake. Reveal then, or once all have."
        )
    if seat.status == CaseStatus.EVIDENCE:
        raise CommandError("Too early: jurors have not voted yet.")
    if seat.state == SeatState.SEATED:
        raise CommandError("You did not commit in time, so there is no vote to reveal.")
    if seat.status == CaseStatus.REVEAL and is_due:
        raise CommandError(f"Too late: votes could be revealed until {moment(seat.deadline)}.")
    if seat.status not in (CaseStatus.COMMIT, CaseStatus.REVEAL):
        raise CommandError("Too late: the reveal period of this round is over.")


def _not_found(salt_file: str | None) -> str:
    if salt_file is not None:
        return f"The salt in {salt_file} does not open your commitment: is it another vote's?"
    return (
        "This wallet's signature does not open your commitment: the vote was committed with another"
        " salt. Reveal it with --salt-file FILE, or from the program that committed it."
    )


def _tell(at: Desk, seat: OwnSeat, share: int) -> None:
    say(f"Revealed: {show_share(share)}.")
    found = at.court.call("caseOf", seat.ballot.case_id)
    status = STATUSES[found[2]]
    if status == CaseStatus.REVEAL:
        say(f"Others have until {moment(found[1])}.")
    elif found[6] > seat.ballot.round:
        say(f"All have: the panel ruled {show_share(found[11])}. The case is in status {status}.")
