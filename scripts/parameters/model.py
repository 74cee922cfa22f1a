"""The parameters of a market, as one frozen tree.

Units: times are seconds, shares and fees basis points (1/10,000), points base units of reputation
with 6 decimals (`POINT`), a rate base units of points per 1e18 base units of fee.
"""

import hashlib
import json
from dataclasses import asdict, astuple, dataclass, field, fields
from decimal import Decimal
from itertools import pairwise

from backend.terms.kinds import KIND_NAMES

POINT = 10**6
RATE_UNIT = 10**18
GOODS = 1


class ParameterError(ValueError):
    """Parameters that no market can be deployed with; one message per line."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of one governed number: smallest, largest, largest step in one vote, notice."""

    min: int
    max: int
    step: int
    notice: int = 0

    def pack(self) -> tuple[int, int, int, int]:
        """As the ABI's `Bounds`."""
        return (self.min, self.max, self.step, self.notice)


@dataclass(frozen=True, slots=True)
class Asset:
    """Something trades may be paid in. `points_per_coin` are earned per whole coin of fee.

    The chain's own coin has the zero address. An asset without an address is a test token, which
    only a local chain gets deployed.
    """

    symbol: str
    decimals: int
    points_per_coin: Decimal
    address: str | None = None

    @property
    def rate(self) -> int:
        """Base units of points per 1e18 base units of fee."""
        return int(self.points_per_coin * POINT * RATE_UNIT / 10**self.decimals)


@dataclass(frozen=True, slots=True)
class Timelock:
    """`delay` passes between queueing and execution."""

    delay: int
    delay_bounds: Bounds


@dataclass(frozen=True, slots=True)
class Jury:
    """The first jury rules, in the order of the ABI: `juror_fee` is wei, `seat_stake` base units of
    the asset that jurors stake."""

    juror_fee: int
    seat_stake: int
    deposit_period: int
    evidence_period: int
    commit_period: int
    reveal_period: int
    appeal_period: int
    conflict_period: int
    jurors: int
    max_appeals: int
    appeal_multiplier_bps: int
    slash_bps: int
    coherence_bps: int

    def pack(self) -> tuple[int, ...]:
        """As the ABI's `JuryRules`."""
        return astuple(self)


@dataclass(frozen=True, slots=True)
class JuryBounds:
    """The bounds of each of them."""

    juror_fee: Bounds
    seat_stake: Bounds
    deposit_period: Bounds
    evidence_period: Bounds
    commit_period: Bounds
    reveal_period: Bounds
    appeal_period: Bounds
    conflict_period: Bounds
    jurors: Bounds
    max_appeals: Bounds
    appeal_multiplier_bps: Bounds
    slash_bps: Bounds
    coherence_bps: Bounds

    def pack(self) -> list[tuple[int, int, int, int]]:
        """As the ABI's `juryBounds`."""
        return [getattr(self, one.name).pack() for one in fields(self)]


@dataclass(frozen=True, slots=True)
class Rules:
    """The first version of the rules; `fees` has one entry per kind (bps)."""

    fees: tuple[int, ...]
    fee_bounds: Bounds
    ruling_period: int
    ruling_period_bounds: Bounds
    default_performer_bps: int
    default_performer_bounds: Bounds
    rate_bounds: Bounds  # the step is relative, in bps of the old rate
    jury: Jury
    jury_bounds: JuryBounds
    max_pause: int
    assets: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class Genesis:
    """A member from the first day, and what it is allotted (base units of points)."""

    account: str
    points: int


@dataclass(frozen=True, slots=True)
class Reputation:
    """The caps of an epoch (base units of points), the largest earned share, the first members."""

    per_counterparty: int
    per_account: int
    share_bps: int
    genesis: tuple[Genesis, ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """From `min_points` of reputation on, a juror's stake counts `multiplier` times."""

    min_points: int
    multiplier: int

    def pack(self) -> tuple[int, int]:
        """As the ABI's `Tier`."""
        return (self.min_points, self.multiplier)


@dataclass(frozen=True, slots=True)
class JurorPool:
    """What jurors stake: `asset` is the symbol of one of the market's. `stake_unit` base units make
    one unit of weight, of which `cap` count at most. A stake counts from the next epoch on."""

    asset: str
    stake_unit: int
    cap: int
    epoch: int
    leave_delay: int
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Seed:
    """Each of `givers` bonds `bond` base units of its stake; `depth` is in blocks."""

    givers: int
    bond: int
    commit_period: int
    reveal_period: int
    depth: int


@dataclass(frozen=True, slots=True)
class Governor:
    """Thresholds are in points. What a proposal takes depends on its types, but for the floor."""

    voting_delay: int
    voting_delay_bounds: Bounds
    voting_period: int
    voting_period_bounds: Bounds
    proposal_threshold: int
    proposal_threshold_bounds: Bounds
    late_quorum_extension: int
    late_quorum_extension_bounds: Bounds
    quorum_floor: int
    grace: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a type of proposal takes: share of all votes and of those cast (bps), and a delay."""

    quorum_bps: int
    approval_bps: int
    delay: int

    def pack(self) -> tuple[int, int, int]:
        """As the ABI's `ProposalTerms`."""
        return (self.quorum_bps, self.approval_bps, self.delay)


@dataclass(frozen=True, slots=True)
class Types:
    """The terms of each type of proposal, type t at place t - 1, and bounds that hold for all."""

    fees: Terms
    dispute_rules: Terms
    assets_and_arbitrator: Terms
    treasury: Terms
    anything: Terms
    quorum_bounds: Bounds
    approval_bounds: Bounds
    delay_bounds: Bounds

    @property
    def all(self) -> tuple[Terms, ...]:
        """In the order of the contract's `ProposalType`."""
        narrow = (self.fees, self.dispute_rules, self.assets_and_arbitrator, self.treasury)
        return (*narrow, self.anything)


@dataclass(frozen=True, slots=True)
class Reviews:
    """How long after a trade sides may commit to a review, and then reveal it."""

    commit_window: int
    reveal_window: int


@dataclass(frozen=True, slots=True)
class Attestations:
    """How long an attestation may hold. Who may attest is for members to vote on."""

    max_validity: int


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who may pause opening and cancel proposals, for `lasts` seconds from the deployment's start.

    No account given is a placeholder; the zero address says that there shall be none.
    """

    account: str | None
    lasts: int


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything a market is deployed with."""

    profile: str
    timelock: Timelock
    rules: Rules
    reputation: Reputation
    juror_pool: JurorPool
    seed: Seed
    governor: Governor
    types: Types
    reviews: Reviews
    attestations: Attestations
    guardian: Guardian
    local: bool = field(default=False)  # short periods, test tokens: never on a live chain

    def asset(self, symbol: str) -> Asset:
        """One of the first assets. KeyError if there is none of this symbol."""
        return {asset.symbol: asset for asset in self.rules.assets}[symbol]

    def digest(self) -> str:
        """A hash over every value, so that a deployment is not continued with others."""
        text = json.dumps(asdict(self), sort_keys=True, default=str)
        return "0x" + hashlib.sha256(text.encode()).hexdigest()

    def problems(self) -> list[str]:
        """What makes these parameters unfit for any chain; the contracts check the rest."""
        found = []
        genesis = self.reputation.genesis
        if not genesis:
            found.append("genesis: no members are given; without any, nobody could ever vote")
        accounts = [one.account.lower() for one in genesis]
        doubled = {a for a, b in pairwise(sorted(accounts)) if a == b}
        found += [f"genesis: {account} is given twice" for account in sorted(doubled)]
        found += [f"genesis: {one.account} has no points" for one in genesis if one.points <= 0]
        if genesis and sum(one.points for one in genesis) < self.governor.quorum_floor:
            found.append("genesis: all points together are below governor.quorum_floor")
        if self.guardian.account is None:
            found.append('guardian: no account is given; write "none" for no guardian')
        if len(self.rules.fees) != len(KIND_NAMES):
            found.append(f"rules.fees: {len(KIND_NAMES)} kinds need {len(KIND_NAMES)} fees")
        if not self.rules.assets:
            found.append("rules.assets: none is allowed, so that no trade could be opened")
        for asset in self.rules.assets:
            if asset.address is None and not self.local:
                found.append(f"rules.assets: {asset.symbol} has no address")
        addresses = sorted(asset.address.lower() for asset in self.rules.assets if asset.address)
        found += [f"rules.assets: {a} is given twice" for a, b in pairwise(addresses) if a == b]
        if self.juror_pool.asset not in {asset.symbol for asset in self.rules.assets}:
            found.append(f"juror_pool.asset: {self.juror_pool.asset} is none of rules.assets")
        return found

    def check(self) -> None:
        """Raises ParameterError with every problem."""
        if found := self.problems():
            raise ParameterError("\n".join(found))
