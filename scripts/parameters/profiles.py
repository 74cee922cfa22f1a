"""The two profiles: `local` with short periods, `live` to be completed by a file."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from backend.terms.offer import ZERO_ADDRESS
from scripts.parameters import jury
from scripts.parameters.file import read
from scripts.parameters.model import (
    POINT,
    Asset,
    Attestations,
    Bounds,
    Genesis,
    Governor,
    Guardian,
    ParameterError,
    Parameters,
    Reputation,
    Reviews,
    Rules,
    Terms,
    Timelock,
    Types,
)
from scripts.people import JURORS, Person

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800

# goods, digital, gig, stay, rental, ride, guide, delivery, campaign, other
FEES = (250, 250, 300, 200, 200, 150, 200, 150, 100, 250)


def local() -> Parameters:
    """Periods of minutes, members whose keys everybody has, a test token."""
    notice = 10 * MINUTE
    return Parameters(
        profile="local",
        local=True,
        timelock=Timelock(delay=10 * MINUTE, delay_bounds=Bounds(MINUTE, 30 * DAY, 7 * DAY)),
        rules=Rules(
            fees=FEES,
            fee_bounds=Bounds(0, 1_000, 100, notice),
            ruling_period=DAY,
            ruling_period_bounds=Bounds(2 * HOUR, 90 * DAY, 7 * DAY, notice),
            default_performer_bps=5_000,
            default_performer_bounds=Bounds(0, 10_000, 2_500, notice),
            rate_bounds=Bounds(POINT, 10**27, 5_000, notice),
            jury=jury.LOCAL,
            jury_bounds=jury.bounds(Bounds(MINUTE, 7 * DAY, DAY, notice), notice),
            max_pause=DAY,
            assets=(
                Asset("ETH", 18, Decimal(2_500), ZERO_ADDRESS),
                Asset("TUSD", 6, Decimal(1)),
            ),
        ),
        reputation=Reputation(
            per_counterparty=100 * POINT,
            per_account=300 * POINT,
            share_bps=1_000,
            genesis=(
                Genesis(Person.MARA.address, 1_000 * POINT),
                Genesis(Person.NOOR.address, 600 * POINT),
                Genesis(Person.OLU.address, 400 * POINT),
                *(Genesis(one.address, 20 * POINT) for one in JURORS),
            ),
        ),
        juror_pool=jury.juror_pool(epoch=2 * MINUTE, leave_delay=DAY),
        seed=jury.seed(2 * MINUTE),
        governor=Governor(
            voting_delay=MINUTE,
            voting_delay_bounds=Bounds(1, HOUR, 10 * MINUTE),
            voting_period=HOUR,
            voting_period_bounds=Bounds(10 * MINUTE, 30 * DAY, 7 * DAY),
            proposal_threshold=10 * POINT,
            proposal_threshold_bounds=Bounds(POINT, 1_000 * POINT, 100 * POINT),
            late_quorum_extension=10 * MINUTE,
            late_quorum_extension_bounds=Bounds(MINUTE, 20 * MINUTE, 10 * MINUTE),
            quorum_floor=100 * POINT,
            grace=7 * DAY,
        ),
        types=Types(
            fees=Terms(2_000, 5_000, 10 * MINUTE),
            dispute_rules=Terms(2_000, 5_500, 10 * MINUTE),
            assets_and_arbitrator=Terms(2_500, 6_000, 20 * MINUTE),
            treasury=Terms(2_500, 6_000, 20 * MINUTE),
            anything=Terms(3_000, 6_600, 30 * MINUTE),
            # The notice is longer than the voting delay can ever be.
            quorum_bounds=Bounds(400, 5_000, 1_000, 2 * HOUR),
            approval_bounds=Bounds(5_000, 8_000, 1_000, 2 * HOUR),
            delay_bounds=Bounds(MINUTE, 30 * DAY, 7 * DAY, 2 * HOUR),
        ),
        reviews=Reviews(commit_window=30 * MINUTE, reveal_window=30 * MINUTE),
        attestations=Attestations(max_validity=365 * DAY),
        guardian=Guardian(Person.GUS.address, lasts=180 * DAY),
    )


def live() -> Parameters:
    """Periods of days. Who the first members and the guardian are must come from a file."""
    return Parameters(
        profile="live",
        timelock=Timelock(delay=2 * DAY, delay_bounds=Bounds(DAY, 30 * DAY, 7 * DAY)),
        rules=Rules(
            fees=FEES,
            fee_bounds=Bounds(0, 1_000, 100, WEEK),
            ruling_period=28 * DAY,
            ruling_period_bounds=Bounds(14 * DAY, 180 * DAY, 14 * DAY, WEEK),
            default_performer_bps=5_000,
            default_performer_bounds=Bounds(0, 10_000, 1_000, WEEK),
            rate_bounds=Bounds(POINT, 10**27, 2_500, WEEK),
            jury=jury.LIVE,
            jury_bounds=jury.bounds(Bounds(12 * HOUR, 14 * DAY, 2 * DAY, WEEK), WEEK),
            max_pause=WEEK,
            assets=(Asset("ETH", 18, Decimal(2_500), ZERO_ADDRESS),),
        ),
        reputation=Reputation(per_counterparty=100 * POINT, per_account=300 * POINT, share_bps=500),
        juror_pool=jury.juror_pool(epoch=HOUR, leave_delay=7 * DAY),
        seed=jury.seed(6 * HOUR),
        governor=Governor(
            voting_delay=DAY,
            voting_delay_bounds=Bounds(HOUR, 7 * DAY, 2 * DAY),
            voting_period=5 * DAY,
            voting_period_bounds=Bounds(2 * DAY, 21 * DAY, 3 * DAY),
            proposal_threshold=10 * POINT,
            proposal_threshold_bounds=Bounds(POINT, 1_000 * POINT, 50 * POINT),
            # A vote is cheaper while no extension could reach beyond the deadline.
            late_quorum_extension=DAY,
            late_quorum_extension_bounds=Bounds(12 * HOUR, 2 * DAY, DAY),
            quorum_floor=100 * POINT,
            grace=14 * DAY,
        ),
        types=Types(
            fees=Terms(2_000, 5_000, 2 * DAY),
            dispute_rules=Terms(2_000, 5_500, 3 * DAY),
            assets_and_arbitrator=Terms(2_500, 6_000, 5 * DAY),
            treasury=Terms(2_500, 6_000, 5 * DAY),
            anything=Terms(3_000, 6_600, WEEK),
            # The notice is longer than the voting delay can ever be.
            quorum_bounds=Bounds(400, 4_000, 500, 8 * DAY),
            approval_bounds=Bounds(5_000, 8_000, 500, 8 * DAY),
            delay_bounds=Bounds(DAY, 30 * DAY, 7 * DAY, 8 * DAY),
        ),
        reviews=Reviews(commit_window=14 * DAY, reveal_window=7 * DAY),
        attestations=Attestations(max_validity=365 * DAY),
        guardian=Guardian(None, lasts=365 * DAY),
    )


PROFILES: dict[str, Callable[[], Parameters]] = {"local": local, "live": live}


def load(profile: str, file: Path | None = None) -> Parameters:
    """A profile, with what a file says laid over it, checked. Raises ParameterError."""
    if profile not in PROFILES:
        raise ParameterError(f"there is no profile {profile}; there are: {', '.join(PROFILES)}")
    parameters = PROFILES[profile]()
    if file is not None:
        parameters = read(parameters, file)
    parameters.check()
    return parameters
