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
    yield Finding("Escrow.reputation", reputation.address, escrow.reputation())
    yield Finding("Escrow.labels", deployment.attestations.address, escrow.labels())
    yield Finding("RuleBook.timelock", timelock, rule_book.timelock())
    yield Finding("RuleBook's arbitrator", deployment.court.address, rule_book.disputeRules(1)[0])
    yield Finding("Reputation.timelock", timelock, reputation.timelock())
    yield Finding("Reputation.ruleBook", rule_book.address, reputation.ruleBook())
    yield Finding("Reputation's escrows", {escrow.address}, _listed(deployment))
    types = deployment.proposal_types
    yield Finding("ProposalTypes.timelock", timelock, types.timelock())
    yield Finding("ProposalTypes.ruleBook", rule_book.address, types.ruleBook())
    yield Finding("ProposalTypes.escrow", escrow.address, types.escrow())
    yield Finding("MarketGovernor.proposalTypes", types.address, governor.proposalTypes())
    yield from _court(deployment)
    yield Finding("Attestations.timelock", timelock, deployment.attestations.timelock())
    yield Finding("Attestations' attestors", set(), _attestors(deployment))
    yield Finding("Reviews.escrow", escrow.address, deployment.reviews.escrow())
    yield Finding("MarketGovernor.token", reputation.address, governor.token())
    yield Finding("MarketGovernor.timelock", timelock, governor.timelock())


def _court(deployment: Deployment) -> Iterator[Finding]:
    timelock, pool = deployment.timelock.address, deployment.juror_pool
    seed, court = deployment.seed, deployment.court
    yield Finding("JurorPool.timelock", timelock, pool.timelock())
    yield Finding("JurorPool.reputation", deployment.reputation.address, pool.reputation())
    yield Finding("JurorPool's callers", {seed.address, court.address}, _callers(deployment))
    yield Finding("BondedSeed.pool", pool.address, seed.pool())
    yield Finding("BondedSeed.treasury", timelock, seed.treasury())
    yield Finding("Court.escrow", deployment.escrow.address, court.escrow())
    yield Finding("Court.pool", pool.address, court.pool())
    yield Finding("Court.randomness", seed.address, court.randomness())
    yield Finding("Court.treasury", timelock, court.treasury())


def _callers(deployment: Deployment) -> set[str]:
    callers: set[str] = set()
    for _, told in events(deployment.juror_pool, deployment.start.number, "CallerSet"):
        callers.discard(told["caller"])
        if told["status"]:
            callers.add(told["caller"])
    return callers


def _attestors(deployment: Deployment) -> set[str]:
    """Whoever was ever let attest: members have not voted yet."""
    logs = events(deployment.attestations, deployment.start.number, "AttestorSet")
    return {told["attestor"] for _, told in logs}


def _listed(deployment: Deployment) -> set[str]:
    listed: set[str] = set()
    for _, told in events(deployment.reputation, deployment.start.number, "EscrowListed"):
        if told["listed"]:
            listed.add(told["escrow"])
        else:
            listed.discard(told["escrow"])
    return listed
