"""What each constructor is given: the parameters in the order and packing of the ABI."""

from collections.abc import Mapping, Sequence
from typing import Any

from scripts.parameters import Governor, Parameters


def timelock_arguments(parameters: Parameters, admin: str) -> tuple[Any, ...]:
    """No proposers and no executors yet: the governor, which needs the timelock, comes last."""
    timelock = parameters.timelock
    return (timelock.delay, [], [], admin, timelock.delay_bounds.pack())


def rule_book_arguments(
    parameters: Parameters,
    timelock: str,
    court: str,
    guardian_until: int,
    tokens: Mapping[str, Any],
) -> tuple[Any, ...]:
    """One `RuleBookSetup`; the court, which comes later, is the first arbitrator."""
    rules = parameters.rules
    assets = [asset.address or tokens[asset.symbol].address for asset in rules.assets]
    return (
        (
            timelock,
            parameters.guardian.account,
            guardian_until,
            rules.max_pause,
            rules.fee_bounds.pack(),
            rules.ruling_period_bounds.pack(),
            rules.default_performer_bounds.pack(),
            rules.rate_bounds.pack(),
            rules.jury_bounds.pack(),
            (rules.fees,),
            (court, rules.ruling_period, rules.default_performer_bps),
            rules.jury.pack(),
            assets,
            [(True, asset.rate) for asset in rules.assets],
        ),
    )


def reputation_arguments(
    parameters: Parameters, timelock: str, rule_book: str, escrows: Sequence[str]
) -> tuple[Any, ...]:
    """The members' starting allotments go with the deployment itself."""
    reputation = parameters.reputation
    return (
        timelock,
        rule_book,
        (reputation.per_counterparty, reputation.per_account, reputation.share_bps),
        list(escrows),
        [one.account for one in reputation.genesis],
        [one.points for one in reputation.genesis],
    )


def juror_pool_arguments(
    parameters: Parameters, timelock: str, reputation: str, asset: str, callers: Sequence[str]
) -> tuple[Any, ...]:
    """One `PoolSetup`; the callers, the seed and the court, come later."""
    pool = parameters.juror_pool
    return (
        (
            asset,
            pool.stake_unit,
            pool.cap,
            reputation,
            pool.epoch,
            pool.leave_delay,
            timelock,
            [tier.pack() for tier in pool.tiers],
            list(callers),
        ),
    )


def seed_arguments(parameters: Parameters, timelock: str, pool: str) -> tuple[Any, ...]:
    """One `SeedSetup`; the timelock gets the bonds of those who fail."""
    seed = parameters.seed
    periods = (seed.commit_period, seed.reveal_period)
    return ((pool, timelock, seed.givers, seed.bond, *periods, seed.depth),)


def proposal_types_arguments(
    parameters: Parameters, timelock: str, rule_book: str, escrow: str
) -> tuple[Any, ...]:
    """One `ProposalTypesSetup`."""
    types = parameters.types
    return (
        (
            timelock,
            rule_book,
            escrow,
            types.quorum_bounds.pack(),
            types.approval_bounds.pack(),
            types.delay_bounds.pack(),
            tuple(terms.pack() for terms in types.all),
        ),
    )


def governor_arguments(
    parameters: Parameters, reputation: str, timelock: str, types: str, guardian_until: int
) -> tuple[Any, ...]:
    """The votes, the timelock, the types of proposals, and one `GovernorParameters`."""
    governor = parameters.governor
    return (
        reputation,
        timelock,
        types,
        (
            governor.voting_delay,
            governor.voting_period,
            governor.proposal_threshold,
            governor.late_quorum_extension,
            governor.quorum_floor,
            governor.grace,
            parameters.guardian.account,
            guardian_until,
            _bounds(governor),
        ),
    )


def _bounds(governor: Governor) -> tuple[tuple[int, int, int, int], ...]:
    return (
        governor.voting_delay_bounds.pack(),
        governor.voting_period_bounds.pack(),
        governor.proposal_threshold_bounds.pack(),
        governor.late_quorum_extension_bounds.pack(),
    )
