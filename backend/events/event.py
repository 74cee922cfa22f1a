"""What every event has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

Readers = Mapping[str, Callable[[Any], Any]]


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where an event was told; `block_time` is unix seconds, `address` who told it."""

    block_number: int
    block_hash: str
    block_time: int
    tx_hash: str
    log_index: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One decoded log.

    The fields of a subclass are the parameters of the ABI's event of its name, in snake case:
    ints, checksummed addresses, lowercase 0x hex, text. `READ` turns what is more than that into
    a value of its own.
    """

    READ: ClassVar[Readers] = {}

    at: Envelope
