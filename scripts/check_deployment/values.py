"""Every number of every contract is that of the parameters."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from scripts.check_deployment.findings import Finding
from scripts.check_deployment.logs import events
from scripts.deploy import Deployment
from scripts.parameters import Bounds, Parameters


def check_values(deployment: Deployment, parameters: Parameters) -> Iterator[Finding]:
    """The first rules, the bounds, the caps, the first members, the guardian."""
    yield from _timelock(deployment, parameters)
    yield from _rule_book(deployment, parameters)
    yield from _assets(deployment, parameters)
    yield from _reputation(deployment, parameters)
    yield from _types(deployment, parameters)
    yield from _court(deployment, parameters)
    yield from _reviews(deployment, parameters)
    yield from _governor(deployment, parameters)


def _field(name: str) -> bytes:
    return name.encode().ljust(32, b"\0")


def _bounds(contract: Any, name: str, bounds: Bounds) -> Finding:
    found = contract.boundsOf(_field(name))
    return Finding(f"{contract._name}.boundsOf({name})", bounds.pack(), found)


def _timelock(deployment: Deployment, parameters: Parameters) -> Iterator[Finding]:
    timelock, expected = deployment.timelock, parameters.timelock
    yield Finding("MarketTimelock.getMinDelay", expected.delay, timelock.getMinDelay())
    bounds = expected.delay_bounds.pack()
    yield Finding("MarketTimelock.delayBounds", bounds, timelock.delayBounds())


def _rule_book(deployment: Deployment, parameters: Parameters) -> Iterator[Finding]:
    book, expected = deployment.rule_book, parameters.rules
    yield Finding("RuleBook.latestVersion", 1, book.latestVersion())
    yield Finding("RuleBook.currentVersion", 1, book.currentVersion())
    yield Finding("RuleBook.feeRules(1)", expected.fees, book.feeRules(1)[0])
    _, period, share = book.disputeRules(1)
    yield Finding("RuleBook's rulingPeriod", expected.ruling_period, period)
    yield Finding("RuleBook's defaultPerformerBps", expected.default_performer_bps, share)
    yield _bounds(book, "feeBps", expected.fee_bounds)
    yield _bounds(book, "rulingPeriod", expected.ruling_period_bounds)
    yield _bounds(book, "defaultPerformerBps", expected.default_performer_bounds)
    yield _bounds(book, "rate", expected.rate_bounds)
    yield Finding("RuleBook.juryRules(1)", expected.jury.pack(), book.juryRules(1))
    for one in fields(expected.jury_bounds):
        first, *rest = one.name.split("_")
        name = first + "".join(map(str.capitalize, rest))
        yield _bounds(book, name, getattr(expected.jury_bounds, one.name))
    yield Finding("RuleBook.maxPause", expected.max_pause, book.maxPause())
    yield Finding("RuleBook.pausedUntil", 0, book.pausedUntil())
    yield Finding("RuleBook.guardian", parameters.guardian.account, book.guardian())
    until = deployment.guardian_until(parameters)
    yield Finding("RuleBook.guardianUntil", until, book.guardianUntil())


def _assets(deployment: Deployment, parameters: Parameters) -> Iterator[Finding]:
    book, start = deployment.rule_book, deployment.start.number
    expected = deployment.assets(parameters)
    told = {arguments["asset"] for _, arguments in events(book, start, "AssetRuleSet")}
    yield Finding("RuleBook's assets", set(expected.values()), told)
    for asset in parameters.rules.assets:
        rule = book.assetRule(expected[asset.symbol])
        yield Finding(f"RuleBook.assetRule({asset.symbol})", (True, asset.rate), rule)


def _reputation(deployment: Deployment, parameters: Parameters) -> Iterator[Finding]:
    reputation, expected = deployment.reputation, parameters.reputation
    caps = (expected.per_counterparty, expected.per_account, expected.share_bps)
    yield Finding("Reputation.caps", caps, reputation.caps())
    logs = events(reputation, deployment.start.number, "GenesisAllotted")
    found = {(told["account"], told["points"]) for _, told in logs}
    members = {(one.account, one.points) for one in expected.genesis}
    yield Finding("Reputation's first members", members, found)
    index = reputation.indexAt(reputation.start())
    total = sum(one.points for one in expected.genesis) * index
    yield Finding("Reputation.totalUnits", total, reputation.totalUnits())
    for one in expected.genesis:
        what = f"Reputation.getVotes({one.account})"
        yield Finding(what, one.points * index, reputation.getVotes(one.account))


def _types(deployment: Deployment, parameters: Parameters) -> Iterator[Finding]:
    types, expected = deployment.proposal_types, parameters.types
    yield _bounds(types, "quorumBps", expected.quorum_bounds)
    yield _bounds(types, "approvalBps", expected.approval_bounds)
    yield _bounds(types, "delay", expected.delay_bounds)
    yield Finding("ProposalTypes.notice", expected.quorum_bounds.notice, types.notice())
    logs = events(types, deployment.start.number, "ProposalTermsSet")
    yield Finding("changes of what proposals take", len(expected.all), len(list(logs)))
    for place, terms in enumerate(expected.all):
        found = types.termsOf(1 << place, deployment.start.timestamp)
        yield Finding(f"ProposalTypes.termsOf(type {place + 1})", terms.pack(), found)


def _court(deployment: Deployment, parameters: Parameters) -> Iterator[Finding]:
    pool, expected = deployment.juror_pool, parameters.juror_pool
    asset = deployment.assets(parameters).get(expected.asset)
    yield Finding("JurorPool.asset", asset, pool.asset())
    yield Finding("JurorPool.stakeUnit", expected.stake_unit, pool.stakeUnit())
    yield Finding("JurorPool.cap", expected.cap, pool.cap())
    yield Finding("JurorPool.epochLength", expected.epoch, pool.epochLength())
    yield Finding("JurorPool.leaveDelay", expected.leave_delay, pool.leaveDelay())
    tiers = tuple(tier.pack() for tier in expected.tiers)
    yield Finding("JurorPool.tiers", tiers, tuple(tuple(tier) for tier in pool.tiers()))
    seed, wanted = deployment.seed, parameters.seed
    yield Finding("BondedSeed.giversPerRound", wanted.givers, seed.giversPerRound())
    yield Finding("BondedSeed.bond", wanted.bond, seed.bond())
    yield Finding("BondedSeed.commitPeriod", wanted.commit_period, seed.commitPeriod())
    yield Finding("BondedSeed.revealPeriod", wanted.reveal_period, seed.revealPeriod())
    yield Finding("BondedSeed.depth", wanted.depth, seed.depth())


def _reviews(deployment: Deployment, parameters: Parameters) -> Iterator[Finding]:
    reviews, expected = deployment.reviews, parameters.reviews
    yield Finding("Reviews.commitWindow", expected.commit_window, reviews.commitWindow())
    yield Finding("Reviews.revealWindow", expected.reveal_window, reviews.revealWindow())
    validity = parameters.attestations.max_validity
    yield Finding("Attestations.maxValidity", validity, deployment.attestations.maxValidity())


def _governor(deployment: Deployment, parameters: Parameters) -> Iterator[Finding]:
    governor, expected = deployment.governor, parameters.governor
    values = {
        "votingDelay": expected.voting_delay,
        "votingPeriod": expected.voting_period,
        "proposalThresholdPoints": expected.proposal_threshold,
        "lateQuorumVoteExtension": expected.late_quorum_extension,
        "quorumFloor": expected.quorum_floor,
        "grace": expected.grace,
        "guardian": parameters.guardian.account,
        "guardianUntil": deployment.guardian_until(parameters),
        "guardianDismissed": False,
        "CLOCK_MODE": "mode=timestamp",
    }
    for name, value in values.items():
        yield Finding(f"MarketGovernor.{name}", value, getattr(governor, name)())
    yield _bounds(governor, "votingDelay", expected.voting_delay_bounds)
    yield _bounds(governor, "votingPeriod", expected.voting_period_bounds)
    yield _bounds(governor, "proposalThreshold", expected.proposal_threshold_bounds)
    yield _bounds(governor, "lateQuorumVoteExtension", expected.late_quorum_extension_bounds)
