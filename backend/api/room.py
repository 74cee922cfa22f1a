"""How many offers are kept: an offer costs nothing to sign."""

from __future__ import annotations

import time
from collections.abc import Sequence

from backend.api import inbox
from backend.api import problem_types as types
from backend.api.context import Context
from backend.api.errors import Problem
from backend.queries import offers
from backend.queries.snapshot import Snapshot

DAY = 86_400


def check_room(at: Snapshot, here: Context, offer_hash: str, makers: Sequence[str]) -> None:
    """Before any signature is looked at, so that a refusal costs little.

    Problem: too many in all, or of one of these makers.
    """
    if offers.find_offer(at, offer_hash) is not None:
        return
    limits = here.limits
    full = offers.count_all(at) >= limits.offers
    if full and not inbox.forget_expired(here.engine, at.now, kept_for=0):
        raise Problem(types.TOO_MANY_OFFERS, "no more are taken in", limit=limits.offers)
    now = int(time.time())
    for maker in makers:
        if offers.count_signed(at, maker) >= limits.live_offers_per_maker:
            limit = limits.live_offers_per_maker
            raise Problem(
                types.TOO_MANY_OFFERS, f"{maker} has {limit} live ones", limit=limit, party=maker
            )
        posted, first = offers.count_posted(at, maker, now - DAY)
        if posted >= limits.offers_per_day:
            limit = limits.offers_per_day
            raise Problem(
                types.TOO_MANY_OFFERS,
                f"{maker} has posted {limit} in a day",
                limit=limit,
                party=maker,
                retry_after=max(1, first + DAY - now),
            )
