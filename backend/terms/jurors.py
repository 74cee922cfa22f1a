"""What the pool of jurors and the seeds know: twins of the enums in ``contracts/types``, and of
how a juror's weight is worked out in ``contracts/court/JurorPool.sol``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class CallerStatus(StrEnum):
    """What a contract may do with stakes. `CLOSING`: finish what it began, but seat nobody."""

    NONE = "none"
    CLOSING = "closing"
    LISTED = "listed"


class Phase(StrEnum):
    """Where a seed stands."""

    NONE = "none"
    COMMIT = "commit"
    REVEAL = "reveal"
    DONE = "done"


class GiverState(StrEnum):
    """What a seed-giver did. `ABSENT` did not commit, `SILENT` did not reveal: both lost their
    bond."""

    DRAWN = "drawn"
    COMMITTED = "committed"
    REVEALED = "revealed"
    ABSENT = "absent"
    SILENT = "silent"


CALLER_STATUSES = tuple(CallerStatus)
PHASES = tuple(Phase)
LARGEST_STAKE = 2**96 - 1
HASHES_KEPT = 256  # blocks


@dataclass(frozen=True, slots=True)
class Tier:
    """From `min_points` of reputation on (6 decimals), a unit of stake weighs `multiplier`."""

    min_points: int
    multiplier: int


@dataclass(frozen=True, slots=True)
class Pool:
    """What a pool was deployed with: `stake_unit` is base units of `asset`, `cap` counts units,
    times are seconds but for `start` (unix). Tiers are in rising order."""

    asset: str
    stake_unit: int
    cap: int
    tiers: Sequence[Tier]
    start: int
    epoch_length: int
    leave_delay: int

    def epoch_at(self, time: int) -> int:
        """They count from 1."""
        return 1 + (time - self.start) // self.epoch_length

    def tier_for(self, points: int) -> int | None:
        """The index of the highest tier that these points reach; None below the first."""
        reached = [index for index, tier in enumerate(self.tiers) if points >= tier.min_points]
        return reached[-1] if reached else None

    def weight(self, stake: int, leaving: int, drawable: bool, points: int) -> int:
        """What `refresh` would make of a juror."""
        tier = self.tier_for(points)
        if tier is None or not drawable:
            return 0
        units = min((stake - leaving) // self.stake_unit, self.cap)
        return units * self.tiers[tier].multiplier
