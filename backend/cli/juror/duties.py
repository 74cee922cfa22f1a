"""`commonhold juror duties`: what a juror has to do, up to when, and what to type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from eth_utils.address import is_address, to_checksum_address

from backend.cli.api import Api, ApiUrl
from backend.cli.terminal import CommandError, DeploymentFile, explained, say
from backend.cli.wallet import As, KeyFile, find_account
from backend.settings import Settings
from backend.terms.court import CaseStatus, SeatState
from backend.terms.words import moment

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a seat asks of its juror. `until` is the last second (unix) of it; both are None where
    there is nothing to do now."""

    case: str
    words: str
    until: int | None = None
    command: str | None = None


@explained
def duties(
    address: Annotated[
        str | None, typer.Argument(help="The juror; without it, your wallet's address.")
    ] = None,
    api_url: ApiUrl = None,
    key_file: KeyFile = None,
    name: As = None,
    deployment: DeploymentFile = None,
) -> None:
    """Show the open cases you sit on, what to do in each, and up to when.

    Asks the API, which follows the chain; times are the chain's.
    """
    settings = Settings.read(deployment=deployment)
    juror = _who(settings, address, key_file, name)
    api = Api(api_url, settings)
    block = api.get("/disputes", {"limit": "1"})["asOf"]
    listed = api.every("/disputes", {"juror": juror, "status": "open"})
    found = [
        duty for case in listed if (duty := duty_in(api.get(f"/disputes/{case['id']}"), juror))
    ]
    say(f"{juror} at block {block['number']}, {moment(block['time'])}:")
    if not found:
        say("No open case. Who stakes can be drawn: `commonhold juror stake AMOUNT`.")
    for duty in sorted(found, key=lambda one: (one.until is None, one.until or 0, one.case)):
        say(f"Case {duty.case}")
        until = "" if duty.until is None else f", until {moment(duty.until)}"
        say(f"  {duty.words}{until}")
        if duty.command is not None:
            say(f"  {duty.command}")


def duty_in(case: Json, juror: str) -> Duty | None:
    """What an open case asks of a juror now. None where it sat on an earlier panel only."""
    panel: Json = max(case["panels"], key=lambda one: (one["round"], one["attempt"]))
    # A seat that was struck in time is told of beside the one who has it now.
    own = [seat for seat in panel["seats"] if seat["juror"] == juror]
    if not own:
        return None
    state, deadline = SeatState(own[-1]["state"]), case["deadline"]
    status, is_due = CaseStatus(case["status"]), bool((case["nextStep"] or {}).get("due"))
    if is_due and status == CaseStatus.EVIDENCE and panel["seated"] == panel["jurors"]:
        # The vote itself moves the case on.
        status, deadline, is_due = CaseStatus.COMMIT, deadline + case["jury"]["commitPeriod"], False
    elif is_due and status == CaseStatus.COMMIT:
        status, deadline, is_due = CaseStatus.REVEAL, deadline + case["jury"]["revealPeriod"], False
    return _duty(case["id"], status, state, deadline, is_due, case["asOf"]["time"])


def _duty(
    case: str, status: CaseStatus, state: SeatState, deadline: int, is_due: bool, now: int
) -> Duty:
    is_open = not is_due and now <= deadline
    at = (status, state)
    if state in (SeatState.STRUCK, SeatState.REPLACED, SeatState.DENOUNCED):
        how = SeatState.DENOUNCED if state == SeatState.DENOUNCED else SeatState.STRUCK
        duty = Duty(case, f"Your seat was {how}: nothing to do.")
    elif at == (CaseStatus.COMMIT, SeatState.SEATED) and is_open:
        command = f"commonhold juror commit {case} --performer PERCENT"
        duty = Duty(case, "Commit to a split", deadline, command)
    elif at == (CaseStatus.REVEAL, SeatState.COMMITTED) and is_open:
        duty = Duty(case, "Reveal your vote", deadline, f"commonhold juror reveal {case}")
    elif status == CaseStatus.EVIDENCE:
        when = f", from {moment(deadline + 1)} on" if is_open else ""
        duty = Duty(case, f"Seated. Look at the evidence; commit later{when}.")
    elif at == (CaseStatus.COMMIT, SeatState.COMMITTED):
        words = f"Committed. Reveal once all have, or after {moment(deadline)}; tell nobody before."
        duty = Duty(case, words)
    elif state == SeatState.REVEALED:
        duty = Duty(case, "Revealed: nothing to do until the case is decided.")
    else:
        words = "You did not vote in time: if the panel rules, it costs a part of the seat's stake."
        duty = Duty(case, words)
    return duty


def _who(settings: Settings, address: str | None, key_file: str | None, name: str | None) -> str:
    if address is None:
        chain_id = settings.read_deployment().chain_id
        return str(find_account(key_file, name, chain_id).address)
    if key_file is not None or name is not None:
        raise CommandError("Give an address or a wallet, not both.")
    if not is_address(address):
        raise CommandError(f"{address} is not an address: 0x and 40 hexadecimal digits.")
    return str(to_checksum_address(address))
