"""What a proposal is said to change is what it then changes, to the unit."""

from contextlib import closing
from typing import Any

import pytest

from backend.terms.offer import Tranche
from scripts.people import Person
from tests.backend.api.chain import Chain, market
from tests.backend.api.voting import carry_out, draft, propose, wait_until
from tests.backend.market import BUYER, DAY, SELLER, Market

ALICE, BOB = Person.ALICE, Person.BOB
# Amounts whose fees are rounded, and one that is too small for any.
AMOUNTS = (10**15 + 7, 33_333, 39)
DISPUTED = 99_999


@pytest.fixture(scope="module")
def chain(deployed, tmp_path_factory):
    with market(deployed, tmp_path_factory.mktemp("impact")) as found:
        wait_until(found, found.node.head().time + 100)
        found.index()
        yield found


def trade_all(acting: Market) -> list[str]:
    """Sales that are accepted, and one that is disputed and never ruled on; their ids."""
    ids = []
    for amount in (*AMOUNTS, DISPUTED):
        cut = [Tranche(BUYER, SELLER, BUYER, amount, DAY, DAY)]
        opened = acting.open(acting.offer(tranches=cut), BOB)
        acting.act(ALICE, "perform", opened, 0)
        if amount == DISPUTED:
            acting.act(BOB, "dispute", opened, 0)
            acting.wait_until(acting.now + DAY + 1)
            acting.act(Person.RITA, "expire", opened, 0)
        else:
            acting.act(BOB, "accept", opened, 0)
        ids.append(opened.trade_id)
    return ids


def by_trade(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in told["items"]}


def test_the_same_trades_then_pay_what_was_reckoned(chain: Chain):
    with closing(Market(chain.anvil.url, chain.deployment)) as acting:
        first = trade_all(acting)
        chain.index()
        made = draft(
            chain,
            {"type": "fee", "kind": "goods", "feeBps": 347},
            {"type": "disputeRules", "defaultPerformerBps": 7_123},
        )
        assert made["simulation"]["succeeded"] is True
        propose(chain, made)
        chain.index()
        path = f"/proposals/{made['proposalId']}/impact"
        reckoned = chain.client.get(path, params={"days": 3}).json()
        items = by_trade(reckoned)
        assert set(items) == set(first)

        assert carry_out(chain, made)["status"] == "0x1"
        acting.wait_until(acting.now + DAY)
        second = trade_all(acting)
    chain.index()
    for old, new in zip(first, second, strict=True):
        then, now = items[old], chain.client.get(f"/trades/{new}").json()
        assert now["rulesVersion"] == 3
        payout = now["tranches"][0]["payout"]
        assert payout["fee"]["value"] == then["fees"]["proposed"]
        before = chain.client.get(f"/trades/{old}").json()["tranches"][0]["payout"]
        assert before["fee"]["value"] == then["fees"]["paid"] == then["fees"]["current"]
    [dispute] = items[first[-1]]["disputes"]
    for name in ("toPerformer", "toChecker", "fee"):
        assert payout[name]["value"] == dispute["proposed"][name]
        assert before[name]["value"] == dispute["current"][name]
    [coin] = reckoned["assets"]
    treasury = chain.deployment.address("MarketTimelock")
    [credit] = chain.client.get("/credits", params={"account": treasury}).json()["items"]
    both = int(coin["fees"]["paid"]) + int(coin["fees"]["proposed"])
    assert int(credit["amount"]["value"]) == both
    assert coin["more"]["whose"] == ALICE.address
    # Executed, it is still told from before it.
    again = chain.client.get(path, params={"days": 30}).json()
    assert {name: by_trade(again)[name] for name in first} == items
