"""What the BondedSeed tells. A round is known by its number, which is the id of every request that
joined it; times are unix seconds, targets block numbers."""

from __future__ import annotations

from dataclasses import dataclass

from backend.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedRequested(Event):
    request_id: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedSet(Event):
    request_id: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundEvent(Event):
    """Something happened in a round."""

    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(RoundEvent):
    """`givers` were drawn by `base` from the weights at the end of `epoch`."""

    base: int
    epoch: int
    givers: tuple[str, ...]
    commit_until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSet(RoundEvent):
    """Secrets may be shown from block `reveal_from` on."""

    target: int
    reveal_from: int
    reveal_until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetMixed(RoundEvent):
    target: int
    block_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiverEvent(RoundEvent):
    """What a seed-giver did, or did not do."""

    giver: str
    seat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretCommitted(GiverEvent):
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretRevealed(GiverEvent):
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BondForfeited(GiverEvent):
    """It did not reveal, or, without `committed`, did not commit."""

    committed: bool
