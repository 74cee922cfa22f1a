"""Pytest plugin: tools for Brownie before it compiles, and a chain of its own for each run."""

import gc
from contextlib import ExitStack

import pytest

from scripts.toolchain import configure

configure()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Starts a chain and connects Brownie, unless Brownie is off or was told a network."""
    config = session.config
    if not config.pluginmanager.has_plugin("brownie-core") or not session.items:
        return
    if config.getoption("--network") or config.getoption("collectonly"):
        return
    from scripts.toolchain.network import connect, start_anvil

    stack = ExitStack()
    config.add_cleanup(stack.close)
    node = stack.enter_context(start_anvil())
    stack.enter_context(connect(node.url, node.chain_id))
    # Brownie collects garbage after every test: what is there by now need not be looked at.
    gc.freeze()
