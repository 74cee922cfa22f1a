"""Offers against a real chain: what the service takes in, a wallet can take."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from eth_abi.abi import encode
from eth_account import Account
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from backend.abi import load
from backend.api.app import create_app
from backend.api.posting import hash_of
from backend.queries.fading import WEEK, index_after
from backend.terms.acceptability import refusal
from backend.terms.moderation import withdrawal_message
from backend.terms.offer import ZERO_ADDRESS, Listing, Offer, Terms, Tranche
from backend.terms.signatures import recover
from backend.terms.typed_data import signable_offer
from scripts.people import public_account
from scripts.toolchain.node import start_anvil
from tests.backend.api import book
from tests.backend.api.chain import Chain, call, market
from tests.backend.api.serving import problem_of, running

MAKER, TAKER, THIRD = (public_account(number) for number in (11, 12, 13))
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


@pytest.fixture(scope="module")
def chain(deployed, tmp_path_factory):
    with market(deployed, tmp_path_factory.mktemp("taking")) as found:
        found.index()
        yield found


@pytest.fixture(scope="module")
def token(chain: Chain) -> str:
    assets = chain.client.get("/assets").json()["items"]
    [found] = [asset["asset"] for asset in assets if asset["symbol"] == "TUSD"]
    return str(found)


def offer_of(chain: Chain, **changed: Any) -> Offer:
    """The maker sells; whoever takes it pays."""
    now = chain.node.head().time
    parties = changed.pop("parties", (ZERO_ADDRESS, MAKER.address))
    tranches = changed.pop("tranches", (Tranche(0, 1, 0, 1000, 3600, 600),))
    asset = changed.pop("asset", ZERO_ADDRESS)
    listing = {
        "content_hash": bytes(32),
        "kind": 1,
        "max_fee_bps": 1000,
        "created_at": now,
        "expires_at": now + 86_400,
        "fills": 1,
        "salt": chain.node.head().number,
    }
    return Offer(Terms(asset, parties, tranches), Listing(**(listing | changed)))


def body_of(chain: Chain, offer: Offer, *signers: Any, **instead: str) -> dict[str, Any]:
    """`instead` has other signatures by party."""
    escrow = chain.deployment.address("Escrow")
    body = book.body_of(offer, chain_id=chain.deployment.chain_id, escrow=escrow)
    message = signable_offer(chain.deployment.chain_id, escrow, offer)
    body["signatures"] = [
        {
            "party": signer.address,
            "signature": "0x" + signer.sign_message(message).signature.hex(),
        }
        for signer in signers
    ] + [{"party": party, "signature": made} for party, made in instead.items()]
    return body


def post(chain: Chain, body: dict[str, Any]):
    chain.index()
    return chain.client.post("/offers", json=body)


def open_from(chain: Chain, told: dict[str, Any], taker: Any, fill: int) -> dict[str, Any]:
    """Opens a trade from the API's answer alone."""
    argument = told["argument"]
    offer = (
        argument["asset"],
        tuple(argument["parties"]),
        tuple(int(word) for word in argument["tranches"]),
        bytes.fromhex(argument["contentHash"][2:]),
        int(argument["conditions"]),
    )
    [taking] = [t for t in told["taking"] if t["taker"] in (None, taker.address)]
    signatures = [bytes.fromhex(made[2:]) for made in taking["signatures"]]
    signature = "openTrade((address,address[],uint256[],bytes32,uint256),uint32,bytes[])"
    data = keccak(text=signature)[:4] + encode(
        ["(address,address[],uint256[],bytes32,uint256)", "uint32", "bytes[]"],
        [offer, fill, signatures],
    )
    return chain.send(taker.address, chain.deployment.address("Escrow"), data, int(taking["value"]))


def test_offer_in_coin_is_taken_from_the_answer_alone(chain: Chain):
    told = post(chain, body_of(chain, offer_of(chain, fills=2), MAKER)).json()
    for fill in (1, 0):
        receipt = open_from(chain, told, TAKER, fill)
        assert receipt["status"] == "0x1"
    chain.index()
    params = {"minBlock": int(receipt["blockNumber"], 16), "offer": told["hash"]}
    trades = chain.client.get("/trades", params=params).json()["items"]
    assert [trade["fill"] for trade in trades] == [0, 1]
    assert trades[0]["parties"] == [TAKER.address, MAKER.address]
    hashes = [item["hash"] for item in chain.client.get("/offers").json()["items"]]
    assert told["hash"] not in hashes
    assert chain.client.get(f"/offers/{told['hash']}").json()["state"] == "filled"


def obstacles_of(chain: Chain, told: dict[str, Any]) -> tuple[bool, list[str]]:
    """Whether the makers' funds were looked at, and what stands in the way of taking it."""
    chain.index()
    found = chain.client.get(f"/offers/{told['hash']}").json()
    assert found["takeable"] == (not found["obstacles"])
    [listed] = [
        item for item in chain.client.get("/offers").json()["items"] if item["hash"] == told["hash"]
    ]
    for name in ("fundsChecked", "obstacles", "takeable"):
        assert listed[name] == found[name]
    return found["fundsChecked"], found["obstacles"]


def test_maker_that_funds_must_have_and_allow_it(chain: Chain, token: str):
    bond = Tranche(funder=1, performer=1, checker=0, amount=500, due_in=3600, review_period=60)
    price = Tranche(funder=0, performer=1, checker=0, amount=900, due_in=3600, review_period=60)
    body = body_of(chain, offer_of(chain, asset=token, tranches=(price, bond)), MAKER)
    escrow = chain.deployment.address("Escrow")

    problem = problem_of(post(chain, body), 409, "offer-low-balance")
    assert (problem["party"], problem["needed"], problem["found"]) == (MAKER.address, "500", "0")
    mint = "mint(address,uint256)"
    chain.send(MAKER.address, token, call(mint, MAKER.address, 500))
    problem = problem_of(post(chain, body), 409, "offer-low-allowance")
    assert (problem["needed"], problem["found"]) == ("500", "0")
    chain.send(MAKER.address, token, call("approve(address,uint256)", escrow, 500))
    told = post(chain, body)
    assert told.status_code == 201, told.text
    assert [f["amount"]["symbol"] for f in told.json()["funding"]] == ["TUSD", "TUSD"]

    chain.send(TAKER.address, token, call(mint, TAKER.address, 900))
    chain.send(TAKER.address, token, call("approve(address,uint256)", escrow, 900))

    assert obstacles_of(chain, told.json()) == (True, [])
    chain.send(MAKER.address, token, call("approve(address,uint256)", escrow, 499))
    assert obstacles_of(chain, told.json()) == (True, ["offer-low-allowance"])
    chain.send(MAKER.address, token, call("transfer(address,uint256)", THIRD.address, 1))
    assert obstacles_of(chain, told.json())[1] == ["offer-low-balance", "offer-low-allowance"]
    chain.send(THIRD.address, token, call("transfer(address,uint256)", MAKER.address, 1))
    chain.send(MAKER.address, token, call("approve(address,uint256)", escrow, 500))
    assert told.json()["taking"][0]["value"] == "0"
    assert open_from(chain, told.json(), TAKER, 0)["status"] == "0x1"


def test_S7_offer_is_told_without_the_node(chain: Chain, token: str):
    bond, escrow = Tranche(1, 1, 0, 1, 3600, 60), chain.deployment.address("Escrow")
    chain.send(MAKER.address, token, call("mint(address,uint256)", MAKER.address, 1))
    chain.send(MAKER.address, token, call("approve(address,uint256)", escrow, 1000))
    told = post(chain, body_of(chain, offer_of(chain, asset=token, tranches=(bond,)), MAKER)).json()
    assert (told["fundsChecked"], told["takeable"]) == (True, True)
    away = create_app(replace(chain.settings, rpc_url="http://127.0.0.1:1"))
    with running(away) as address, httpx.Client(base_url=address) as client:
        found = client.get(f"/api/v1/offers/{told['hash']}").json()
        listed = client.get("/api/v1/offers").json()["items"]
        assert [item["fundsChecked"] for item in listed if item == listed[0]] == [False]
    away.state.context.engine.dispose()
    assert (found["fundsChecked"], found["takeable"]) == (False, True)


def test_wallet_contract_may_make_an_offer(chain: Chain):
    made_at = chain.create(MAKER.address, "StubWallet1271", MAKER.address)
    wallet = to_checksum_address(made_at)
    offer = offer_of(chain, parties=(ZERO_ADDRESS, wallet))
    message = signable_offer(chain.deployment.chain_id, chain.deployment.address("Escrow"), offer)

    def signed_by(account) -> dict[str, Any]:
        made = "0x" + account.sign_message(message).signature.hex()
        return body_of(chain, offer, **{wallet: made})

    problem_of(post(chain, signed_by(TAKER)), 400, "offer-bad-signature")
    for mode in (2, 3, 4):  # reverts; burns all gas; answers with two bytes
        chain.send(MAKER.address, wallet, call("setMode(uint8)", mode))
        problem = problem_of(post(chain, signed_by(MAKER)), 400, "offer-bad-signature")
        assert problem["party"] == wallet
    chain.send(MAKER.address, wallet, call("setMode(uint8)", 0))
    told = post(chain, signed_by(MAKER))
    assert told.status_code == 201
    assert open_from(chain, told.json(), TAKER, 0)["status"] == "0x1"

    posted = told.json()["hash"]
    domain = (chain.deployment.chain_id, chain.deployment.address("Escrow"))
    for account, status in ((TAKER, 400), (MAKER, 200)):
        made = account.sign_message(withdrawal_message(*domain, posted)).signature
        body = {"by": wallet, "signature": "0x" + made.hex()}
        withdrawn = chain.client.post(f"/offers/{posted}/withdrawal", json=body)
        assert withdrawn.status_code == status, withdrawn.text
    assert withdrawn.json()["unlisted"]["by"] == wallet


def test_E21_only_the_low_half_of_a_signature_counts(chain: Chain):
    offer = offer_of(chain)
    message = signable_offer(chain.deployment.chain_id, chain.deployment.address("Escrow"), offer)
    made = MAKER.sign_message(message)
    r = made.r.to_bytes(32, "big")
    twin = r + (ORDER - made.s).to_bytes(32, "big") + bytes([55 - made.v])
    zero_based = made.signature[:64] + bytes([made.v - 27])
    for bad in (twin, zero_based, made.signature[:64], made.signature + b"\0", b"", bytes(65)):
        body = body_of(chain, offer, **{MAKER.address: "0x" + bad.hex()})
        problem = problem_of(post(chain, body), 400, "offer-bad-signature")
        assert problem["party"] == MAKER.address
        assert recover(bytes(32), bad) != MAKER.address


def test_forged_signature(chain: Chain):
    offer = offer_of(chain)
    stranger = Account.from_key(keccak(text="a stranger's key"))
    message = signable_offer(chain.deployment.chain_id, chain.deployment.address("Escrow"), offer)
    forged = "0x" + stranger.sign_message(message).signature.hex()
    problem_of(
        post(chain, body_of(chain, offer, **{MAKER.address: forged})), 400, "offer-bad-signature"
    )


def test_cancelled_on_the_chain(chain: Chain):
    offer = offer_of(chain, parties=(ZERO_ADDRESS, THIRD.address))
    told = post(chain, body_of(chain, offer, THIRD)).json()
    chain.send(THIRD.address, chain.deployment.address("Escrow"), call("cancelAllOffers()"))
    chain.index()
    assert chain.client.get(f"/offers/{told['hash']}").json()["state"] == "cancelled"


REFUSED = (
    {"fills": 0},
    {"kind": 0},
    {"kind": 11},
    {"parties": (ZERO_ADDRESS,)},
    {"parties": (ZERO_ADDRESS, *(book.address(number) for number in range(1, 5)))},
    {"parties": (ZERO_ADDRESS, MAKER.address, MAKER.address)},
    {"tranches": ()},
    {"tranches": (Tranche(0, 1, 0, 1, 1, 1),) * 21},
    {"tranches": (Tranche(0, 1, 1, 1, 1, 1),)},
    {"tranches": (Tranche(2, 1, 0, 1, 1, 1),)},
    {"tranches": (Tranche(0, 1, 0, 0, 1, 1),)},
    {"tranches": (Tranche(0, 1, 0, 1, 0, 1),)},
    {"tranches": (Tranche(0, 1, 0, 1, 730 * 86_400 + 1, 1),)},
    {"tranches": (Tranche(0, 1, 0, 1, 1, 730 * 86_400 + 1),)},
    {"tranches": (Tranche(1, 1, 0, 1, 1, 1),)},
    {"labels": 1 << 8},
    {"labels": 0xFFFF},
)


def test_labels_that_nobody_can_have_are_refused_at_posting_L4(chain: Chain):
    """An offer that asks for one could never be taken; the labels that exist may be asked for."""
    for labels, told in ((1 << 8, "(8)"), (1 << 15 | 1 << 9 | 1, "(9, 15)")):
        offer = offer_of(chain, labels=labels)
        problem = problem_of(post(chain, body_of(chain, offer, MAKER)), 400, "offer-impossible")
        assert f"labels that nobody can have {told}: there are 0 to 7" in problem["detail"]
        assert problem["contractError"].startswith("Escrow_MissingLabels")
    assert post(chain, body_of(chain, offer_of(chain, labels=0xFF), MAKER)).status_code == 201


@pytest.mark.parametrize("changes", REFUSED, ids=lambda changes: str(changes)[:60])
def test_terms_are_refused_as_the_escrow_refuses_them(chain: Chain, changes):
    """The twin in Python and the contract name the same error."""
    offer = offer_of(chain, **changes)
    said = refusal(offer)
    assert said is not None
    escrow = chain.deployment.address("Escrow")
    message = signable_offer(chain.deployment.chain_id, escrow, offer)
    signed = bytes(MAKER.sign_message(message).signature)
    signatures = [signed] * max(len(offer.terms.parties) - 1, 0)
    data = keccak(text="openTrade((address,address[],uint256[],bytes32,uint256),uint32,bytes[])")[
        :4
    ] + encode(
        ["(address,address[],uint256[],bytes32,uint256)", "uint32", "bytes[]"],
        [offer.pack(), 0, signatures],
    )
    total = sum(tranche.amount for tranche in offer.terms.tranches)
    transaction = {
        "from": TAKER.address, "to": escrow, "data": "0x" + data.hex(), "value": hex(total),
    }  # fmt: skip
    request = {
        "jsonrpc": "2.0", "id": 1, "method": "eth_call", "params": [transaction, "latest"],
    }  # fmt: skip
    answer = chain.client.post(chain.anvil.url, json=request).json()
    reverted = bytes.fromhex(answer["error"]["data"][2:])
    assert said.split("(")[0] == error_of(reverted), said


def error_of(reverted: bytes) -> str:
    for name in ("Escrow", "RuleBook"):
        for item in load(name):
            if item["type"] == "error":
                signature = f"{item['name']}({','.join(i['type'] for i in item['inputs'])})"
                if keccak(text=signature)[:4] == reverted[:4]:
                    return str(item["name"])
    return reverted.hex()


def test_offer_hash_is_the_contracts(chain: Chain):
    offer = offer_of(chain)
    assert chain.contract("Escrow").call("hashOffer", offer.pack()) == hash_of(offer)


@pytest.mark.parametrize("week", [0, 1, 12, 13, 100, 2911, 2912, 5000])
def test_index_is_the_contracts(chain: Chain, week: int):
    reputation = chain.contract("Reputation")
    start = reputation.call("start")
    assert reputation.call("indexAt", start + week * WEEK) == index_after(week * WEEK)


def test_S7_node_of_another_chain_is_told_apart(chain: Chain):
    offer = offer_of(chain)
    body = body_of(chain, offer, **{MAKER.address: "0x" + "11" * 65})
    with start_anvil(chain_id=999) as other:
        app = create_app(replace(chain.settings, rpc_url=other.url))
        with running(app) as address:
            response = chain.client.post(f"{address}/api/v1/offers", json=body)
            problem_of(response, 503, "node-on-another-chain")
        app.state.context.engine.dispose()
