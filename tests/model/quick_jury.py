"""Jury rules for rule books whose tests are of something else: a case is over in minutes."""

from tests.model.jury_rules import JuryRules

MINUTE, DAY = 60, 86_400

QUICK_JURY = JuryRules(
    juror_fee=10**15,
    seat_stake=10**16,
    deposit_period=MINUTE,
    evidence_period=MINUTE,
    commit_period=MINUTE,
    reveal_period=MINUTE,
    appeal_period=MINUTE,
    conflict_period=30 * DAY,
    jurors=3,
    max_appeals=1,
    appeal_multiplier_bps=15_000,
    slash_bps=2_000,
    coherence_bps=1_000,
)


def wide_bounds(notice: int) -> list[tuple[int, int, int, int]]:
    """Bounds that a vote hardly meets: smallest, largest, step, notice, in the order of the ABI."""
    amount = (1, 10**18, 10**18, notice)
    period = (1, 60 * DAY, 60 * DAY, notice)
    return [
        amount,
        amount,
        *[period] * 6,
        (1, 31, 30, notice),
        (0, 4, 4, notice),
        (10_000, 50_000, 40_000, notice),
        (0, 5_000, 5_000, notice),
        (0, 10_000, 10_000, notice),
    ]
