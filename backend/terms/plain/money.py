"""Amounts as people write them, in the asset's own units: exact both ways."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Money:
    """How an asset is shown. Where its decimals are not known, in base units."""

    symbol: str | None = None
    decimals: int | None = None

    def show(self, value: int) -> str:
        """Base units as a decimal number with the symbol."""
        symbol = self.symbol or "of the asset"
        if self.decimals is None:
            return f"{value} base units {symbol}"
        whole, rest = divmod(value, 10**self.decimals)
        digits = f"{rest:0{self.decimals}d}".rstrip("0") if rest else ""
        return f"{whole}{'.' + digits if digits else ''} {symbol}"

    def read(self, text: str) -> int:
        """Base units of a decimal number. ValueError: it is none, or finer than the asset."""
        found = _NUMBER.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"{text!r} is not an amount")
        whole, digits = found[1], found[2] or ""
        decimals = self.decimals or 0
        if len(digits.rstrip("0")) > decimals:
            raise ValueError(f"{text} is finer than the asset, which has {decimals} decimals")
        return int(whole + digits.ljust(decimals, "0")[:decimals])
