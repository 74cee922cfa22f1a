"""Cases, panels, appeals and credits, as the Court's views tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backend.audit.book import REFUSED, Book, Row, compare
from backend.audit.difference import NOTHING, ROW, Difference
from backend.db.tables import (
    appeals,
    contributions,
    court_credits,
    dispute_periods,
    disputes,
    panels,
    rules,
    seats,
    settlements,
)
from backend.queries.cases import attempt_of, facts_of, jury_of
from backend.terms.case_steps import appeal_needs, next_step
from backend.terms.court import (
    CLOSINGS,
    DECISIONS,
    PANEL_STATES,
    SEAT_STATES,
    SIDES,
    STATUSES,
    CaseStatus,
    Decision,
    PanelState,
    SeatState,
    Side,
)

VIEW = "Court.panelOf"


def audit_disputes(book: Book) -> Iterator[Difference]:
    """Their facts, and the next step that the queries work out from them."""
    for row in book.rows(disputes):
        case_id = _bytes(row["case_id"])
        told = book.ask("Court", "caseOf", case_id)
        status, decision = STATUSES[told[2]], DECISIONS[told[7]]
        ruled = decision != Decision.NO_PANEL and (told[6] > 0 or decision != Decision.NONE)
        closed = status == CaseStatus.CLOSED
        yield from compare(
            disputes,
            row,
            "Court.caseOf",
            performer=told[0],
            deadline=told[1],
            status=status.value,
            round=told[3],
            tranche=told[4],
            redrawn=told[5] - 1 if told[5] else None,
            ruled_rounds=told[6],
            decision=None if decision == Decision.NONE else decision.value,
            checker=told[8],
            opened_at=told[9],
            rules_version=told[10],
            performer_bps=told[11] if ruled else None,
            depositor=SIDES[told[12]].value,
        )
        found = book.ask("Court", "caseIdOf", _bytes(row["trade_id"]), row["tranche"])
        yield from compare(disputes, row, "Court.caseIdOf", case_id=found)
        fee = book.ask("Court", "arbitrationFee", row["rules_version"])
        yield from compare(disputes, row, "Court.arbitrationFee", deposit=fee)
        for column, ended in (("closed_at", closed), ("closing", closed)):
            if ended != (row[column] is not None):
                yield from compare(disputes, row, "Court.caseOf", **{column: status.value})
        if row["closing"] not in (None, *CLOSINGS):
            yield from compare(disputes, row, "Court.caseOf", closing="no such closing")
        yield from _audit_step(book, row)


def _audit_step(book: Book, row: Row) -> Iterator[Difference]:
    (pinned,) = book.rows(rules, version=row["rules_version"])
    key = {"case_id": row["case_id"], "round": row["round"]}
    panel = next(book.rows(panels, **key, attempt=attempt_of(row)), None)
    appeal = next(book.rows(appeals, **key), None)
    step = next_step(facts_of(row, jury_of(pinned), panel, appeal))
    ours = (step.next.value, step.at or 0) if step else (CaseStatus.NONE.value, 0)
    number, at = book.ask("Court", "nextStep", _bytes(row["case_id"]))
    chain = (STATUSES[number].value, at)
    if ours != chain:
        named = {"case_id": row["case_id"]}
        yield Difference(disputes.name, named, "next step", ours, chain, "Court.nextStep")


def audit_dispute_periods(book: Book) -> Iterator[Difference]:
    """The last one of a case that is not decided is the present one."""
    last = {row["case_id"]: row for row in book.rows(dispute_periods)}
    for case_id, row in last.items():
        told = book.ask("Court", "caseOf", _bytes(case_id))
        status = STATUSES[told[2]]
        if status in (CaseStatus.DECIDED, CaseStatus.CLOSED):
            continue
        yield from compare(
            dispute_periods,
            row,
            "Court.caseOf",
            status=status.value,
            deadline=told[1],
            round=told[3],
            attempt=int(told[5] == told[3] + 1),
        )


def audit_panels(book: Book) -> Iterator[Difference]:
    for row in book.rows(panels):
        panel, _ = _ask_panel(book, row)
        state = PANEL_STATES[panel[9]]
        requested = panel[0] != 0
        yield from compare(
            panels,
            row,
            VIEW,
            request_id=panel[0] if requested else None,
            epoch=panel[1] if requested else None,
            performer_bps=panel[3] if state == PanelState.RULED else None,
            jurors=panel[4],
            seated=panel[5],
            voids=panel[6],
            commits=panel[7],
            reveals=panel[8],
            state=state.value,
        )
        for column, known in (("settled_at", panel[10]), ("ended_at", state in ENDED)):
            if known != (row[column] is not None):
                yield from compare(panels, row, VIEW, **{column: "some time" if known else None})


ENDED = (PanelState.RULED, PanelState.SILENT, PanelState.MISSING, PanelState.DISMISSED)


def audit_seats(book: Book) -> Iterator[Difference]:
    """Every seat that the Court knows, and those whose jurors had to go."""
    for panel in book.rows(panels):
        _, told = _ask_panel(book, panel)
        key = {name: panel[name] for name in ("case_id", "round", "attempt")}
        held = {}
        for row in book.rows(seats, **key):
            if row["state"] == SeatState.REPLACED:
                if any(juror == row["juror"] for juror, *_ in told):
                    yield from compare(seats, row, VIEW, state="seated")
                continue
            held[row["seat"]] = row
            place = told[row["seat"]] if row["seat"] < len(told) else None
            if place is None:
                yield from compare(seats, row, VIEW, seat="no such seat")
                continue
            yield from _audit_seat(book, row, place)
        for number, (juror, state, *_) in enumerate(told):
            if SEAT_STATES[state] != SeatState.EMPTY and number not in held:
                named = {**key, "juror": juror}
                yield Difference(seats.name, named, ROW, NOTHING, "is there", VIEW)


def _audit_seat(book: Book, row: Row, place: Any) -> Iterator[Difference]:
    juror, number, bps, commitment = place
    state = SEAT_STATES[number]
    revealed = state == SeatState.REVEALED
    yield from compare(
        seats,
        row,
        VIEW,
        juror=juror,
        state=state.value,
        performer_bps=bps if revealed else None,
    )
    if state in (SeatState.SEATED, SeatState.COMMITTED):
        made = commitment if state == SeatState.COMMITTED else None
        yield from compare(seats, row, VIEW, commitment=made)
    if revealed and row["salt"] is not None:
        at = (_bytes(row["case_id"]), row["round"], row["attempt"], juror, bps)
        opened = book.ask("Court", "commitmentOf", *at, _bytes(row["salt"]))
        yield from compare(seats, row, "Court.commitmentOf", commitment=opened)
    for column, told in (
        ("salt", revealed),
        ("struck_by", state == SeatState.STRUCK),
        ("denounced_by", state == SeatState.DENOUNCED),
    ):
        if told != (row[column] is not None):
            yield from compare(seats, row, VIEW, **{column: state.value if told else None})


def audit_settlements(book: Book) -> Iterator[Difference]:
    """Which panels were paid; what each juror got is in the logs only."""
    paid = {tuple(row[name] for name in KEY): row for row in book.rows(settlements)}
    for panel in book.rows(panels):
        told, _ = _ask_panel(book, panel)
        key = {name: panel[name] for name in KEY}
        settled, known = bool(told[10]), tuple(key.values()) in paid
        if settled != known:
            here, there = ("is there", NOTHING) if known else (NOTHING, "is there")
            yield Difference(settlements.name, key, ROW, here, there, VIEW)


KEY = ("case_id", "round", "attempt")


def audit_appeals(book: Book) -> Iterator[Difference]:
    for row in book.rows(appeals):
        performer, checker, number = book.ask(
            "Court", "appealOf", _bytes(row["case_id"]), row["round"]
        )
        appellant = SIDES[number]
        yield from compare(
            appeals,
            row,
            "Court.appealOf",
            performer_raised=performer,
            checker_raised=checker,
            appellant=None if appellant == Side.NONE else appellant.value,
        )
        (case,) = book.rows(disputes, case_id=row["case_id"])
        (pinned,) = book.rows(rules, version=case["rules_version"])
        needed = appeal_needs(jury_of(pinned), row["round"])
        yield from compare(appeals, row, "RuleBook.juryRules", needed=needed)
        made = performer == checker == needed
        if made != (row["made_at"] is not None):
            told = "some time" if made else None
            yield from compare(appeals, row, "Court.appealOf", made_at=told)


def audit_contributions(book: Book) -> Iterator[Difference]:
    """What was claimed is zero at the Court, which still tells what its side raised in all."""
    for row in book.rows(contributions):
        side = SIDES.index(Side(row["side"]))
        left = book.ask(
            "Court",
            "contributionOf",
            _bytes(row["case_id"]),
            row["round"],
            side,
            row["contributor"],
        )
        told_by = "Court.contributionOf"
        if row["claimed"] is None or left == REFUSED:
            yield from compare(contributions, row, told_by, amount=left)
        elif left:
            yield from compare(contributions, row, told_by, claimed=None)
        else:
            found = book.ask("Court", "appealOf", _bytes(row["case_id"]), row["round"])
            mine = {name: row[name] for name in ("case_id", "round", "side")}
            raised = sum(one["amount"] for one in book.rows(contributions, **mine))
            share = REFUSED if found == REFUSED else found[side - 1] - raised + row["amount"]
            yield from compare(contributions, row, "Court.appealOf", amount=share)


def audit_court_credits(book: Book) -> Iterator[Difference]:
    for row in book.rows(court_credits):
        amount = book.ask("Court", "creditOf", row["account"])
        told_by = "Court.creditOf"
        yield from compare(court_credits, row, told_by, amount=amount, settled=amount == 0)


def _ask_panel(book: Book, row: Row) -> Any:
    return book.ask("Court", "panelOf", _bytes(row["case_id"]), row["round"], row["attempt"])


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text[2:])
