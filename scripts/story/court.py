"""A dispute before the Court: open, join, show, draw, commit, reveal, appeal, execute, settle."""

from collections.abc import Sequence
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from backend.terms.cid import cid_of, content_hash
from backend.terms.court import SEAT_STATES, STATUSES, CaseStatus, SeatState, Side
from backend.terms.jury_salt import Ballot
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.signed_secret import sign_secret
from scripts.people import Person
from scripts.story.money import amount, percent
from scripts.story.stage import Stage, StoryError, Told

TRANCHE = 0
ALL = 60  # numbers to try in a draw


def case_id(stage: Stage, name: str) -> bytes:
    """The id of the case about this trade."""
    return keccak(encode(["bytes32", "uint256"], [stage.trades[name].trade_id, TRANCHE]))


def open_case(stage: Stage, name: str, who: Person) -> Told:
    """A side of a disputed trade brings it before the Court, with its deposit."""
    opened, court = stage.trades[name], stage.deployment.court
    fee = court.arbitrationFee(opened.trade.pin.rules_version)
    receipt = stage.send(who, court.openCase, opened.calldata, TRANCHE, value=fee)
    stage.cases.append(name)
    return Told(who.title, f"{name} is before the Court: {_coin(stage, fee)} deposited", (receipt,))


def join(stage: Stage, name: str, who: Person) -> Told:
    """The other side deposits as much; who does not loses without a jury."""
    court = stage.deployment.court
    fee = court.arbitrationFee(stage.trades[name].trade.pin.rules_version)
    receipt = stage.send(who, court.join, case_id(stage, name), value=fee)
    panel, _ = _panel(stage, name)
    changed = f"{_coin(stage, fee)} deposited; a jury of {panel['jurors']} is called"
    return Told(who.title, changed, (receipt,))


def show(stage: Stage, name: str, shown: Sequence[tuple[Person, str]]) -> Told:
    """Evidence: the hash of its content on the chain, and where it can be found."""
    court = stage.deployment.court
    receipts = []
    for who, text in shown:
        hashed = content_hash(text)
        stage.words[text] = who
        place = f"ipfs://{cid_of(hashed)}"
        receipts.append(stage.send(who, court.submitEvidence, case_id(stage, name), hashed, place))
    texts = " and ".join(f"{who.title}'s {text}" for who, text in shown)
    return Told(_list(who for who, _ in shown), f"shown: {texts}", tuple(receipts))


def draw(stage: Stage, name: str, who: Person) -> Told:
    """Anyone fills the seats of the panel by the seed."""
    receipt = stage.send(who, stage.deployment.court.draw, case_id(stage, name), ALL)
    _, seats = _panel(stage, name)
    drawn = [_person(seat) for seat in seats]
    if any(seat["state"] is not SeatState.SEATED for seat in seats):
        raise StoryError(f"not every seat of the jury of {name} is filled")
    return Told(who.title, f"{_list(drawn)} are drawn to judge {name}", (receipt,))


def wait_for_period(stage: Stage, name: str, who: Person) -> Told:
    """The clock moves past the deadline, and anyone moves the case on."""
    court, case = stage.deployment.court, case_id(stage, name)
    stage.wait_until(court.nextStep(case)[1])
    receipt = stage.send(who, court.advance, case)
    found = court.caseOf(case).dict()
    words = {
        CaseStatus.COMMIT: "the evidence is closed; jurors commit",
        CaseStatus.REVEAL: "votes are closed; jurors reveal",
        CaseStatus.APPEAL: f"the jury gives {percent(found['performerBps'])} to the performer",
        CaseStatus.DECIDED: f"decided: {percent(found['performerBps'])} to the performer",
    }
    return Told(who.title, f"{name}: {words[STATUSES[found['status']]]}", (receipt,))


def commit(stage: Stage, name: str, votes: Sequence[int]) -> Told:
    """Each juror commits to a vote (basis points); nobody can read it or copy it."""
    court, case = stage.deployment.court, case_id(stage, name)
    _, seats = _panel(stage, name)
    receipts = []
    for number, (seat, vote) in enumerate(zip(seats, votes, strict=True)):
        juror, ballot = _person(seat), _ballot(stage, name, seat)
        commitment = ballot.commitment(vote, _salt(ballot, juror))
        receipts.append(stage.send(juror, court.commit, case, number, commitment))
    return Told(_list(map(_person, seats)), "votes committed, as hashes", tuple(receipts))


def reveal(stage: Stage, name: str, votes: Sequence[int | None]) -> Told:
    """Jurors open their votes, in the order of the seats; `None` says nothing."""
    court, case = stage.deployment.court, case_id(stage, name)
    _, seats = _panel(stage, name)
    receipts, parts = [], []
    for number, (seat, vote) in enumerate(zip(seats, votes, strict=True)):
        juror, ballot = _person(seat), _ballot(stage, name, seat)
        if vote is None:
            parts.append(f"{juror.title} says nothing")
            continue
        salt = _salt(ballot, juror)
        receipts.append(stage.send(juror, court.reveal, case, number, vote, salt))
        parts.append(f"{juror.title} {percent(vote)}")
    speakers = [_person(s) for s, vote in zip(seats, votes, strict=True) if vote is not None]
    return Told(_list(speakers), ", ".join(parts), tuple(receipts))


def fund_appeal(stage: Stage, name: str, side: Side, who: Person) -> Told:
    """A side's part of an appeal; with both, the case goes to a jury of twice as many and one."""
    court, case = stage.deployment.court, case_id(stage, name)
    needed = court.appealCostOf(case)[0]
    receipt = stage.send(who, court.fundAppeal, case, tuple(Side).index(side), value=needed)
    changed = f"{_coin(stage, needed)} for an appeal, on the {side}'s side"
    if STATUSES[court.caseOf(case).dict()["status"]] is CaseStatus.EVIDENCE:
        changed += f"; a jury of {_panel(stage, name)[0]['jurors']} is called"
    return Told(who.title, changed, (receipt,))


def execute(stage: Stage, name: str, who: Person) -> Told:
    """Anyone carries the decision out at the Escrow."""
    court, opened = stage.deployment.court, stage.trades[name]
    receipt = stage.send(who, court.execute, case_id(stage, name), opened.calldata)
    (told,) = stage.logs(stage.deployment.escrow, "TrancheRuled", receipt)
    return Told(
        who.title, f"{name} is closed: {percent(told['performerBps'])} paid to the performer",
        (receipt,),
    )  # fmt: skip


def settle(stage: Stage, name: str, who: Person) -> Told:
    """Anyone pays the jurors of every round, and takes from those far off or silent."""
    court, case = stage.deployment.court, case_id(stage, name)
    receipts, slashed = [], 0
    for round_ in range(court.caseOf(case).dict()["round"] + 1):
        receipt = stage.send(who, court.settleRound, case, round_, 0)
        slashed += sum(
            told["amount"]
            for told in stage.logs(stage.deployment.juror_pool, "StakeSlashed", receipt)
        )
        receipts.append(receipt)
    return Told(
        who.title, f"jurors are paid; {_coin(stage, slashed)} of stake lost", tuple(receipts)
    )


def claim_appeal(stage: Stage, name: str, side: Side, who: Person) -> Told:
    """Who paid for the winning side gets it back, and shares what the other side put up."""
    court, case = stage.deployment.court, case_id(stage, name)
    receipt = stage.send(who, court.claimAppeal, case, 0, tuple(Side).index(side), who.address)
    (told,) = stage.logs(court, "AppealClaimed", receipt)
    return Told(who.title, f"the appeal is won: {_coin(stage, told['amount'])} back", (receipt,))


def withdraw(stage: Stage, who: Person) -> Told:
    """What the Court owes this account: deposits, shares of an appeal, pay."""
    court = stage.deployment.court
    receipt = stage.send(who, court.withdraw, who.address, who.address)
    (told,) = stage.logs(court, "Withdrawn", receipt)
    return Told(who.title, f"got {_coin(stage, told['amount'])} from the Court", (receipt,))


def _panel(stage: Stage, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The panel at work, or the last one, and its seats."""
    court, case = stage.deployment.court, case_id(stage, name)
    round_ = court.caseOf(case).dict()["round"]
    panel, seats = court.panelOf(case, round_, 0)
    rows = [seat.dict() | {"state": SEAT_STATES[seat[1]], "round": round_} for seat in seats]
    return panel.dict(), rows


def _ballot(stage: Stage, name: str, seat: dict[str, Any]) -> Ballot:
    market = stage.deployment
    case = case_id(stage, name)
    return Ballot(market.chain_id, market.court.address, case, seat["round"], 0, seat["juror"])


def _salt(ballot: Ballot, juror: Person) -> bytes:
    return sign_secret(ballot.message(), juror.address, juror.account)


def _person(seat: dict[str, Any]) -> Person:
    return next(person for person in Person if person.address == seat["juror"])


def _list(people: Any) -> str:
    titles = [person.title for person in people]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"


def _coin(stage: Stage, wei: int) -> str:
    return amount(stage, ZERO_ADDRESS, wei)
