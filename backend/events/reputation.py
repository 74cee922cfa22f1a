"""What the Reputation tells. Points have 6 decimals; units do not fade."""

from __future__ import annotations

from dataclasses import dataclass

from backend.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class GenesisAllotted(Event):
    account: str
    points: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReputationEarned(Event):
    account: str
    counterparty: str
    trade_id: str
    escrow: str
    tranche: int
    points: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReputationForfeited(Event):
    account: str
    counterparty: str
    trade_id: str
    escrow: str
    tranche: int
    points: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReputationMinted(Event):
    account: str
    units: int
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReputationBurned(Event):
    account: str
    units: int
    owed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeClaimed(Event):
    escrow: str
    trade_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscrowListed(Event):
    escrow: str
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateChanged(Event):
    delegator: str
    from_delegate: str
    to_delegate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateVotesChanged(Event):
    delegate: str
    previous_votes: int
    new_votes: int
