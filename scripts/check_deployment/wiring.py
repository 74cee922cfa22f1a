"""Each contract knows the right others, and nobody else."""

from collections.abc import Iterator

from scripts.check_deployment.findings import Finding
from scripts.check_deployment.logs import events
from scripts.deploy import Deployment


def check_wiring(deployment: Deployment) -> Iterator[Finding]:
    """Who reads, pays and obeys whom."""
    timelock, rule_book = deployment.timelock.address, deployment.rule_book
    escrow, reputation, governor = deployment.escrow, deployment.reputation, deployment.governor
    yield Finding("Escrow.ruleBook", rule_book.address, escrow.ruleBook())
    yield Finding("Escrow.treasury", timelock, escrow.treasury())
    yield Finding("RuleBook.timelock", timelock, rule_book.timelock())
    yield Finding("RuleBook's arbitrator", timelock, rule_book.disputeRules(1)[0])
    yield Finding("Reputation.timelock", timelock, reputation.timelock())
    yield Finding("Reputation.ruleBook", rule_book.address, reputation.ruleBook())
    yield Finding("Reputation's escrows", {escrow.address}, _listed(deployment))
    types = deployment.proposal_types
    yield Finding("ProposalTypes.timelock", timelock, types.timelock())
    yield Finding("ProposalTypes.ruleBook", rule_book.address, types.ruleBook())
    yield Finding("ProposalTypes.escrow", escrow.address, types.escrow())
    yield Finding("MarketGovernor.proposalTypes", types.address, governor.proposalTypes())
    yield Finding("MarketGovernor.token", reputation.address, governor.token())
    yield Finding("MarketGovernor.timelock", timelock, governor.timelock())


def _listed(deployment: Deployment) -> set[str]:
    listed: set[str] = set()
    for _, told in events(deployment.reputation, deployment.start.number, "EscrowListed"):
        if told["listed"]:
            listed.add(told["escrow"])
        else:
            listed.discard(told["escrow"])
    return listed
