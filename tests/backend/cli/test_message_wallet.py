"""Messages of a wallet contract (ERC-1271), on a real chain."""

from __future__ import annotations

import json
from dataclasses import replace

import httpx
from eth_abi.abi import encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from backend.messages.disclosure import disclose, to_text
from backend.messages.envelope import open_envelope
from backend.messages.keys import Publication
from backend.messages.reading import ReadToken
from backend.messages.threads import Place, Thread
from backend.people import Person
from backend.settings import Settings
from scripts.toolchain import ROOT
from tests.backend.api.letters import post, put_keys
from tests.backend.api.serving import problem_of
from tests.backend.cli.acting import index
from tests.backend.market import Market
from tests.backend.messages.making import Writer, derived, now, write

ALICE, BOB, RITA = Person.ALICE, Person.BOB, Person.RITA


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
