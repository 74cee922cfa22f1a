"""How a chain changes behind an indexer's back."""

from __future__ import annotations

import random
from dataclasses import dataclass

from scripts.people import Person
from tests.backend.chaos.victim import PACE
from tests.backend.market import Market, calldata

DEEPEST = 64


@dataclass
class Upheaval:
    """Reorganises at random, at most `DEEPEST` blocks, and never below what is final.

    Final is what is `PACE.finality` blocks below the highest head the indexer may have seen. A
    node that was started from a file cannot go back beyond where it began: it is given blocks.
    """

    market: Market
    chance: random.Random
    count: int = 0
    _highest: int = 0
    _began: int = 0

    def __post_init__(self) -> None:
        self._began = self.market.head
        self.market.mine(DEEPEST + 1)

    def strike(self) -> str:
        """One reorganisation; what it was."""
        head = self.market.head
        self._highest = max(self._highest, head)
        floor = max(self._began, self._highest - PACE.finality + 1)
        deepest = min(DEEPEST, head - floor)
        if deepest < DEEPEST:
            self.market.mine(DEEPEST - deepest)
        depth = self.chance.choice((1, 1, 2, 3, 5, 8, 13, 21, 34, DEEPEST))
        way = self.chance.choice((self._empty, self._replaced, self._back, self._on))
        way(depth)
        self.count += 1
        return f"{way.__name__.strip('_')} {depth}"

    def _empty(self, depth: int) -> None:
        """As many other blocks, without transactions: only their hashes tell."""
        self.market.rpc("anvil_reorg", depth, [])

    def _replaced(self, depth: int) -> None:
        """As many other blocks, with transactions of their own."""
        to = self.market.deployment.address("Escrow")
        data = "0x" + calldata("Escrow", "cancelAllOffers").hex()
        people = self.chance.sample((Person.ALICE, Person.DAVE, Person.ERIN, Person.RITA), 3)
        sent = [
            [{"from": who.address, "to": to, "data": data}, self.chance.randrange(depth)]
            for who in people
        ]
        self.market.rpc("anvil_reorg", depth, sent)

    def _back(self, depth: int) -> None:
        """Taken away: the head is lower than before."""
        self.market.rpc("anvil_rollback", depth)

    def _on(self, depth: int) -> None:
        """Taken away, and gone on beyond where it was."""
        self.market.rpc("anvil_rollback", depth)
        self.market.mine(depth + self.chance.randrange(1, 4))
