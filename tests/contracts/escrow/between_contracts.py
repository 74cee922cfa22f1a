"""Trades whose sides are contracts, which may refuse, burn gas, or call back when they are paid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from backend.terms.offer import ZERO_ADDRESS, Tranche
from tests.contracts.escrow.actions import FOR_EVER, HALF, accept, expire, past_due, refund, split
from tests.contracts.escrow.market import (
    DISPUTED,
    PERFORMED,
    Market,
    Opened,
    Person,
)


class Agent:
    """A contract that acts like a person: its owner signs, and sends through it."""

    def __init__(self, market: Market, contract: Any, owner: Person) -> None:
        self.market, self.contract, self.owner = market, contract, owner
        self.address, self.key = str(contract.address), owner.key

    def send(self, function: Any, *args: Any, value: int = 0) -> Any:
        """Calls a function of a contract in the contract's name."""
        data = function.encode_input(*args)
        sender = {"from": self.owner.account}
        return self.contract.execute(function._address, value, data, sender)

    def set(self, setter: str, *args: Any) -> None:
        getattr(self.contract, setter)(*args, {"from": self.owner.account})


def hire(market: Market, StubPayee: Any, name: str, *tokens: Any) -> Agent:
    """A contract of this person's, with coin and tokens and the Escrow allowed to take them."""
    people = market.people
    contract = people["deployer"].account.deploy(StubPayee, people[name].address)
    people["guest"].account.transfer(contract, 10**18)
    agent = Agent(market, contract, people[name])
    for token in tokens:
        token.mint(contract, 10**18, {"from": people["deployer"].account})
        agent.send(token.approve, market.escrow, 2**256 - 1)
    return agent


def open_between(
    market: Market, sides: Sequence[Agent], *tranches: Tranche, asset: Any = ZERO_ADDRESS
) -> Opened:
    """The second takes the offer of the first."""
    offer = market.offer(*tranches, parties=(sides[0], None), asset=asset)
    needed = market.coin_needed(offer)
    args = offer.pack(), 0, market.sign(offer, sides[0].owner)
    receipt = sides[1].send(market.escrow.openTrade, *args, value=needed)
    return market.opened(offer, receipt)


def bring_to(market: Market, sides: Sequence[Agent], opened: Opened, status: int) -> None:
    """From open to performed or disputed."""
    if status in (PERFORMED, DISPUTED):
        sides[0].send(market.escrow.perform, opened.packed, 0)
    if status == DISPUTED:
        sides[1].send(market.escrow.dispute, opened.packed, 0)


def close(
    market: Market, sides: Sequence[Agent], opened: Opened, action: Callable[..., Any]
) -> Any:
    """One of `actions`, where it is a side's through that side's contract."""
    if action in (accept, refund):
        side = sides[1] if action is accept else sides[0]
        return side.send(getattr(market.escrow, action.__name__), opened.packed, 0)
    if action is split:
        signed = [market.sign_split(opened.id, side.owner, HALF, FOR_EVER) for side in sides]
        sender = {"from": market.people["stranger"].account}
        return market.escrow.split(opened.packed, 0, HALF, FOR_EVER, *signed, sender)
    if action is expire:
        past_due(market, opened)
    return action(market, opened)
