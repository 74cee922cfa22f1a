"""The rules by version, the assets, and whether trades can be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, case, func, select

from backend.db.tables import asset_rules, events, governance_settings, pauses, rules, trades
from backend.queries.snapshot import Snapshot
from backend.terms.silence import PinnedRules


def list_versions(snapshot: Snapshot) -> Sequence[Row[Any]]:
    """Every version, oldest first."""
    return snapshot.connection.execute(select(rules).order_by(rules.c.version)).all()


def version_in_force(versions: Sequence[Row[Any]], now: int) -> Row[Any] | None:
    """The newest whose time has come; of two that start at once the later one."""
    begun = [row for row in versions if row.effective_at <= now]
    return begun[-1] if begun else None


def rules_in_force(snapshot: Snapshot) -> Row[Any] | None:
    query = select(rules).where(rules.c.effective_at <= snapshot.now)
    return snapshot.connection.execute(query.order_by(rules.c.version.desc()).limit(1)).first()


def pinned_now(snapshot: Snapshot, kind: int) -> PinnedRules | None:
    """What a trade of this kind would pin now; None before the first version."""
    row = rules_in_force(snapshot)
    if row is None or row.ruling_period is None:
        return None
    return PinnedRules(int(row.fee_bps[kind - 1]), row.ruling_period, row.default_performer_bps)


def pinned_trades(snapshot: Snapshot) -> Mapping[int, tuple[int, int]]:
    """By version: how many open trades pin it, and how many ever did."""
    still_open = func.sum(case((trades.c.open_tranches > 0, 1), else_=0))
    query = select(trades.c.rules_version, still_open, func.count())
    rows = snapshot.connection.execute(query.group_by(trades.c.rules_version))
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def proposals_of(snapshot: Snapshot, versions: Sequence[Row[Any]]) -> Mapping[int, str]:
    """By version: the proposal that was executed in its transaction, the next after its log. Those
    of the deployment have none."""
    query = (
        select(events.c.tx_hash, events.c.log_index, events.c.proposal_id)
        .where(
            events.c.name == "ProposalExecuted",
            events.c.block_number.in_([row.block_number for row in versions]),
        )
        .order_by(events.c.block_number, events.c.log_index)
    )
    executed = snapshot.connection.execute(query).all()
    found: dict[int, str] = {}
    for row in versions:
        for event in executed:
            if event.tx_hash == row.tx_hash and event.log_index > row.log_index:
                found[row.version] = event.proposal_id
                break
    return found


def asset_history(snapshot: Snapshot, asset: str | None = None) -> Sequence[Row[Any]]:
    """Every rule of every asset, or of one; by asset, oldest first."""
    query = select(asset_rules).order_by(asset_rules.c.asset, asset_rules.c.effective_at)
    if asset is not None:
        query = query.where(asset_rules.c.asset == asset)
    return snapshot.connection.execute(query).all()


def is_allowed(snapshot: Snapshot, asset: str) -> bool:
    """Whether trades in this asset could be opened now."""
    query = select(asset_rules.c.allowed).where(
        asset_rules.c.asset == asset, asset_rules.c.effective_at <= snapshot.now
    )
    newest = query.order_by(asset_rules.c.effective_at.desc()).limit(1)
    return bool(snapshot.connection.scalar(newest))


def allowed_assets(snapshot: Snapshot) -> frozenset[str]:
    rows = [row for row in asset_history(snapshot) if row.effective_at <= snapshot.now]
    newest = {row.asset: row.allowed for row in rows}
    return frozenset(asset for asset, allowed in newest.items() if allowed)


def paused_until(snapshot: Snapshot) -> int | None:
    """The last second of the pause of opening, if there is one now."""
    order = pauses.c.block_number.desc(), pauses.c.log_index.desc()
    until = snapshot.connection.scalar(select(pauses.c.paused_until).order_by(*order).limit(1))
    return until if until is not None and until >= snapshot.now else None


def setting_at(snapshot: Snapshot, contract: str, name: str, time: int) -> int:
    """A governed number as it was after this second. KeyError if it was never told."""
    table = governance_settings.c
    query = (
        select(table.value)
        .where(table.contract == contract, table.name == name, table.block_time <= time)
        .order_by(table.block_number.desc(), table.log_index.desc())
        .limit(1)
    )
    found = snapshot.connection.scalar(query)
    if found is None:
        raise KeyError(f"{contract}.{name}")
    return int(found)
