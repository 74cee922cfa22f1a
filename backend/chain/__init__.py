"""JSON-RPC: heads, ranges of logs, blocks and views. Nothing here knows what our events mean."""

from backend.chain.contract import Contract
from backend.chain.data import Block, Log
from backend.chain.errors import (
    CallReverted,
    NodeError,
    NodeRefused,
    NodeUnreachable,
    TooLittleCoin,
    TooMuchAsked,
    UnknownBlock,
)
from backend.chain.node import Node
from backend.chain.rpc import Rpc

__all__ = [
    "Block",
    "CallReverted",
    "Contract",
    "Log",
    "Node",
    "NodeError",
    "NodeRefused",
    "NodeUnreachable",
    "Rpc",
    "TooLittleCoin",
    "TooMuchAsked",
    "UnknownBlock",
]
