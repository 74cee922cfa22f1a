"""`commonhold message` between people of a real chain, through the service."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from backend.audit.messages import audit_messages, audit_messaging_keys
from backend.db import open_engine
from backend.people import Person
from backend.settings import Settings
from tests.backend.cli.acting import index
from tests.backend.commands import invoke
from tests.backend.market import Market
from tests.backend.saved import Saved
from tests.backend.test_audit import book_of

ALICE, BOB, RITA = Person.ALICE, Person.BOB, Person.RITA


@pytest.fixture
def where(deployed: Saved, market: Market, address: str) -> list[str]:
    return [
        *("--api-url", address, "--rpc-url", market.url),
        *("--deployment", str(deployed.record)),
    ]


@pytest.fixture
def trade(settings: Settings, market: Market) -> str:
    """Between Alice and Bob, indexed."""
    opened = market.open(buyer=BOB)
    index(settings, market)
    return opened.trade_id


def told(where: list[str], who: Person, *arguments: object) -> str:
    code, said = invoke("message", *arguments, "--as", who.name.lower(), *where)
    assert code == 0, said
    return said


def refused(where: list[str], who: Person, *arguments: object) -> str:
    code, said = invoke("message", *arguments, "--as", who.name.lower(), *where)
    assert code == 1, said
    return said


def test_two_people_talk_and_one_proves_what_was_said(
    where: list[str], trade: str, tmp_path: Path
) -> None:
    assert "publish them with" in refused(where, BOB, "send", trade, "--text", "Hello")
    for who in (ALICE, BOB):
        assert "Nothing needs to be kept" in told(where, who, "keys", "--publish")
    assert "in use" in told(where, BOB, "keys", ALICE.address)
    lines = ("--line", "Bob", "--line", "17 Quiet Lane", "--note", "Ring twice")
    assert "as number 1" in told(where, BOB, "send", trade, *lines)
    assert "as number 2" in told(where, ALICE, "send", trade, "--text", "It comes on Monday")
    assert f"trade-{trade}  2 messages, 1 unread" in told(where, BOB, "read")
    said = told(where, BOB, "read", trade)
    for line in ("17 Quiet Lane", "Ring twice", "It comes on Monday", ALICE.address):
        assert line in said
    assert "0 unread" in told(where, BOB, "read")
    assert "1 unread" in told(where, ALICE, "read")
    assert "17 Quiet Lane" in told(where, ALICE, "read", trade, "--leave-unread")
    assert "1 unread" in told(where, ALICE, "read")

    shown = tmp_path / "promise.json"
    told(where, BOB, "disclose", trade, "--message", 2, "--out", shown)
    assert b"17 Quiet Lane".hex() not in shown.read_text()
    code, said = invoke("message", "verify", shown)
    assert (code, "It comes on Monday" in said, ALICE.address in said) == (0, True, True)
    assert "exists" in refused(where, BOB, "disclose", trade, "--message", 2, "--out", shown)
    more = tmp_path / "more.json"
    assert "no message 3" in refused(where, BOB, "disclose", trade, "--message", 3, "--out", more)

    forged = shown.read_text().replace(b"Monday".hex(), b"Friday".hex())
    shown.write_text(forged)
    code, said = invoke("message", "verify", shown)
    assert (code, "proves nothing: the sender's key did not sign" in said) == (1, True)


def test_the_audit_finds_what_was_altered_in_the_database_M2(
    where: list[str], trade: str, settings: Settings, market: Market, deployed: Saved
) -> None:
    for who in (ALICE, BOB):
        told(where, who, "keys", "--publish")
    told(where, ALICE, "send", trade, "--text", "one")
    told(where, BOB, "send", trade, "--text", "two")
    engine = open_engine(settings.database)
    audits = (audit_messaging_keys, audit_messages)

    def found() -> list[object]:
        with book_of(engine, deployed, market.url) as book:
            return [one for audit in audits for one in audit(book)]

    assert found() == []
    altered = {
        "messages": (
            *("hash", "sender", "key_id", "previous", "sent_at", "commitment", "signature"),
            *("box", "readers"),
        ),
        "messaging_keys": ("account", "sealing_key", "signing_key", "created_at", "signature"),
        "message_threads": ("last_sequence", "last_hash"),
    }
    others = {"sender": RITA.address, "account": RITA.address}
    for table, columns in altered.items():
        for column in columns:
            with closing(sqlite3.connect(settings.database)) as connection:
                row, old = connection.execute(f"SELECT rowid, {column} FROM {table}").fetchone()
                new = others.get(column) or (old + 1 if isinstance(old, int) else swapped(old))
                change = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"
                connection.execute(change, [new, row])
                connection.commit()
                assert found(), f"{table}.{column}"
                connection.execute(change, [old, row])
                connection.commit()
    assert found() == []
    engine.dispose()


def swapped(text: str) -> str:
    """With its last hexadecimal digit changed."""
    place = max(index for index, sign in enumerate(text) if sign in "0123456789abcdef")
    return text[:place] + f"{int(text[place], 16) ^ 1:x}" + text[place + 1 :]


def test_a_stranger_is_refused_M11(where: list[str], trade: str) -> None:
    told(where, RITA, "keys", "--publish")
    told(where, ALICE, "keys", "--publish")
    assert f"{RITA.address} is none" in refused(where, RITA, "read", trade)
    assert f"{RITA.address} is none" in refused(where, RITA, "send", trade, "--text", "Hello")


def test_new_keys_read_old_messages_while_the_wallet_makes_them_again(
    where: list[str], trade: str
) -> None:
    for who in (ALICE, BOB):
        told(where, who, "keys", "--publish")
    told(where, ALICE, "send", trade, "--text", "before")
    assert "published keys already" in refused(where, BOB, "keys", "--publish")
    said = told(where, BOB, "keys", "--rotate")
    assert ("in use" in said, "replaced" in said) == (True, True)
    told(where, ALICE, "send", trade, "--text", "after")
    said = told(where, BOB, "read", trade)
    assert ("before" in said, "after" in said) == (True, True)


def test_a_lost_random_key_is_said_to_be_lost_M7(
    where: list[str], trade: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    told(where, ALICE, "keys", "--publish")
    told(where, BOB, "keys", "--random", secret)
    assert secret.stat().st_mode & 0o077 == 0
    told(where, ALICE, "send", trade, "--text", "a treasure")
    assert "a treasure" in told(where, BOB, "read", trade, "--secret-file", secret)
    said = told(where, BOB, "read", trade)
    assert ("lost" in said, "a treasure" in said) == (True, False)
    assert "not at hand" in refused(where, BOB, "send", trade, "--text", "Hm")
    told(where, BOB, "keys", "--rotate")
    told(where, ALICE, "send", trade, "--text", "once more")
    said = told(where, BOB, "read", trade)
    assert ("lost" in said, "once more" in said) == (True, True)
    assert "may hold a key" in refused(where, BOB, "keys", "--random", secret)


def test_what_cannot_be_sent(where: list[str], trade: str, tmp_path: Path) -> None:
    for who in (ALICE, BOB):
        told(where, who, "keys", "--publish")
    assert "What shall it say" in refused(where, BOB, "send", trade)
    assert "text" in refused(where, BOB, "send", trade, "--text", "\x1b[2J")
    assert "4000" in refused(where, BOB, "send", trade, "--text", "x" * 4_001)
    assert "no conversation" in refused(where, BOB, "send", "0x12", "--text", "x")
    nobody = "0x" + "12" * 32
    assert "nothing to talk about" in refused(where, BOB, "send", nobody, "--text", "x")
    file = tmp_path / "code.json"
    assert "no file" in refused(where, BOB, "send", trade, "--json", file)
    file.write_text("[1]")
    assert "one JSON object" in refused(where, BOB, "send", trade, "--json", file)
    code = {"type": "handover_code", "tradeId": trade, "code": "7K3M-9QXA-2TVB-CD4F"}
    sealed = {
        "tradeId": trade, "role": "buyer", "tranche": 0, "performerBps": 10_000,
        "deadline": 2_000_000_000, "allows": "the seller is paid", "sealed": "0x" + "ab" * 105,
    }  # fmt: skip
    for content in (code, {"codeHash": trade, "splits": [sealed]}):
        file.write_text(json.dumps(content))
        told(where, BOB, "send", trade, "--json", file)
    said = told(where, ALICE, "read", trade)
    for part in ("7K3M-9QXA-2TVB-CD4F", "the seller is paid", "ab" * 105):
        assert part in said
    assert "proves nothing" in invoke("message", "verify", file)[1]
    assert "no file" in invoke("message", "verify", tmp_path / "none")[1]


def test_an_asker_writes_about_an_offer(
    where: list[str], settings: Settings, market: Market, address: str
) -> None:
    from tests.backend.api.book import body_of as offer_body
    from tests.backend.api.book import offer_hash

    offer = market.offer()
    index(settings, market)
    escrow = market.deployment.address("Escrow")
    body = offer_body(offer, chain_id=market.deployment.chain_id, escrow=escrow)
    signature = "0x" + market.sign(ALICE, offer).hex()
    body["signatures"] = [{"party": ALICE.address, "signature": signature}]
    assert httpx.post(f"{address}/api/v1/offers", json=body).status_code == 201
    name = f"offer-0x{offer_hash(offer).hex()}"
    for who in (ALICE, RITA):
        told(where, who, "keys", "--publish")
    told(where, RITA, "send", name, "--text", "Is it blue?")
    assert "1 unread" in told(where, ALICE, "read")
    told(where, ALICE, "send", f"{name}-{RITA.address}", "--text", "It is.")
    assert "It is." in told(where, RITA, "read", name)
