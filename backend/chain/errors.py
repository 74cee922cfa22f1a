"""What can go wrong with a node.

NodeError
 +-- NodeUnreachable   no answer, half an answer, or "not now": ask again later
 +-- NodeRefused       an answer that says no
      +-- UnknownBlock    the block is not, or no longer, part of the chain
      +-- TooMuchAsked    more logs than the node gives at once: ask for fewer blocks
      +-- CallReverted    the contract said no
      +-- TooLittleCoin   the sender has less coin than it sends
"""

from __future__ import annotations

import re


class NodeError(Exception):
    """The node could not answer."""


class NodeUnreachable(NodeError):
    """No answer, half an answer, or too many questions; the same question may succeed later."""


class NodeRefused(NodeError):
    """The node answered with an error of its own."""


class UnknownBlock(NodeRefused):
    """The block is not, or no longer, part of the chain."""


class TooMuchAsked(NodeRefused):
    """The range of blocks, or the number of logs in it, is larger than the node gives at once."""


class CallReverted(NodeRefused):
    """The called contract reverted; `data` is what it said, as far as the node tells."""

    def __init__(self, said: str, data: bytes = b"") -> None:
        super().__init__(said)
        self.data = data


class TooLittleCoin(NodeRefused):
    """The sender of a simulated call has less coin than the call sends."""


_NOT_NOW = ("rate limit", "too many requests", "timeout", "timed out", "try again", "overloaded")
_UNKNOWN = ("unknown block", "block not found", "header not found", "blockoutofrange")
_TOO_MUCH = ("range", "more than", "too many results", "too large", "query timeout")
_REVERTED = ("execution reverted", "revert")
_TOO_LITTLE = ("insufficient funds", "insufficient balance")


def from_answer(method: str, error: object) -> NodeError:
    """The exception for the `error` member of a JSON-RPC answer."""
    message = str(error.get("message", error)) if isinstance(error, dict) else str(error)
    said = f"{method}: {message}"
    lower = message.lower()
    if method == "eth_getLogs" and any(part in lower for part in _TOO_MUCH):
        return TooMuchAsked(said)
    if any(part in lower for part in _NOT_NOW):
        return NodeUnreachable(said)
    if any(part in lower for part in _UNKNOWN):
        return UnknownBlock(said)
    if any(part in lower for part in _TOO_LITTLE):
        return TooLittleCoin(said)
    if method in ("eth_call", "eth_estimateGas") and any(part in lower for part in _REVERTED):
        return CallReverted(said, _data(error))
    return NodeRefused(said)


def _data(error: object) -> bytes:
    """What a contract said when it reverted; nodes put it in several places, or nowhere."""
    found = error.get("data") if isinstance(error, dict) else None
    if isinstance(found, dict):
        found = found.get("data")
    if not isinstance(found, str) or not re.fullmatch(r"0x([0-9a-fA-F]{2})*", found):
        return b""
    return bytes.fromhex(found[2:])
