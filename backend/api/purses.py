"""What makers have and allow, for telling offers: asked of the node once for each block.

A node that does not answer holds nobody up twice: for a while it is not asked again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from backend.api.funds import Purse, lacks, named_funders, purse_of
from backend.chain.errors import NodeError, NodeUnreachable
from backend.chain.node import Node
from backend.chain.rpc import Rpc
from backend.terms.offer import Offer

MOST = 50_000  # of one block
PAUSE = 5.0  # seconds after which a silent node is asked again


class Purses:
    """Of the newest block that was asked about."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._block = ""
        self._known: dict[tuple[str, str], Purse] = {}
        self._silent_until = 0.0

    def lacking(
        self, url: str, seconds: float, escrow: str, block_hash: str, offers: Sequence[Offer]
    ) -> list[list[str] | None]:
        """For each offer the names of what its makers' funds lack as of a block; None where that
        is not known: the node does not answer, or not within `seconds` for all of them."""
        wanted = {(offer.terms.asset, party) for offer in offers for party in named_funders(offer)}
        known = self._looked_up(url, seconds, escrow, block_hash, wanted)
        return [_names(offer, known) for offer in offers]

    def _looked_up(
        self, url: str, seconds: float, escrow: str, block_hash: str, wanted: set[tuple[str, str]]
    ) -> dict[tuple[str, str], Purse]:
        with self._lock:
            if self._block != block_hash or len(self._known) > MOST:
                self._block, self._known = block_hash, {}
            found = {key: self._known[key] for key in wanted if key in self._known}
            silent = self._clock() < self._silent_until
        missing = sorted(wanted - found.keys())
        if not missing or silent:
            return found
        last = self._clock() + seconds
        try:
            with Rpc(url, seconds) as rpc:
                node = Node(rpc)
                for asset, party in missing:
                    if self._clock() > last:
                        break
                    found[asset, party] = purse_of(node, asset, party, escrow, block_hash)
        except NodeUnreachable:
            with self._lock:
                self._silent_until = self._clock() + PAUSE
        except NodeError:
            pass  # it has that block no longer: the index will soon be at another
        with self._lock:
            if self._block == block_hash:
                self._known |= found
        return found


def _names(offer: Offer, known: dict[tuple[str, str], Purse]) -> list[str] | None:
    keys = {party: (offer.terms.asset, party) for party in named_funders(offer)}
    if any(key not in known for key in keys.values()):
        return None
    missing = lacks(offer, {party: known[key] for party, key in keys.items()})
    return list(dict.fromkeys(problem.kind.name for problem in missing))
