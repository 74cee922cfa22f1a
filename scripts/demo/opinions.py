"""What the API says of reviews and labels, held against the contracts' views at the same block."""

from collections.abc import Iterator
from typing import Any

from backend.terms.attestations import CLAIM_NAMES, LABEL_NAMES, Claim
from backend.terms.reviews import ReviewStatus
from scripts.check_deployment import Finding
from scripts.local.service import Service
from scripts.people import Person
from scripts.story import Stage

STATES = {
    ReviewStatus.NONE: {"none", "expired"},
    ReviewStatus.COMMITTED: {"committed", "expired"},
    ReviewStatus.REVEALED: {"revealed"},
}


def compare_opinions(stage: Stage, service: Service) -> Iterator[Finding]:
    """Every review of the story's trades, and every label of its people."""
    for name, opened in stage.trades.items():
        answer = service.get(f"/trades/0x{opened.trade_id.hex()}")
        if answer["reviews"] is not None:
            at = {"block_identifier": answer["asOf"]["number"]}
            yield from _reviews(stage, name, answer["reviews"], at)
    for person in Person:
        yield from _labels(stage, service, person)
    yield from _attestors(stage, service)


def _reviews(stage: Stage, name: str, told: Any, at: dict[str, int]) -> Iterator[Finding]:
    contract, opened = stage.deployment.reviews, stage.trades[name]
    _, *windows = contract.windowsOf(opened.calldata, **at)
    found = [told["commitUntil"], told["revealUntil"]]
    yield Finding(f"{name}: windows of reviews", windows, found)
    people = {person.address: person.title for person in Person}
    for one in told["items"]:
        author, subject = one["author"], one["subject"]
        state = contract.reviewOf(opened.trade_id, author, subject, **at)
        what = f"{name}: {people[author]} of {people[subject]}"
        status = ReviewStatus(state[0])
        yield Finding(f"{what}, status", True, one["state"] in STATES[status])
        if status is ReviewStatus.REVEALED:
            review = one["review"]
            shown = (review["rating"], review["reply"] is not None)
            yield Finding(f"{what}, stars and reply", (int(state[3]), bool(state[5])), shown)


def _labels(stage: Stage, service: Service, person: Person) -> Iterator[Finding]:
    answer = service.get(f"/members/{person.address}/labels")
    at = {"block_identifier": answer["asOf"]["number"]}
    mask = int(stage.deployment.attestations.labelsOf(person.address, **at))
    standing = (one["labels"] for one in answer["items"] if one["state"] == "standing")
    told = sum(1 << LABEL_NAMES.index(label) for labels in standing for label in labels)
    if mask or told:
        yield Finding(f"labels of {person.title}", mask, told)


def _attestors(stage: Stage, service: Service) -> Iterator[Finding]:
    answer = service.get("/attestors")
    at = {"block_identifier": answer["asOf"]["number"]}
    claims = {name: claim for claim, name in CLAIM_NAMES.items()}
    told = dict.fromkeys(Claim, 0)
    for one in answer["items"]:
        told[claims[one["claim"]]] += one["allowed"]
    for claim, count in told.items():
        found = int(stage.deployment.attestations.attestors(claim, **at))
        yield Finding(f"attestors of {CLAIM_NAMES[claim]}", found, count)
