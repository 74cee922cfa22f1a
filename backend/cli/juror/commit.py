"""`commonhold juror commit`: a vote that nobody can read yet."""

from __future__ import annotations

from backend.cli.juror.desk import Deed, Desk, DryRun, desk
from backend.cli.juror.salts import NewSaltFile, new_salt, salt_for
from backend.cli.juror.seats import CaseId, OwnSeat, own_seat
from backend.cli.juror.shares import Bps, Percent, read_share, show_share
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile
from backend.terms.court import STATUSES, CaseStatus, SeatState
from backend.terms.words import moment


@explained
def commit(
    case: CaseId,
    performer: Percent = None,
    bps: Bps = None,
    salt_file: NewSaltFile = None,
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Commit to a split, once, without showing it.

    The secret is made of your wallet's signature: the same wallet reveals the vote later, and
    nothing needs to be kept or remembered. Show your vote to nobody before the reveal: who can
    prove it takes your stake.
    """
    share = read_share(performer, bps)
    with desk(rpc_url, deployment, key_file, name, dry_run) as at:
        seat = own_seat(at, case)
        _check(at, seat)
        if salt_file is None or dry_run:
            salt = salt_for(at, seat.ballot, None)
        else:
            salt = new_salt(salt_file)
        commitment = seat.ballot.commitment(share, salt)
        words = f"Commit to {show_share(share)}, from seat {seat.number} of round"
        deed = Deed(
            f"{words} {seat.ballot.round}",
            at.court,
            "commit",
            (seat.ballot.case_id, seat.number, commitment),
        )
        if at.do(deed):
            _tell(at, case, salt_file)


def _check(at: Desk, seat: OwnSeat) -> None:
    if seat.state == SeatState.COMMITTED:
        raise CommandError("You committed already, and a vote cannot be changed. Reveal it later.")
    if seat.state != SeatState.SEATED:
        raise CommandError(f"Your seat was {seat.state}: it votes no more.")
    _, due = at.court.call("nextStep", seat.ballot.case_id)
    is_due = bool(due) and at.now() >= due
    if seat.status == CaseStatus.EVIDENCE and not is_due:
        raise CommandError(f"Too early: jurors commit from {moment(due)} on.")
    if seat.status == CaseStatus.COMMIT and is_due:
        raise CommandError(f"Too late: votes could be committed until {moment(seat.deadline)}.")
    if seat.status not in (CaseStatus.EVIDENCE, CaseStatus.COMMIT):
        raise CommandError("Too late: the commit period of this round is over.")


def _tell(at: Desk, case: str, salt_file: str | None) -> None:
    found = at.court.call("caseOf", bytes.fromhex(case[2:]))
    kept = "" if salt_file is None else f" --salt-file {salt_file}"
    command = f"commonhold juror reveal {case}{kept}"
    if STATUSES[found[2]] == CaseStatus.REVEAL:
        say(f"Committed. All have: reveal now, until {moment(found[1])}:")
    else:
        say(f"Committed. Reveal once all have, or after {moment(found[1])} at the latest:")
    say(f"  {command}")
    say(
        "Nothing needs to be kept: the same wallet finds the vote again."
        if salt_file is None
        else f"Keep {salt_file}: without it the vote cannot be revealed, and costs stake."
    )
