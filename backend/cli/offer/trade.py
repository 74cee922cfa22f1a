"""A trade and the words it was made of, from the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.api.schemas.trade import tuple_of
from backend.cli.terminal import CommandError
from backend.db import open_engine
from backend.queries import offers
from backend.queries.snapshot import NothingIndexed, snapshot
from backend.queries.trades import find_trade
from backend.settings import Settings
from backend.terms.plain.draft import Draft, NotRecognised, recognise


@dataclass(frozen=True, slots=True)
class Known:
    """`call` is the argument of the Escrow's functions; `made` is None where the text of the offer
    is not known here, or is of no template."""

    trade_id: str
    fill: int
    call: tuple[Any, ...]
    parties: tuple[str, ...]
    made: Draft | None


def known_trade(settings: Settings, trade_id: str) -> Known:
    """Raises CommandError, SettingsError and DatabaseError."""
    settings.read_deployment()
    try:
        with snapshot(open_engine(settings.database)) as at:
            found = find_trade(at.connection, trade_id)
            row = None if found is None else offers.find_offer(at, found.trade.offer_hash)
    except NothingIndexed:
        raise CommandError("Nothing is indexed yet: run `commonhold index`.") from None
    if found is None:
        raise CommandError(
            f"There is no trade {trade_id} in the index. If it was opened just now, run"
            " `commonhold index --once` first."
        )
    told = tuple_of(found)
    call = (
        told.asset,
        told.parties,
        [int(word) for word in told.tranches],
        bytes.fromhex(told.listing_hash[2:]),
        int(told.pin),
    )
    made = None
    if row is not None and row.text is not None:
        try:
            made = recognise(offers.signed_offer(row._asdict()), row.text)
        except NotRecognised:
            made = None
    return Known(trade_id, found.trade.fill, call, tuple(found.parties), made)
