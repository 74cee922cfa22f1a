"""openTradeWithPermits

├── every permit is tried first
│   ├── good: the allowance is made and used
│   └── bad, sent already, in another's name, of no token: passed over
└── then as openTrade: with an allowance the trade opens, without one the token's error
"""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from eth_account.messages import encode_typed_data

from backend.terms.offer import Tranche
from tests.contracts.escrow.market import AMOUNT, DAY, DUE_IN, OPEN, REVIEW, Person
from tests.contracts.expect import reverts

PERMIT = {
    "Permit": [
        {"name": "owner", "type": "address"},
        {"name": "spender", "type": "address"},
        {"name": "value", "type": "uint256"},
        {"name": "nonce", "type": "uint256"},
        {"name": "deadline", "type": "uint256"},
    ]
}


@dataclass(frozen=True)
class Signed:
    """The ABI's `Permit`."""

    owner: str
    value: int
    deadline: int
    v: int
    r: bytes
    s: bytes

    @property
    def packed(self) -> tuple[Any, ...]:
        return (self.owner, self.value, self.deadline, self.v, self.r, self.s)


def permit(
    market: Any, token: Any, owner: Person, value: int, deadline: int | None = None
) -> Signed:
    domain = {
        "name": token.name(),
        "version": "1",
        "chainId": market.chain.id,
        "verifyingContract": token.address,
    }
    until = market.now + DAY if deadline is None else deadline
    message = {
        "owner": owner.address,
        "spender": market.escrow.address,
        "value": value,
        "nonce": token.nonces(owner.address),
        "deadline": until,
    }
    signed = owner.key.sign_message(encode_typed_data(domain, PERMIT, message))
    r, s = signed.r.to_bytes(32, "big"), signed.s.to_bytes(32, "big")
    return Signed(owner.address, value, until, signed.v, r, s)


@pytest.fixture(autouse=True)
def no_allowances(market, people, token):
    for someone in people.values():
        token.approve(market.escrow, 0, {"from": someone.account})


def take(market, offer, permits, *signers):
    sent = {"from": market.buyer.account, "value": market.coin_needed(offer)}
    return market.escrow.openTradeWithPermits(
        offer.pack(), 0, market.sign(offer, *signers), [p.packed for p in permits], sent
    )


def test_open_with_a_permit(market, token):
    offer = market.offer(asset=token)
    receipt = take(market, offer, [permit(market, token, market.buyer, AMOUNT)])
    assert market.status(market.opened(offer, receipt)) == OPEN
    assert market.gained(receipt, token, market.buyer) == -AMOUNT
    assert token.allowance(market.buyer.address, market.escrow) == 0


def test_open_with_permits_of_three_funders(market, token, people):
    seller, courier = market.seller, people["courier"]
    tranches = [Tranche(i, (i + 1) % 3, i, 100 + i, DUE_IN, REVIEW) for i in range(3)]
    offer = market.offer(*tranches, parties=(seller, courier, None), asset=token)
    funders = (seller, courier, market.buyer)
    permits = [permit(market, token, who, 100 + i) for i, who in enumerate(funders)]
    receipt = take(market, offer, permits, seller, courier)
    assert [market.gained(receipt, token, who) for who in funders] == [-100, -101, -102]


def test_open_with_a_permit_that_somebody_sent_before_E19(market, token, people):
    offer = market.offer(asset=token)
    signed = permit(market, token, market.buyer, AMOUNT)
    token.permit(
        signed.owner,
        market.escrow,
        *signed.packed[1:],
        {"from": people["stranger"].account},
    )
    receipt = take(market, offer, [signed])
    assert market.status(market.opened(offer, receipt)) == OPEN


def test_open_with_no_permit_but_an_allowance_E19(market, token):
    token.approve(market.escrow, AMOUNT, {"from": market.buyer.account})
    offer = market.offer(asset=token)
    assert market.status(market.opened(offer, take(market, offer, []))) == OPEN


BAD = {
    "of less": lambda m, t: permit(m, t, m.buyer, AMOUNT - 1),
    "expired": lambda m, t: permit(m, t, m.buyer, AMOUNT, m.now - 1),
    "forged": lambda m, t: replace(
        permit(m, t, m.people["stranger"], AMOUNT), owner=m.buyer.address
    ),
    "changed": lambda m, t: replace(permit(m, t, m.buyer, AMOUNT), value=AMOUNT + 1),
    "malleable v": lambda m, t: replace(permit(m, t, m.buyer, AMOUNT), v=1),
    "of nobody": lambda m, t: replace(permit(m, t, m.buyer, AMOUNT), owner="0x" + "00" * 20),
}


@pytest.mark.parametrize("bad", BAD)
def test_open_with_a_bad_permit(market, token, bad):
    """Without an allowance the token says what is missing; with one the permit does not matter."""
    offer = market.offer(asset=token)
    signed = BAD[bad](market, token)
    allowed = AMOUNT - 1 if bad == "of less" else 0
    with reverts("ERC20InsufficientAllowance", market.escrow, allowed, AMOUNT):
        take(market, offer, [signed])
    token.approve(market.escrow, AMOUNT, {"from": market.buyer.account})
    if bad == "of less":  # it was good, and replaces the allowance: the owner signed that
        with reverts("ERC20InsufficientAllowance", market.escrow, allowed, AMOUNT):
            take(market, offer, [signed])
        return
    take(market, offer, [signed])


def test_open_with_a_permit_for_another_spender(
    market, token, Escrow, people, rules, points, labels
):
    treasury = people["treasury"].address
    twin = people["deployer"].account.deploy(Escrow, rules, treasury, points, labels)
    there = type(market)(twin, rules, people, market.chain, market.web3)
    offer = market.offer(asset=token)
    with reverts("ERC20InsufficientAllowance", market.escrow, 0, AMOUNT):
        take(market, offer, [permit(there, token, market.buyer, AMOUNT)])


def test_open_with_a_permit_in_coin(market):
    """Coin has no permits: they are passed over."""
    offer = market.offer()
    receipt = take(
        market, offer, [Signed(market.buyer.address, 1, 2**256 - 1, 27, b"\0" * 32, b"\0" * 32)]
    )
    assert market.status(market.opened(offer, receipt)) == OPEN


@pytest.mark.parametrize("asset", ["nobody", "rules"])
def test_open_with_a_permit_of_what_is_no_token_E28(market, people, asset):
    """The rule book refuses the asset, as it would without permits."""
    account = {"nobody": people["guest"], "rules": market.rules}[asset]
    offer = market.offer(asset=account)
    with reverts("RuleBook_AssetNotAllowed", account):
        take(
            market, offer, [Signed(market.buyer.address, 1, 2**256 - 1, 27, b"\0" * 32, b"\0" * 32)]
        )


def test_open_with_a_permit_of_a_token_that_is_not_allowed_E28(market, people, StubToken):
    """It is called before it is refused, and the call is undone."""
    other = people["deployer"].account.deploy(StubToken, "Other", "OTHER", 18)
    offer = market.offer(asset=other)
    with reverts("RuleBook_AssetNotAllowed", other):
        take(market, offer, [permit(market, other, market.buyer, AMOUNT)])
    assert other.allowance(market.buyer.address, market.escrow) == 0


def test_open_with_permits_as_strictly_as_without(market, token, people):
    offer = market.offer(asset=token)
    with reverts("Escrow_BadSignature", market.seller):
        take(market, offer, [permit(market, token, market.buyer, AMOUNT)], people["stranger"])
    assert token.allowance(market.buyer.address, market.escrow) == 0  # all is undone
