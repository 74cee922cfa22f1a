"""What a deployment returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from scripts.deploy.record import StartBlock
from scripts.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Deployment:
    """The contracts of a market (Brownie's), and where on its chain they begin.

    `tokens` are the test tokens of a local chain by symbol.
    """

    chain_id: int
    start: StartBlock
    deployer: str
    timelock: Any
    rule_book: Any
    escrow: Any
    reputation: Any
    juror_pool: Any
    seed: Any
    court: Any
    proposal_types: Any
    governor: Any
    attestations: Any
    reviews: Any
    tokens: Mapping[str, Any] = field(default_factory=dict)

    @property
    def contracts(self) -> dict[str, Any]:
        """The contracts of the market, by the name they have here and in the record."""
        own = (one.name for one in fields(self))
        kept = {"chain_id", "start", "deployer", "tokens"}
        return {name: getattr(self, name) for name in own if name not in kept}

    def guardian_until(self, parameters: Parameters) -> int:
        """The last second (unix) in which the guardian may act."""
        return self.start.timestamp + parameters.guardian.lasts

    def assets(self, parameters: Parameters) -> dict[str, str]:
        """The address of every asset of the first rules, by symbol."""
        return {
            asset.symbol: asset.address or self.tokens[asset.symbol].address
            for asset in parameters.rules.assets
        }
