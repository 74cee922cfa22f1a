"""What the API says of disputes, held against the Court's view functions at the same block."""

from collections.abc import Iterator
from typing import Any

from backend.terms.court import DECISIONS, PANEL_STATES, SEAT_STATES, STATUSES, SeatState
from scripts.check_deployment import Finding
from scripts.local.service import Service
from scripts.recompute import Addresses, Replay, read
from scripts.story import Stage
from scripts.story.court import case_id


def compare_disputes(stage: Stage, service: Service) -> Iterator[Finding]:
    """Every case of the story, its panels and seats; expected is the Court's own view."""
    listed = {told["id"] for told in service.get("/disputes", limit=100)["items"]}
    for name in stage.cases:
        case = "0x" + case_id(stage, name).hex()
        yield Finding(f"dispute about {name}: is listed", True, case in listed)
        yield from _case(stage, name, case, service.get(f"/disputes/{case}"))


def recomputed(stage: Stage) -> Iterator[Finding]:
    """Every draw and every tally, derived anew from logs alone."""
    addresses = Addresses.of_court(stage.url, stage.deployment.court.address)
    replay = Replay(stage.deployment.chain_id, addresses.court, addresses.randomness)
    differences = replay.run(read(stage.url, addresses, 0))
    yield Finding("draws and tallies from logs alone: differences", [], differences)
    yield Finding("cases from logs alone", len(stage.cases), len(replay.cases))


def _case(stage: Stage, name: str, case: str, told: dict[str, Any]) -> Iterator[Finding]:
    court, at = stage.deployment.court, {"block_identifier": told["asOf"]["number"]}
    found = court.caseOf(case, **at).dict()
    what = f"dispute about {name}"
    yield Finding(f"{what}: status", STATUSES[found["status"]], told["status"])
    sides = (found["performer"], found["checker"])
    yield Finding(f"{what}: sides", sides, (told["performer"], told["checker"]))
    yield Finding(f"{what}: rules", found["rulesVersion"], told["rulesVersion"])
    yield Finding(f"{what}: round", found["round"], told["round"])
    decision = DECISIONS[found["decision"]]
    yield Finding(f"{what}: decision", decision, told["decision"] or "none")
    if told["decision"]:
        yield Finding(f"{what}: share", found["performerBps"], told["performerBps"])
    else:
        yield Finding(f"{what}: deadline", found["deadline"], told["deadline"])
    jurors = stage.deployment.rule_book.juryRules(found["rulesVersion"], **at).dict()["jurors"]
    yield Finding(f"{what}: size of the first jury", jurors, len(told["panels"][0]["seats"]))
    for panel in told["panels"]:
        round_, attempt = panel["round"], panel["attempt"]
        state, seats = court.panelOf(case, round_, attempt, **at)
        which = f"{what}, round {round_}"
        yield Finding(f"{which}: state", PANEL_STATES[state.dict()["state"]], panel["state"])
        expected = [_seat(seat) for seat in seats]
        yield Finding(f"{which}: seats", expected, [_told_seat(seat) for seat in panel["seats"]])


def _seat(seat: Any) -> tuple[str, str, int | None]:
    juror, state, performer_bps, _ = seat
    shown = SEAT_STATES[state] is SeatState.REVEALED
    return str(juror), str(SEAT_STATES[state]), int(performer_bps) if shown else None


def _told_seat(seat: dict[str, Any]) -> tuple[str, str, int | None]:
    return seat["juror"], seat["state"], seat["performerBps"]
