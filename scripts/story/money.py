"""Amounts as people read them."""

from decimal import Decimal

from scripts.parameters import POINT
from scripts.story.stage import Stage


def amount(stage: Stage, asset: str, base_units: int) -> str:
    """Such as `0.4 ETH`."""
    for known in stage.parameters.rules.assets:
        if stage.asset(known.symbol) == asset:
            return f"{_plain(Decimal(base_units) / 10**known.decimals)} {known.symbol}"
    return f"{base_units} of {asset}"


def points(base_units: int) -> str:
    """Such as `12.5 points`."""
    return f"{_plain(Decimal(base_units) / POINT)} points"


def percent(bps: int) -> str:
    """Such as `2.5 %`."""
    return f"{_plain(Decimal(bps) / 100)} %"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
