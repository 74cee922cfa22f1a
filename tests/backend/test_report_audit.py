"""Condition reports prove themselves: the audit names a row that is not what its party signed."""

from sqlalchemy import Engine, insert, select, update

from backend.audit.reports import audit_condition_reports
from backend.db import migrate, writing
from backend.db.tables import condition_reports
from backend.terms.condition_report import report_message
from scripts.people import Person
from scripts.toolchain.node import Anvil
from tests.backend.saved import Saved
from tests.backend.test_audit import book_of

TRADE, CONTENT = "0x" + "12" * 32, "0x" + "34" * 32
CHANGES = {
    "trade_id": "0x" + "13" * 32,
    "moment": "handover",
    "content_hash": "0x" + "35" * 32,
    "party": Person.BOB.address,
    "signature": "0x" + "11" * 65,
}


def posted(engine: Engine, saved: Saved) -> None:
    """As if Alice had posted a report of what came back."""
    chain_id, escrow = saved.deployment.chain_id, saved.deployment.address("Escrow")
    message = report_message(chain_id, escrow, TRADE, "return", CONTENT)
    row = {
        "chain_id": chain_id,
        "escrow": escrow,
        "trade_id": TRADE,
        "moment": "return",
        "content_hash": CONTENT,
        "party": Person.ALICE.address,
        "signature": "0x" + bytes(Person.ALICE.account.sign_message(message).signature).hex(),
        "posted_at": 1,
    }
    with writing(engine) as connection:
        connection.execute(insert(condition_reports).values(**row))


def test_a_report_changed_by_hand_is_named(
    engine: Engine, played: Saved, played_node: Anvil
) -> None:
    migrate(engine)
    posted(engine, played)
    assert found(engine, played, played_node) == []
    for column, value in CHANGES.items():
        with writing(engine) as connection:
            (before,) = connection.execute(select(condition_reports.c[column])).scalars()
            connection.execute(update(condition_reports).values({column: value}))
        assert found(engine, played, played_node) == [("condition_reports", "signature")], column
        with writing(engine) as connection:
            connection.execute(update(condition_reports).values({column: before}))


def found(engine: Engine, saved: Saved, node: Anvil) -> list[tuple[str, str]]:
    with book_of(engine, saved, node.url) as book:
        return [(one.table, one.column) for one in audit_condition_reports(book)]
