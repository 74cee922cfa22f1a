"""Transactions on a real node: sent once, waited for, and explained when they fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from backend.chain import CallReverted, Node, NodeUnreachable, Rpc, TooLittleCoin
from backend.chain.sending import MinedAndReverted, NotMined, Wallet
from backend.chain.simulation import Attempt
from backend.people import Person, public_account
from backend.terms.calldata import calldata
from backend.terms.reverts import read_revert
from tests.backend.court import COIN
from tests.backend.market import GAS, Market
from tests.backend.proxy import Fault, Reply, cut, proxy

ADA = Person.ADA


@pytest.fixture
def wallet(market: Market) -> Iterator[Wallet]:
    with Rpc(market.url) as rpc:
        yield Wallet(Node(rpc), ADA.account, market.deployment.chain_id)


def pool_call(market: Market, function: str, *arguments: object, value: int = 0) -> Attempt:
    data = calldata("JurorPool", function, *arguments)
    return Attempt(market.addresses["JurorPool"], value, data)


def quietly(_tx_hash: str) -> None:
    pass


def test_a_receipt_tells_block_gas_and_cost(market: Market, wallet: Wallet) -> None:
    before = market.rpc("eth_getBalance", ADA.address, "latest")
    sent: list[str] = []
    receipt = wallet.send(pool_call(market, "stake", COIN, value=COIN), sent.append)
    after = market.rpc("eth_getBalance", ADA.address, "latest")
    assert sent == [receipt.tx_hash]
    assert receipt.block == market.head
    assert int(before, 16) - int(after, 16) == COIN + receipt.cost
    assert market.view("JurorPool", "stakeOf", ADA.address)[0] == COIN


def test_what_is_refused_is_not_sent(market: Market, wallet: Wallet) -> None:
    head = market.head
    with pytest.raises(CallReverted) as error:
        wallet.send(pool_call(market, "withdraw"), quietly)
    assert read_revert(error.value.data).name == "JurorPool_NothingToWithdraw"
    assert market.head == head


def test_what_is_not_mined_may_still_be(market: Market, wallet: Wallet) -> None:
    market.rpc("evm_setAutomine", False)
    with pytest.raises(NotMined, match="may still be mined: look before you send it again"):
        wallet.send(pool_call(market, "stake", COIN, value=COIN), quietly, seconds=0)
    assert market.view("JurorPool", "stakeOf", ADA.address)[0] == 0
    market.mine()
    assert market.view("JurorPool", "stakeOf", ADA.address)[0] == COIN


def test_what_fails_in_its_block_says_why(market: Market, wallet: Wallet) -> None:
    """It passes when it is tried; then the Court, which pays more for its gas, locks the stake."""
    market.send(ADA, "JurorPool", "stake", COIN, value=COIN)
    market.send(ADA, "JurorPool", "requestLeave", COIN)
    market.wait_until(market.view("JurorPool", "stakeOf", ADA.address)[3])
    market.rpc("evm_setAutomine", False)
    court = market.addresses["Court"]
    market.rpc("anvil_impersonateAccount", court)
    market.rpc("anvil_setBalance", court, hex(COIN))

    def overtake(_tx_hash: str) -> None:
        lock = pool_call(market, "lock", ADA.address, COIN)
        price = hex(100 * 10**9)
        call = {"from": court, "to": lock.to, "data": "0x" + lock.data.hex(), "gas": GAS}
        fees = {"maxFeePerGas": price, "maxPriorityFeePerGas": price}
        market.rpc("eth_sendTransaction", call | fees)
        market.mine()

    with pytest.raises(MinedAndReverted) as error:
        wallet.send(pool_call(market, "withdraw"), overtake)
    assert read_revert(error.value.data).name == "JurorPool_NothingToWithdraw"


def test_who_has_nothing_cannot_pay(market: Market) -> None:
    stranger = public_account(30)
    with Rpc(market.url) as rpc:
        poor = Wallet(Node(rpc), stranger, market.deployment.chain_id)
        with pytest.raises(TooLittleCoin):
            poor.send(pool_call(market, "stake", COIN, value=COIN), quietly)


def sending_fails(times: int) -> Fault:
    """The node takes a transaction, and its answer gets lost so many times."""
    left = [times]

    def fault(request: dict[str, Any], reply: Reply) -> Reply:
        if request["method"] == "eth_sendRawTransaction" and left[0]:
            left[0] -= 1
            return cut(request, reply)
        return reply

    return fault


def test_S7_an_answer_that_is_lost_sends_it_once(market: Market) -> None:
    """Asked again, the node says that it has the transaction already."""
    with proxy(market.url) as between, Rpc(between.url) as rpc:
        between.fault = sending_fails(1)
        wallet = Wallet(Node(rpc), ADA.account, market.deployment.chain_id)
        wallet.send(pool_call(market, "stake", COIN, value=COIN), quietly)
    assert market.view("JurorPool", "stakeOf", ADA.address)[0] == COIN


def test_S7_an_answer_that_never_comes_is_told(market: Market) -> None:
    with proxy(market.url) as between, Rpc(between.url) as rpc:
        between.fault = sending_fails(9)
        wallet = Wallet(Node(rpc), ADA.account, market.deployment.chain_id)
        with pytest.raises(NodeUnreachable, match="was sent is not known: look before"):
            wallet.send(pool_call(market, "stake", COIN, value=COIN), quietly)
    assert market.view("JurorPool", "stakeOf", ADA.address)[0] == COIN
