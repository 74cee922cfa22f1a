"""Seed-givers of a real BondedSeed, in the court's world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from brownie import chain, web3
from eth_utils.crypto import keccak

from tests.contracts.court.world import HOUR, Dispute, Room
from tests.contracts.escrow.market import Person
from tests.contracts.expect import plain, until

GIVERS, DEPTH = 3, 2
COMMIT_PERIOD, REVEAL_PERIOD = 12 * HOUR, 6 * HOUR
BOND = 10**17


@dataclass(frozen=True)
class Round:
    """The round of seeds that the present panel of a dispute waits for."""

    room: Room
    number: int

    @classmethod
    def of(cls, dispute: Dispute) -> Round:
        return cls(dispute.room, int(dispute.panel()[0]["requestId"]))

    @property
    def seeds(self) -> Any:
        return self.room.randomness

    @property
    def givers(self) -> list[Person]:
        return [self.room.juror(str(one)) for one in self.seeds.roundOf(self.number)["givers"]]

    @property
    def state(self) -> dict[str, Any]:
        names = ("phase", "deadline", "target")
        return dict(zip(names, plain(self.seeds.roundOf(self.number))[:3], strict=True))

    @property
    def seed(self) -> int:
        return int(self.seeds.seedOf(self.number))

    def secret(self, seat: int) -> bytes:
        return bytes(keccak(text=f"Secret {seat} of {self.number}"))

    def commit(self, *seats: int) -> None:
        for seat in seats:
            giver = self.givers[seat]
            made = self.seeds.commitmentOf(self.number, giver.address, self.secret(seat))
            self.seeds.commit(self.number, seat, made, {"from": giver.account})

    def close(self) -> Any:
        """After the time to commit, by anyone."""
        until(self.state["deadline"] + 1)
        return self.seeds.close(self.number, {"from": self.room.stranger})

    def settle_target(self) -> None:
        while web3.eth.block_number + 1 < self.state["target"] + DEPTH:
            chain.mine(1)

    def reveal(self, *seats: int) -> Any:
        self.settle_target()
        for seat in seats:
            who = {"from": self.givers[seat].account}
            receipt = self.seeds.reveal(self.number, seat, self.secret(seat), who)
        return receipt

    def finish(self) -> Any:
        """After the time to reveal, by anyone."""
        until(self.state["deadline"] + 1)
        return self.seeds.finish(self.number, {"from": self.room.stranger})

    def run(self) -> None:
        """Everybody does its duty."""
        self.commit(*range(GIVERS))
        self.reveal(*range(GIVERS))
