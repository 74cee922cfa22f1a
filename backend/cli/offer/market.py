"""What making an offer needs of the market: the rules in force and the asset, from the index."""

from __future__ import annotations

from dataclasses import dataclass

from backend.cli.terminal import fail
from backend.db import open_engine
from backend.queries import rules
from backend.queries.assets import names_of_assets
from backend.queries.snapshot import Block, NothingIndexed, snapshot
from backend.settings import Settings
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.plain.money import Money
from backend.terms.silence import PinnedRules


@dataclass(frozen=True, slots=True)
class Market:
    """`rules` are those that a trade would pin now."""

    chain_id: int
    escrow: str
    block: Block
    rules: PinnedRules
    asset: str
    money: Money


def market_at(settings: Settings, kind: int, asset: str) -> Market:
    """Raises SettingsError and DatabaseError; ends the command where nothing is indexed."""
    deployment = settings.read_deployment()
    try:
        with snapshot(open_engine(settings.database)) as at:
            pinned = rules.pinned_now(at, kind)
            names = names_of_assets(at, settings.coin)
            block = at.block
    except NothingIndexed:
        fail("Nothing is indexed yet, so that the rules are not known: run `commonhold index`.")
    if pinned is None:
        fail("No rules are indexed yet: run `commonhold index`.")
    wanted = {ZERO_ADDRESS} if asset == "coin" else set()
    wanted |= {
        address
        for address, name in names.items()
        if asset.lower() in (address.lower(), (name.symbol or "").lower())
    }
    if len(wanted) != 1:
        known = ", ".join(f"{name.symbol} {address}" for address, name in names.items())
        many = "is the name of several assets" if wanted else "is no asset of this market"
        fail(f"{asset} {many}. There are: {known}.")
    (address,) = wanted
    name = names[address]
    return Market(
        deployment.chain_id,
        deployment.address("Escrow"),
        block,
        pinned,
        address,
        Money(name.symbol, name.decimals),
    )
