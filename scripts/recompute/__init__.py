"""Derives every draw and every tally of the court anew, from logs alone, and compares.

Independent of the contracts' code and of the tests' models: what a log says is worked out from
earlier logs by the rules that the interfaces state.

    logs    what is read, decoded
    stakes  weights by epoch, and what each juror has free
    seeds   what a round of seed-givers makes
    panel   one panel: draws, votes, shares
    replay  one log after the other, and what does not agree
"""

from scripts.recompute.logs import Addresses, Log, read
from scripts.recompute.replay import Replay

__all__ = ["Addresses", "Log", "Replay", "read"]
