"""Drafts with nodes as they are: ones that simulate less, other chains, an index that is behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from backend.api.app import create_app
from backend.terms.calldata import calldata
from backend.terms.offer import ZERO_ADDRESS
from scripts.people import Person
from tests.backend.api.chain import LIMITS, Chain, market
from tests.backend.api.serving import problem_of, running
from tests.backend.proxy import Fault, Proxy, answer, honest, proxy, refusal

RITA = Person.RITA.address
FEE = {"type": "fee", "kind": "goods", "feeBps": 150}
DELAY = {"type": "setting", "name": "votingDelay", "value": "120"}


@pytest.fixture(scope="module")
def chain(deployed, tmp_path_factory):
    with market(deployed, tmp_path_factory.mktemp("drafts")) as found:
        found.index()
        yield found


@contextmanager
def behind(chain: Chain, fault: Fault) -> Iterator[tuple[httpx.Client, Proxy]]:
    """The service over a node that misbehaves so."""
    with proxy(chain.anvil.url) as between:
        app = create_app(replace(chain.settings, rpc_url=between.url), LIMITS)
        between.fault = fault
        with (
            running(app, LIMITS) as address,
            httpx.Client(base_url=address + "/api/v1", timeout=20) as client,
        ):
            yield client, between
        app.state.context.engine.dispose()


def draft(client: httpx.Client, *changes: dict[str, Any]) -> httpx.Response:
    return client.post("/proposals/draft", json={"changes": list(changes)})


def simple(request, reply):
    """Has never heard of eth_simulateV1."""
    if request["method"] == "eth_simulateV1":
        return refusal("the method eth_simulateV1 does not exist/is not available", -32601)
    return reply


def test_a_node_that_tries_each_call_by_itself(chain: Chain):
    far = FEE | {"feeBps": 999}
    pay = {"type": "payment", "asset": ZERO_ADDRESS, "to": RITA, "amount": "1"}
    with behind(chain, simple) as (client, _):
        fine = draft(client, DELAY, FEE).json()["simulation"]
        assert (fine["together"], fine["succeeded"]) == (False, True)
        assert [call["events"] for call in fine["calls"]] == [[], []]
        bad = draft(client, DELAY, far, DELAY | {"name": "votingPeriod", "value": "7200"})
        calls = bad.json()["simulation"]["calls"]
        assert [call["outcome"] for call in calls] == ["succeeded", "refused", "notReached"]
        assert calls[1]["error"]["name"] == "RuleBook_StepTooLarge"
        [poor] = draft(client, pay).json()["simulation"]["calls"]
        assert poor["error"]["text"].startswith("the treasury has less coin")


def test_a_draft_only_ever_asks(chain: Chain):
    with behind(chain, honest) as (client, between):
        assert draft(client, DELAY, FEE).status_code == 200
        asked = set(between.requests)
    assert asked == {"eth_chainId", "eth_call", "eth_simulateV1", "eth_getBlockByNumber"}


@pytest.mark.parametrize(
    ("method", "instead", "name"),
    [
        ("eth_chainId", answer("0x1"), "node-on-another-chain"),
        ("eth_simulateV1", answer([{"calls": [{}]}]), "node-unreachable"),
        ("eth_simulateV1", refusal("rate limit exceeded"), "node-unreachable"),
    ],
)
def test_a_node_that_is_no_use(chain: Chain, method, instead, name):
    def fault(request, reply):
        return instead if request["method"] == method else reply

    with behind(chain, fault) as (client, _):
        problem_of(draft(client, FEE), 503, name)


def test_a_draft_waits_for_rules_that_the_index_does_not_know(chain: Chain):
    saved = chain.anvil.rpc("evm_snapshot")
    treasury = chain.deployment.address("MarketTimelock")
    chain.anvil.rpc("anvil_impersonateAccount", treasury)
    chain.anvil.rpc("anvil_setBalance", treasury, hex(10**18))
    fees = calldata("RuleBook", "setFeeRules", ([200] * 10,))
    assert chain.send(treasury, chain.deployment.address("RuleBook"), fees)["status"] == "0x1"
    told = problem_of(draft(chain.client, FEE), 409, "block-not-indexed")
    assert told["detail"] == "the rules are at version 2, and the index at 1"
    chain.index()
    body = {"changes": [FEE]}
    made = chain.client.post(
        "/proposals/draft", json=body, params={"minBlock": told["minBlock"]}
    ).json()
    assert made["calls"][0]["changes"][0]["old"] == "200"
    chain.anvil.rpc("evm_revert", saved)
    chain.index()
