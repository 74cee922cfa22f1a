"""`commonhold message` between people of a real chain, through the service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from eth_abi.abi import encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from backend.api.app import create_app
from backend.db import open_engine
from backend.messages.disclosure import disclose, to_text
from backend.messages.envelope import open_envelope
from backend.messages.keys import Publication
from backend.messages.reading import ReadToken
from backend.messages.threads import Place, Thread
from backend.people import Person
from backend.settings import Settings
from scripts.toolchain import ROOT
from tests.backend.api.letters import post, put_keys
from tests.backend.api.serving import problem_of, running
from tests.backend.commands import invoke
from tests.backend.conftest import Saved
from tests.backend.following import catch_up
from tests.backend.market import Market
from tests.backend.messages.making import Writer, derived, now, write

ALICE, BOB, RITA = Person.ALICE, Person.BOB, Person.RITA


@pytest.fixture
def settings(deployed: Saved, market: Market, tmp_path: Path) -> Settings:
    return Settings(
        rpc_url=market.url,
        database=str(tmp_path / "messages.sqlite"),
        deployment=str(deployed.record),
        rpc_timeout=5.0,
    )


@pytest.fixture
def address(settings: Settings, market: Market) -> Iterator[str]:
    """The service, which has not yet indexed anything."""
    app = create_app(settings)
    with running(app) as found:
        yield found
    app.state.context.engine.dispose()


@pytest.fixture
def where(deployed: Saved, market: Market, address: str) -> list[str]:
    return [
        *("--api-url", address, "--rpc-url", market.url),
        *("--deployment", str(deployed.record)),
    ]


def index(settings: Settings, market: Market) -> None:
    engine = open_engine(settings.database)
    catch_up(engine, market.url, market.deployment)
    engine.dispose()


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


def test_a_wallet_contract_publishes_signs_and_reads_M6(
    settings: Settings, market: Market, address: str
) -> None:
    """Its owner's signature counts while the contract takes it, for this market only."""
    owner = BOB.account
    built = json.loads((ROOT / "build" / "contracts" / "StubWallet1271.json").read_text())
    data = built["bytecode"] + encode(["address"], [owner.address]).hex()
    request = {"from": owner.address, "data": f"0x{data}", "gas": hex(5_000_000)}
    made = market.receipt(market.rpc("eth_sendTransaction", request))
    contract = to_checksum_address(made["contractAddress"])
    thread = Thread(market.open(buyer=contract).trade_id)
    index(settings, market)
    place = Place(market.deployment.chain_id, market.deployment.address("Escrow"))
    keys = derived(owner, place)

    def published(by: Person, where: Place = place) -> Publication:
        plain = Publication(where, contract, keys.sealing_key, keys.signing_key, now() - 10)
        message = plain.message()
        return replace(plain, signature=bytes(by.account.sign_message(message).signature))

    def token(by: Person) -> dict[str, str]:
        plain = ReadToken(place, contract, now() - 5, now() + 60)
        signature = bytes(by.account.sign_message(plain.message()).signature)
        return {"Authorization": f"Commonhold {replace(plain, signature=signature)}"}

    def set_mode(mode: int) -> None:
        data = "0x" + (keccak(text="setMode(uint8)")[:4] + encode(["uint8"], [mode])).hex()
        sent = {"from": owner.address, "to": contract, "data": data, "gas": hex(200_000)}
        assert market.receipt(market.rpc("eth_sendTransaction", sent))["status"] == "0x1"

    seller_keys = derived(ALICE.account, place)
    plain = Publication(
        place, ALICE.address, seller_keys.sealing_key, seller_keys.signing_key, now() - 10
    )
    signature = bytes(ALICE.account.sign_message(plain.message()).signature)
    seller = Writer(ALICE.account, seller_keys, replace(plain, signature=signature))
    with httpx.Client(base_url=address, timeout=20) as client:
        problem_of(put_keys(client, published(RITA)), 400, "messaging-key-refused")
        assert put_keys(client, published(BOB)).status_code == 201
        assert put_keys(client, seller.published).status_code == 201
        buyer = Writer(owner, keys, published(BOB))
        sent = write(buyer, seller, thread=thread)
        assert post(client, thread, sent).status_code == 201
        url = f"/api/v1/messages/threads/{thread}"
        problem_of(client.get(url, headers=token(RITA)), 401, "read-token-refused")
        assert len(client.get(url, headers=token(BOB)).json()["items"]) == 1

        opened = open_envelope(sent, buyer.published, ALICE.address, seller.keys, seller.key_id)
        file = to_text(disclose(thread, [(sent, opened, buyer.published)]))
        verify = "/api/v1/messages/disclosures/verify"
        told = client.post(verify, json={"file": file}).json()
        assert told["holds"], told
        [one] = told["messages"]
        assert (one["sender"], one["byContract"]) == (contract, True)
        assert one["content"] == {"type": "text", "text": "Hello"}
        set_mode(2)  # it takes nobody's signature any more
        told = client.post(verify, json={"file": file}).json()
        assert (told["holds"], told["messages"]) == (False, [])
        assert "no key of it signed that" in told["reason"]
        problem_of(client.get(url, headers=token(BOB)), 401, "read-token-refused")
        altered = client.post(verify, json={"file": file.replace("sender", "Sender")}).json()
        assert not altered["holds"]
