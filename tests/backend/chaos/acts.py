"""What people do meanwhile: trades that stay open over many blocks, votes, proposals, rules.

A reorganisation must find rows of every age: made by the block that goes, or only changed by it.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from backend.terms.offer import Tranche
from scripts.people import Person
from scripts.toolchain.node import NodeError
from tests.backend.market import BUYER, DAY, SELLER, Market, Opened, calldata

MAKERS = (Person.ALICE, Person.DAVE)
TAKERS = (Person.BOB, Person.CAROL, Person.ERIN)
MEMBERS = (Person.MARA, Person.NOOR, Person.OLU)
KEPT = 40  # trades that somebody still acts in
HOUR = 3_600


class Crowd:
    """People who act at random. What the chain refuses, because it has changed, is let be."""

    def __init__(self, market: Market, chance: random.Random) -> None:
        self._market = market
        self._chance = chance
        self._trades: list[tuple[Opened, Person, Person]] = []
        self._proposals: list[int] = []
        self._steps: tuple[Callable[[], None], ...] = (
            *[self._open] * 4,
            *[self._go_on] * 9,
            self._cancel,
            self._lock,
            self._delegate,
            self._propose,
            *[self._vote] * 2,
            self._rule,
            self._pass_time,
        )

    def act(self) -> None:
        """One act of one of them."""
        try:
            self._chance.choice(self._steps)()
        except (AssertionError, NodeError):
            self._market.mine()

    def _open(self) -> None:
        seller, buyer = self._chance.choice(MAKERS), self._chance.choice(TAKERS)
        tranches = [
            Tranche(BUYER, SELLER, BUYER, 1_000 + self._chance.randrange(9_000), DAY, DAY)
            for _ in range(self._chance.randrange(1, 4))
        ]
        offer = self._market.offer(seller, tranches)
        opened = self._market.open(offer, buyer, (seller,))
        self._trades = [*self._trades[1 - KEPT :], (opened, seller, buyer)]

    def _go_on(self) -> None:
        if not self._trades:
            return self._open()
        opened, seller, buyer = self._chance.choice(self._trades)
        tranche = self._chance.randrange(len(opened.offer.terms.tranches))
        who, what = self._chance.choice(
            ((seller, "perform"), (buyer, "accept"), (seller, "refund"), (buyer, "dispute"))
        )
        if self._chance.random() < 0.2:
            self._market.split(opened, tranche, self._chance.randrange(10_001), seller, buyer)
        else:
            self._market.act(who, what, opened, tranche)

    def _cancel(self) -> None:
        maker = self._chance.choice(MAKERS)
        if self._chance.random() < 0.3:
            self._market.send(maker, "Escrow", "cancelAllOffers")
        else:
            self._market.send(maker, "Escrow", "cancelOffer", self._market.offer(maker).pack())

    def _lock(self) -> None:
        reward = Tranche(0, 1, 0, 10**9, DAY, HOUR)
        maker = self._chance.choice(MAKERS)
        parties = (maker.address, "0x" + "00" * 20)
        offer = self._market.offer(maker, tranches=(reward,), parties=parties, fills=3, sponsor=1)
        self._market.send(maker, "Escrow", "lockBudget", offer.pack(), 2, value=2 * reward.amount)

    def _delegate(self) -> None:
        who, to = self._chance.choice(MEMBERS), self._chance.choice(MEMBERS)
        self._market.send(who, "Reputation", "delegate", to.address)

    def _propose(self) -> None:
        delay = self._market.view("MarketTimelock", "getMinDelay")
        target = self._market.deployment.address("MarketTimelock")
        data = calldata("MarketTimelock", "updateDelay", delay + self._chance.randrange(1, 999))
        text = f"Another delay, {self._chance.random()}"
        calls = ([target], [0], [data])
        told = self._market.send(Person.MARA, "MarketGovernor", "propose", *calls, text)
        event = told[0].event
        self._proposals.append(event.proposal_id)  # type: ignore[attr-defined]
        self._proposals = self._proposals[-3:]

    def _vote(self) -> None:
        if not self._proposals:
            return self._propose()
        proposal = self._chance.choice(self._proposals)
        snapshot = self._market.view("MarketGovernor", "proposalSnapshot", proposal)
        if snapshot >= self._market.now:
            self._market.wait_until(snapshot + 1)
        support = self._chance.randrange(3)
        reason = ("castVoteWithReason", proposal, support, "why not")
        self._market.send(self._chance.choice(MEMBERS), "MarketGovernor", *reason)

    def _rule(self) -> None:
        fees = self._market.view("RuleBook", "feeRules", 1)
        change = [max(0, fee - self._chance.randrange(2)) for fee in fees[0]]
        self._market.by_timelock("RuleBook", "setFeeRules", (change,))

    def _pass_time(self) -> None:
        self._market.wait_until(self._market.now + self._chance.randrange(1, DAY))
