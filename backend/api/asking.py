"""The node, asked live while a request waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from backend.api import problem_types as types
from backend.api.context import Context
from backend.api.errors import Problem
from backend.chain.errors import NodeRefused, NodeUnreachable
from backend.chain.node import Node
from backend.chain.rpc import Rpc

RETRY_AFTER = 5


@contextmanager
def asked_node(here: Context) -> Iterator[Node]:
    """The node of this market. Problem: it does not answer, cannot, or is on another chain."""
    with Rpc(here.settings.rpc_url, here.settings.rpc_timeout) as rpc:
        node = Node(rpc)
        try:
            found = node.chain_id()
            if found != here.deployment.chain_id:
                raise Problem(
                    types.NODE_OTHER_CHAIN,
                    f"it is on chain {found}, and this market on {here.deployment.chain_id}",
                )
            yield node
        except (NodeUnreachable, NodeRefused) as error:
            silent = isinstance(error, NodeUnreachable)
            said = "the node does not answer" if silent else "the node refuses to answer"
            raise Problem(types.NODE_UNREACHABLE, said, retry_after=RETRY_AFTER) from error
