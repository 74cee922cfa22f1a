"""What can be done to a tranche in which status

|            | open | performed | disputed | final |
|------------|------|-----------|----------|-------|
| perform    | yes  |           |          |       |
| accept     | yes  | yes       | yes      |       |
| refund     | yes  | yes       | yes      |       |
| dispute    |      | yes       |          |       |
| rule       |      |           | yes      |       |
| decline    |      |           | yes      |       |
| split      | yes  | yes       | yes      |       |
| expire     | due  | due       | due      |       |

What cannot be done → WrongStatus; of a batch → NothingDue. Nothing moves then.
"""

from itertools import permutations

import pytest
from hexbytes import HexBytes

from tests.contracts.escrow.actions import ACTIONS, FOR_EVER, HALF, in_status, past_due
from tests.contracts.escrow.market import (
    ACCEPTED,
    DEFAULTED,
    DISPUTED,
    FINAL,
    LAPSED,
    MISSED,
    OPEN,
    PERFORMED,
    REFUNDED,
    RULED,
    SPLIT,
)
from tests.contracts.expect import reverts

UNFINISHED = (OPEN, PERFORMED, DISPUTED)
ALLOWED = {
    "perform": {OPEN: PERFORMED},
    "accept": dict.fromkeys(UNFINISHED, ACCEPTED),
    "refund": dict.fromkeys(UNFINISHED, REFUNDED),
    "dispute": {PERFORMED: DISPUTED},
    "rule": {DISPUTED: RULED},
    "decline": {DISPUTED: DEFAULTED},
    "split": dict.fromkeys(UNFINISHED, SPLIT),
    "expire": {OPEN: MISSED, PERFORMED: LAPSED, DISPUTED: DEFAULTED},
    "expireBatch": {OPEN: MISSED, PERFORMED: LAPSED, DISPUTED: DEFAULTED},
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("status", UNFINISHED)
def test_unfinished_tranche(market, status, action):
    opened = in_status(market, status)
    if action.startswith("expire"):
        past_due(market, opened)
    if status in ALLOWED[action]:
        ACTIONS[action](market, opened)
        assert market.status(opened) == ALLOWED[action][status]
        return
    with reverts("Escrow_WrongStatus", HexBytes(opened.id), 0, status):
        ACTIONS[action](market, opened)
    assert market.status(opened) == status


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("status", FINAL)
def test_final_tranche_is_final_E12(market, asset, status, action):
    """Every way of closing, followed by every other: the word does not change."""
    opened = in_status(market, status, asset=asset)
    word, block = market.escrow.wordOf(opened.id), market.chain.height
    if action == "expireBatch":
        with reverts("Escrow_NothingDue"):
            ACTIONS[action](market, opened)
    else:
        with reverts("Escrow_WrongStatus", HexBytes(opened.id), 0, status):
            ACTIONS[action](market, opened)
    assert market.escrow.wordOf(opened.id) == word
    assert market.held(asset, market.escrow) == market.held(asset, market.escrow, block)


def call(market, opened, action):
    """The transaction with which one side, the arbitrator or a stranger acts."""
    people, escrow = market.people, market.escrow
    if action == "split":
        signed = [
            market.sign_split(opened.id, side, HALF, FOR_EVER)
            for side in (market.seller, market.buyer)
        ]
        data = escrow.split.encode_input(opened.packed, 0, HALF, FOR_EVER, *signed)
        return {"from": people["stranger"].address, "data": data}
    more = [HALF] if action == "rule" else []
    data = getattr(escrow, action).encode_input(opened.packed, 0, *more)
    senders = {"accept": "buyer", "dispute": "buyer", "refund": "seller", "rule": "arbitrator"}
    return {"from": people[senders.get(action, "stranger")].address, "data": data}


CLOSINGS = ["accept", "refund", "rule", "split"]
RESULT = {"accept": ACCEPTED, "refund": REFUNDED, "rule": RULED, "split": SPLIT}


@pytest.mark.parametrize(("first", "second"), list(permutations(CLOSINGS, 2)))
def test_two_closings_in_one_block_E12_E15(market, asset, first, second):
    """Who comes first is right, and the tranche is paid once."""
    opened = in_status(market, DISPUTED, asset=asset)
    before = market.held(asset, market.escrow)
    receipts = market.in_one_block(*(call(market, opened, action) for action in (first, second)))
    assert [r["status"] for r in receipts] == [1, 0]
    assert market.status(opened) == RESULT[first]
    _, states = market.escrow.tranchesOf(opened.packed)
    fee = states[0][5]
    assert before - market.held(asset, market.escrow) == opened.tranche().amount - fee


@pytest.mark.parametrize("accept_first", [False, True])
def test_accept_and_dispute_in_one_block_E15(market, accept_first):
    opened = in_status(market, PERFORMED)
    both = ["accept", "dispute"] if accept_first else ["dispute", "accept"]
    # Both are the checker's: the node keeps the order of one sender's transactions by nonce.
    nonce = market.web3.eth.get_transaction_count(market.buyer.address)
    calls = [call(market, opened, a) | {"nonce": nonce + i} for i, a in enumerate(both)]
    receipts = market.in_one_block(*calls)
    assert [r["status"] for r in receipts] == ([1, 0] if accept_first else [1, 1])
    assert market.status(opened) == ACCEPTED


@pytest.mark.parametrize("second", [0, 1])
@pytest.mark.parametrize("first", ["dispute", "expire"])
def test_dispute_and_expire_in_one_block_E15(market, first, second):
    """Up to the last second of the review only the one holds, after it only the other."""
    opened = in_status(market, PERFORMED)
    other = {"dispute": "expire", "expire": "dispute"}[first]
    market.next_at(market.now + opened.tranche().review_period + second)
    receipts = market.in_one_block(call(market, opened, first), call(market, opened, other))
    worked = {a for a, r in zip((first, other), receipts, strict=True) if r["status"]}
    assert worked == ({"expire"} if second else {"dispute"})
    assert market.status(opened) == (LAPSED if second else DISPUTED)
