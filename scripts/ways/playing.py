"""Plays ways of trading to an end: offers are made and taken, and everybody does what is told."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scripts.ways.bargain import Bargain
from scripts.ways.plot import Begin, Ending, Move, Settle, Unlock, Way
from scripts.ways.traders import Traders


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
    def paid_in(self) -> dict[str, int]:
        """By role, what went into the tranches (base units)."""
        found = dict.fromkeys(self.way.cast, 0)
        for tranche in self.told["tranches"]:
            found[self._role(tranche["funder"])] += int(tranche["amount"]["value"])
        return found

    @property
    def paid_out(self) -> dict[str, int]:
        """By role, what came out of the tranches (base units); `fee` is the treasury's."""
        found = {**dict.fromkeys(self.way.cast, 0), "fee": 0}
        for tranche in self.told["tranches"]:
            payout = tranche["payout"]
            found[self._role(tranche["performer"])] += int(payout["toPerformer"]["value"])
            found[self._role(tranche["checker"])] += int(payout["toChecker"]["value"])
            found["fee"] += int(payout["fee"]["value"])
        return found

    def _role(self, address: str) -> str:
        return next(role for role, who in self.way.cast.items() if who.address == address)


def play(traders: Traders, way: Way, ending: Ending) -> Played:
    """From the form to the last tranche's end."""
    return play_all(traders, [(way, ending)])[0]


def play_all(
    traders: Traders,
    plots: Iterable[tuple[Way, Ending]],
    advance: Callable[[str], None] = lambda _: None,
) -> list[Played]:
    """All of them side by side: the clock moves on only when nobody has anything left to do now.
    `advance` is called for each that has ended."""
    begun = []
    for way, ending in plots:
        listed = traders.offer(way.name, way.input_at(traders.now), way.cast, way.taker)
        begun.append((way, ending, traders.take(listed)))
    waiting = [(0, number, _deeds(traders, *one[1:])) for number, one in enumerate(begun)]
    while waiting:
        moment, number, deeds = heapq.heappop(waiting)
        traders.wait_until(moment)
        following = next(deeds, None)
        if following is None:
            way, ending, _ = begun[number]
            advance(f"{way.name}: {ending.words}")
        else:
            heapq.heappush(waiting, (following, number, deeds))
    return [Played(*one, traders.told(one[2])) for one in begun]


def _deeds(traders: Traders, ending: Ending, bargain: Bargain) -> Iterator[int]:
    """Does one deed after the other; each time it must wait, tells until when (unix seconds)."""
    for deed in ending.deeds:
        if isinstance(deed, Begin):
            yield bargain.starts_at
        elif isinstance(deed, Move):
            if deed.does == "expire":
                tranche = traders.told(bargain)["tranches"][deed.tranche]
                yield int(tranche["nextDefault"]["dueAt"]) + 1
            traders.act(bargain, deed.who, deed.does, deed.tranche)
        elif isinstance(deed, Settle):
            traders.settle(bargain, deed.who, deed.tranche, deed.performer_bps)
        elif isinstance(deed, Unlock):
            yield bargain.starts_at + 1
            traders.unlock(bargain, deed.who)
        else:
            traders.use(bargain, deed.who, deed.tranche, deed.performer_bps)
