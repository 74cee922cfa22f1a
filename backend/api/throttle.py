"""How often one client address may write: a token bucket for each, in this process's memory.

Addresses are kept nowhere else. What one signer may post is counted in the database instead.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.types import Scope

MOST_ADDRESSES = 50_000
NETWORK = 64  # bits: whoever has one IPv6 address has all of its network


class Throttle:
    """`burst` writes at once, then `per_minute`."""

    def __init__(
        self,
        burst: int,
        per_minute: int,
        clock: Callable[[], float] = time.monotonic,
        most: int = MOST_ADDRESSES,
    ) -> None:
        self._burst, self._per_second = burst, per_minute / 60
        self._clock, self._most = clock, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, at

    def take(self, address: str) -> int | None:
        """None if it may write now, else the seconds until it may."""
        now = self._clock()
        tokens, at = self._left.pop(address, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - at) * self._per_second)
        wait = None if tokens >= 1 else math.ceil((1 - tokens) / self._per_second)
        self._left[address] = (tokens - 1 if wait is None else tokens, now)
        if len(self._left) > self._most:
            self._left.popitem(last=False)  # who was quiet for the longest time
        return wait


def address_of(scope: Scope) -> str:
    """Whose requests count together: an IPv4 address, or the network of an IPv6 one."""
    client = scope.get("client")
    host = client[0] if client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), NETWORK), strict=False))
    return str(found)
