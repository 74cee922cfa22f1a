"""Plays one end of a way: the offer is made and taken, and everybody does what the plot says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scripts.ways.plot import Begin, Deed, Ending, Move, Settle, Way
from scripts.ways.traders import Bargain, Traders


@dataclass(frozen=True, slots=True)
class Played:
    """A trade that has ended, as the API tells of it."""

    way: Way
    ending: Ending
    bargain: Bargain
    told: Any

    @property
    def gas(self) -> dict[str, int]:
        """By role, of all its transactions."""
        found = dict.fromkeys(self.way.cast, 0)
        for role, _, gas in self.bargain.costs:
            found[role] = found.get(role, 0) + gas
        return found

    @property
    def paid(self) -> dict[str, int]:
        """By role, what came out of the tranches (base units); `fee` is the treasury's."""
        roles = {who.address: role for role, who in self.way.cast.items()}
        found: dict[str, int] = {}
        for tranche in self.told["tranches"]:
            payout = tranche["payout"]
            for side, key in (("performer", "toPerformer"), ("checker", "toChecker")):
                role = roles[tranche[side]]
                found[role] = found.get(role, 0) + int(payout[key]["value"])
            found["fee"] = found.get("fee", 0) + int(payout["fee"]["value"])
        return found


def play(traders: Traders, way: Way, ending: Ending) -> Played:
    """From the form to the last tranche's end."""
    listed = traders.offer(way.name, way.input_at(traders.now), way.cast, way.taker)
    bargain = traders.take(listed)
    for deed in ending.deeds:
        do(traders, bargain, deed)
    return Played(way, ending, bargain, traders.told(bargain))


def do(traders: Traders, bargain: Bargain, deed: Deed) -> None:
    """One deed of the plot."""
    if isinstance(deed, Begin):
        traders.wait_until(bargain.listed.terms["offer"]["listing"]["startsAt"])
    elif isinstance(deed, Move):
        if deed.does == "expire":
            due = traders.told(bargain)["tranches"][deed.tranche]["nextDefault"]["dueAt"]
            traders.wait_until(due + 1)
        traders.act(bargain, deed.who, deed.does, deed.tranche)
    elif isinstance(deed, Settle):
        traders.settle(bargain, deed.who, deed.tranche, deed.performer_bps)
    else:
        traders.use(bargain, deed.who, deed.tranche, deed.performer_bps)
