"""What one client may ask of the service."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are in bytes, times in seconds.

    Writes (`POST`) are counted by client address, offers and messages by who signed them.
    """

    body: int = 256 * 1024
    upload: int = 12_000_000
    uploads_per_day: int = 200_000_000
    contents: int = 50_000_000_000
    body_seconds: float = 10.0
    answer_seconds: float = 20.0
    header_seconds: float = 10.0
    min_block_seconds: float = 3.0
    busy_seconds: float = 5.0
    funds_seconds: float = 2.0
    connections: int = 512
    streams: int = 100
    writes_at_once: int = 240
    writes_per_minute: int = 240
    offers: int = 50_000
    offers_per_day: int = 1_000
    live_offers_per_maker: int = 500
    replayed_trades: int = 20_000
    reports_per_party: int = 20
    splits_per_party: int = 100
    keys_per_day: int = 20
    messages_per_minute: int = 60
    thread_messages: int = 10_000
    asked_offers_per_day: int = 100
    unanswered_messages: int = 20
    notice_pauses: tuple[float, ...] = (1.0, 5.0, 25.0, 120.0)
