"""The first jury of each profile, how far members may change it, its jurors and its seeds."""

from scripts.parameters.model import POINT, Bounds, JurorPool, Jury, JuryBounds, Seed, Tier

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800
MILLI = 10**15  # wei in a thousandth of a coin

# Opening it and the longest case: 2 * 15 + 4 * (10 + 2 * 10 + 10) + 3 * 20 minutes, some 4 hours.
LOCAL = Jury(
    juror_fee=4 * MILLI,
    seat_stake=40 * MILLI,
    deposit_period=15 * MINUTE,
    evidence_period=10 * MINUTE,
    commit_period=10 * MINUTE,
    reveal_period=10 * MINUTE,
    appeal_period=20 * MINUTE,
    conflict_period=30 * DAY,
    jurors=3,
    max_appeals=2,
    appeal_multiplier_bps=15_000,
    slash_bps=2_000,
    coherence_bps=1_000,
)
# Opening it and the longest case: 2 * 2 + 4 * (1 + 2 * 1 + 1) + 3 * 2 days, 26 days.
LIVE = Jury(
    juror_fee=4 * MILLI,
    seat_stake=40 * MILLI,
    deposit_period=2 * DAY,
    evidence_period=DAY,
    commit_period=DAY,
    reveal_period=DAY,
    appeal_period=2 * DAY,
    conflict_period=90 * DAY,
    jurors=3,
    max_appeals=2,
    appeal_multiplier_bps=15_000,
    slash_bps=2_000,
    coherence_bps=1_000,
)


def bounds(period: Bounds, notice: int) -> JuryBounds:
    """The bounds of a profile: `period` is that of every period within a case."""
    return JuryBounds(
        juror_fee=Bounds(MILLI // 10, 100 * MILLI, 4 * MILLI, notice),
        seat_stake=Bounds(MILLI, 1_000 * MILLI, 40 * MILLI, notice),
        deposit_period=period,
        evidence_period=period,
        commit_period=period,
        reveal_period=period,
        appeal_period=period,
        conflict_period=Bounds(WEEK, 52 * WEEK, 60 * DAY, notice),
        jurors=Bounds(1, 31, 2, notice),
        max_appeals=Bounds(0, 4, 1, notice),
        appeal_multiplier_bps=Bounds(10_000, 30_000, 5_000, notice),
        slash_bps=Bounds(0, 5_000, 1_000, notice),
        coherence_bps=Bounds(100, 5_000, 500, notice),
    )


# Up to 2 coins of stake count, in steps of a hundredth; twice for members of long standing.
TIERS = (Tier(5 * POINT, 1), Tier(200 * POINT, 2))


def juror_pool(epoch: int, leave_delay: int) -> JurorPool:
    """The pool of a profile: jurors stake the chain's own coin."""
    return JurorPool("ETH", 10 * MILLI, 200, epoch, leave_delay, TIERS)


def seed(period: int) -> Seed:
    """Three seed-givers, who commit within one such period and reveal within another."""
    return Seed(3, 20 * MILLI, period, period, 2)
