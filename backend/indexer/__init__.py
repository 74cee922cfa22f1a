"""Follow, backfill, reorgs and checkpoints.

with only_indexer(engine):
    follower = Follower(engine, Node(Rpc(url)), deployment, pace)
    follower.start()
    follower.run()
"""

from backend.indexer.collector import collect_seldom
from backend.indexer.digest import digest, table_digests
from backend.indexer.errors import (
    AnotherIndexer,
    ChainReplaced,
    DeepReorg,
    IndexerError,
    OtherMarket,
    WrongChain,
)
from backend.indexer.follow import Follower, Pace
from backend.indexer.lock import only_indexer
from backend.indexer.rebuild import forget_facts

__all__ = [
    "AnotherIndexer",
    "ChainReplaced",
    "DeepReorg",
    "Follower",
    "IndexerError",
    "OtherMarket",
    "Pace",
    "WrongChain",
    "collect_seldom",
    "digest",
    "forget_facts",
    "only_indexer",
    "table_digests",
]
