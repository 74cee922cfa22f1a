"""What members vote on, as it stands at one moment: what a proposal's changes start from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Literal

from backend.terms.jury import JuryRules
from backend.terms.payout import BPS

MAX_PENDING = 4  # versions of the rules that are not in force yet
MOST_ATTESTORS = 16  # of a claim

Unit = Literal["basisPoints", "seconds", "points", "account", "flag", "rate", "asset", "count"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the contract demands of a change, in words, and whether it holds."""

    holds: bool
    text: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """Twin of `Bounds` in `contracts/types/Rules.sol`; a relative step is in basis points of the
    old value."""

    min: int
    max: int
    step: int
    notice: int
    relative: bool = False

    def check(self, old: int | None, new: int) -> Iterator[Check]:
        """`old` is None for what was never set: it has bounds and no step."""
        inside = self.min <= new <= self.max
        word = "is" if inside else "is not"
        yield Check(inside, f"{new} {word} from {self.min} to {self.max}, the bounds of this value")
        if old is None:
            return
        step = old * self.step // BPS if self.relative else self.step
        moved = abs(new - old)
        text = f"it moves by {moved}, and one vote may move it by {step} at most"
        yield Check(moved <= step, text)


@dataclass(frozen=True, slots=True)
class Setting:
    """A number of the governor or the timelock that members can change, by its own name."""

    contract: str
    setter: str
    getter: str
    bounds: str
    bits: int
    unit: Unit


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "votingDelay": Setting(
            "MarketGovernor", "setVotingDelay", "votingDelay", "votingDelay", 48, "seconds"
        ),
        "votingPeriod": Setting(
            "MarketGovernor", "setVotingPeriod", "votingPeriod", "votingPeriod", 32, "seconds"
        ),
        "proposalThreshold": Setting(
            "MarketGovernor",
            "setProposalThreshold",
            "proposalThresholdPoints",
            "proposalThreshold",
            256,
            "points",
        ),
        "lateQuorumVoteExtension": Setting(
            "MarketGovernor",
            "setLateQuorumVoteExtension",
            "lateQuorumVoteExtension",
            "lateQuorumVoteExtension",
            48,
            "seconds",
        ),
        "timelockDelay": Setting(
            "MarketTimelock", "updateDelay", "getMinDelay", "getMinDelay", 256, "seconds"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class AssetRule:
    """`rate` is base units of points for 1e18 base units of fee."""

    allowed: bool
    rate: int


# In the order of `ProposalType` in `contracts/types/Proposals.sol`, from 1 on; all else is last.
PROPOSAL_TYPES = ("fees", "disputeRules", "assetsAndArbitrator", "treasury", "anything")


@dataclass(frozen=True, slots=True)
class ProposalTerms:
    """What a proposal takes: shares in basis points, seconds from queueing to execution."""

    UNITS: ClassVar[Mapping[str, Unit]] = {
        "quorumBps": "basisPoints",
        "approvalBps": "basisPoints",
        "delay": "seconds",
    }

    quorum_bps: int
    approval_bps: int
    delay: int

    def named(self) -> dict[str, int]:
        """The values under the names that the contract knows them by."""
        return {
            "quorumBps": self.quorum_bps,
            "approvalBps": self.approval_bps,
            "delay": self.delay,
        }


@dataclass(frozen=True, slots=True)
class Rules:
    """The values of one version; the fee of kind k at k - 1."""

    fees: tuple[int, ...]
    arbitrator: str | None
    ruling_period: int | None
    default_performer_bps: int | None
    jury: JuryRules | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`rules` are those of the newest version, in force or not, from which the contract measures
    every step; so are the rules of the assets. `bounds` are by contract and field. `credits` is
    what the Escrow owes the treasury by asset; `terms` what proposals of each type take, the newest
    whether or not any proposal takes them yet; `holdings` what the treasury has, as far as it was
    asked for; `attestors` who may attest what, by account and name of the claim."""

    contracts: Mapping[str, str]
    version: int
    pending: int
    rules: Rules
    assets: Mapping[str, AssetRule]
    assets_pending: Mapping[str, int]
    escrows: frozenset[str]
    settings: Mapping[str, int]
    bounds: Mapping[tuple[str, str], Bounds]
    credits: Mapping[str, int]
    terms: Mapping[str, ProposalTerms]
    terms_pending: frozenset[str]
    terms_notice: int | None
    holdings: Mapping[str, int] = field(default_factory=dict)
    attestors: frozenset[tuple[str, str]] = frozenset()

    @property
    def treasury(self) -> str:
        return self.contracts["MarketTimelock"]

    def checks(self, contract: str, name: str, old: int | None, new: int) -> tuple[Check, ...]:
        """What the bounds of a number say to a change of it; nothing where they are not known."""
        found = self.bounds.get((contract, name))
        return () if found is None else tuple(found.check(old, new))

    def notice(self, *fields: str) -> int | None:
        """Seconds from the execution to the moment that a change of these rules takes effect."""
        found = [self.bounds[key] for name in fields if (key := ("RuleBook", name)) in self.bounds]
        return max((each.notice for each in found), default=None)
