"""Jurors' weights by epoch and what they have free, from the pool's logs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from scripts.recompute.logs import Log


@dataclass
class Stakes:
    """`changes[epoch]` maps a position to its holder and weight as that epoch left them; stakes are
    base units, `last_lock` what was locked last."""

    changes: dict[int, dict[int, tuple[str, int]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    stake: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    locked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    last_lock: int = 0

    def take(self, log: Log) -> str:
        """Follows one log; the juror it is about."""
        juror = str(log["juror"])
        amount = log.values.get("amount", 0)
        if log.name == "WeightSet":
            self.changes[log["epoch"]][log["position"]] = (juror, log["weight"])
        elif log.name == "Staked":
            self.stake[juror] += amount
        elif log.name == "StakeWithdrawn":
            self.stake[juror] -= amount
        elif log.name == "StakeLocked":
            self.locked[juror] += amount
            self.last_lock = amount
        elif log.name == "StakeUnlocked":
            self.locked[juror] -= amount
        elif log.name == "StakeSlashed":
            self.stake[juror] -= amount
            self.locked[juror] -= amount
        elif log.name == "StakeAwarded" and self.stake[juror]:
            self.stake[juror] += amount  # who has no stake gets a credit instead
        return juror

    def free(self, juror: str) -> int:
        return self.stake[juror] - self.locked[juror]

    def at(self, epoch: int) -> list[tuple[int, str, int]]:
        """Position, holder and weight of every leaf at the end of an epoch, in order."""
        leaves: dict[int, tuple[str, int]] = {}
        for past in sorted(self.changes):
            if past <= epoch:
                leaves |= self.changes[past]
        return [(position, *leaves[position]) for position in sorted(leaves)]


def drawn(leaves: list[tuple[int, str, int]], number: int) -> tuple[str, int] | None:
    """Whom a number, modulo all weights, falls on, leaves laid side by side; and the position."""
    total = sum(weight for _, _, weight in leaves)
    left = number % total if total else 0
    for position, holder, weight in leaves:
        if left < weight:
            return holder, position
        left -= weight
    return None
