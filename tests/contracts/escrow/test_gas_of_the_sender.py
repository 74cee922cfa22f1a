"""Who closes a tranche brings the gas

├── enough: a payee that needs what a payment allows (50,000, a token 300,000) is paid
├── a payee that needs more: it is credited
└── too little → GasTooLow, or out of gas: never a credit instead of a payment
"""

import pytest
from eth_utils import keccak

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.between_contracts import hire, open_between
from tests.contracts.escrow.market import ACCEPTED, AMOUNT, DUE_IN, MISSED, OPEN, goods
from tests.contracts.expect import reverts

PUSH_GAS = {"coin": 50_000, "token": 300_000}
PAY = AMOUNT - 25_000


@pytest.fixture(params=PUSH_GAS)
def case(request, market, StubPayee, odd):
    """Seller and buyer as contracts, the asset, and the gas that a payment in it allows."""
    sides = [hire(market, StubPayee, name, odd) for name in ("seller", "buyer")]
    asset = ZERO_ADDRESS if request.param == "coin" else odd
    odd.setHooked(sides[0].address, True, {"from": market.seller.account})
    opened = open_between(market, sides, asset=asset)
    return sides, asset, opened, PUSH_GAS[request.param]


def accept(market, sides, opened, gas=None):
    data = market.escrow.accept.encode_input(opened.packed, 0)
    sender = {"from": sides[1].owner.account, "gas_limit": gas}
    return sides[1].contract.execute(market.escrow, 0, data, sender)


def test_a_payee_that_needs_nearly_all_that_a_payment_allows(market, case):
    sides, asset, opened, allowed = case
    overhead = 2_500 if asset == ZERO_ADDRESS else 60_000  # of the token's own work
    sides[0].set("setSpending", allowed - overhead)
    receipt = accept(market, sides, opened)
    assert market.gained(receipt, asset, sides[0]) == PAY


def test_a_payee_that_needs_more_than_a_payment_allows(market, case):
    sides, asset, opened, allowed = case
    sides[0].set("setSpending", allowed + 5_000)
    receipt = accept(market, sides, opened)
    assert market.owed(receipt, asset, sides[0]) == PAY
    assert market.status(opened) == ACCEPTED


def test_too_little_gas_never_makes_a_credit_E26(market, case):
    """Over all limits between failing and passing, step by step."""
    sides, asset, opened, allowed = case
    overhead = 2_500 if asset == ZERO_ADDRESS else 60_000
    sides[0].set("setSpending", allowed - overhead)
    limits = range(60_000, allowed + 320_000, 7_001)
    outcomes = [outcome(market, sides, opened, gas) for gas in limits]
    failed = outcomes.count("failed")
    assert 0 < failed < len(outcomes)
    assert outcomes == ["failed"] * failed + ["paid"] * (len(outcomes) - failed)


def outcome(market, sides, opened, gas):
    """What comes of accepting with this much gas; undone afterwards."""
    ask, eth = market.web3.provider.make_request, market.web3.eth
    data = market.escrow.accept.encode_input(opened.packed, 0)
    transaction = {
        "from": sides[1].owner.address,
        "to": sides[1].address,
        "data": sides[1].contract.execute.encode_input(market.escrow, 0, data),
        "gas": gas,
    }
    snapshot = ask("evm_snapshot", [])["result"]
    receipt = eth.wait_for_transaction_receipt(eth.send_transaction(transaction))
    assert ask("evm_revert", [snapshot])["result"] is True
    if not receipt["status"]:
        return "failed"
    topics = [log["topics"][0] for log in receipt["logs"] if log["address"] == market.escrow]
    return "credited" if keccak(text="Credited(address,address,uint256)") in topics else "paid"


def test_too_little_gas_is_said_E26(market, case):
    sides, _, opened, allowed = case
    with reverts("Escrow_GasTooLow"):
        accept(market, sides, opened, allowed + 100_000)
    assert market.status(opened) == OPEN


def test_too_little_gas_for_the_second_side_undoes_the_first_E26(market, people):
    """A split pays two: neither is paid if there is not gas for both."""
    opened = market.open()
    signed = [
        market.sign_split(opened.id, side, 5_000, 2**40 - 1)
        for side in (market.seller, market.buyer)
    ]
    sender = {"from": people["stranger"].account, "gas_limit": 190_000}
    with reverts("Escrow_GasTooLow"):
        market.escrow.split(opened.packed, 0, 5_000, 2**40 - 1, *signed, sender)
    sender["gas_limit"] = 250_000
    market.escrow.split(opened.packed, 0, 5_000, 2**40 - 1, *signed, sender)


def test_too_little_gas_for_a_batch_undoes_all_E26(market, people):
    trades = [market.open(goods(1_000 + i)) for i in range(4)]
    market.mine_at(market.now + DUE_IN + 1)
    packed = [opened.packed for opened in trades]
    sender = {"from": people["stranger"].account, "gas_limit": 200_000}
    with reverts("Escrow_GasTooLow"):
        market.escrow.expireBatch(packed, [0] * 4, sender)
    assert [market.status(opened) for opened in trades] == [OPEN] * 4
    sender["gas_limit"] = 400_000
    market.escrow.expireBatch(packed, [0] * 4, sender)
    assert [market.status(opened) for opened in trades] == [MISSED] * 4
