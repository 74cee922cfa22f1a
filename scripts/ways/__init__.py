"""Every way of trading that has a template, played by people with the API and their wallets.

    traders = Traders(api, url, escrow, token)
    for way in WAYS:
        played = play(traders, way, way.happy)

`table` says what happens as data, once for the demo, for the tests and for the
gas snapshot.
"""

from scripts.ways.bargain import Bargain, Listed
from scripts.ways.playing import Played, play, play_all
from scripts.ways.plot import ANYONE, Begin, Ending, Move, Settle, Unlock, Use, Way
from scripts.ways.table import WAYS, way_of
from scripts.ways.traders import Api, Refused, Traders

__all__ = [
    "ANYONE",
    "WAYS",
    "Api",
    "Bargain",
    "Begin",
    "Ending",
    "Listed",
    "Move",
    "Played",
    "Refused",
    "Settle",
    "Traders",
    "Unlock",
    "Use",
    "Way",
    "play",
    "play_all",
    "way_of",
]
