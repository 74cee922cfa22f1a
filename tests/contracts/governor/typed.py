"""What the files about types of proposals share: terms that differ, and calls of each type."""

from typing import Any

from tests.contracts.governor.conftest import DAY, HOUR, ZERO
from tests.contracts.rulebook.conftest import FEES as FEE_RULES
from tests.contracts.rulebook.conftest import PERIOD, SHARE, with_fee

# Quorum and approval in basis points, delay in seconds: no two types agree in all, each of the
# first four is the strictest of them in something, and the last is in everything.
DIFFERENT = (
    (1_000, 5_000, HOUR),
    (1_500, 6_500, 3 * DAY),
    (2_500, 6_000, 4 * DAY),
    (2_200, 5_500, 6 * DAY),
    (4_000, 7_000, 7 * DAY),
)


def strictest(types: int) -> tuple[int, int, int]:
    """What a proposal of these types takes."""
    chosen = [terms for place, terms in enumerate(DIFFERENT) if types >> place & 1]
    quorum, approval, delay = (max(column) for column in zip(*chosen, strict=True))
    return quorum, approval, delay


def set_fees(book: Any, fee: int = 120) -> tuple[Any, str]:
    return book, book.setFeeRules.encode_input(with_fee(1, fee, FEE_RULES))


def set_disputes(book: Any, arbitrator: Any, share: int = SHARE + 1) -> tuple[Any, str]:
    return book, book.setDisputeRules.encode_input((arbitrator, PERIOD, share))


def allow_coin(book: Any, rate: int = 2 * 10**9 + 1) -> tuple[Any, str]:
    return book, book.setAssetRule.encode_input(ZERO, (True, rate))
