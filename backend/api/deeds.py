"""What a proposal would do, told of alike for one that is drafted and one that was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from backend.abi import load
from backend.api.schemas.proposal import CallOut
from backend.queries.assets import AssetName
from backend.queries.calls import TOKEN, Call, explain
from backend.queries.effects import effects_of
from backend.queries.rules import asset_history
from backend.queries.snapshot import Snapshot
from backend.terms.calldata import RawCall
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.standing import Standing


def calls_of(at: Snapshot, row: Row[Any]) -> tuple[Call, ...]:
    """The calls of a proposal that was made, decoded."""
    return read_calls(at, raw_calls(row))


def raw_calls(row: Row[Any]) -> list[RawCall]:
    """The calls of a proposal as they were made."""
    told = zip(row.targets, row.call_values, row.calldatas, strict=True)
    return [RawCall(target, int(value), bytes.fromhex(data[2:])) for target, value, data in told]


def read_calls(at: Snapshot, calls: Sequence[RawCall]) -> tuple[Call, ...]:
    """Decoded with the interfaces of our contracts, and of tokens that members voted on."""
    tokens = sorted({str(row.asset) for row in asset_history(at)} - {ZERO_ADDRESS})
    return _read_calls(tuple(at.contracts.items()), tuple(tokens), tuple(calls))


@lru_cache(maxsize=256)
def _read_calls(
    contracts: tuple[tuple[str, str], ...], tokens: tuple[str, ...], calls: tuple[RawCall, ...]
) -> tuple[Call, ...]:
    """Kept, since they never change."""
    known: Mapping[str, Any] = {
        **{token: (TOKEN, load(TOKEN)) for token in tokens},
        **{address: (name, load(name)) for name, address in contracts},
    }
    return tuple(explain(call.target, call.value, call.data, known) for call in calls)


def told_calls(
    names: Mapping[str, AssetName], calls: Sequence[Call], standing: Standing
) -> list[CallOut]:
    """With what each would change, from how things stand."""
    effects, _ = effects_of(calls, standing)
    return [CallOut.of(call, effect, names) for call, effect in zip(calls, effects, strict=True)]
