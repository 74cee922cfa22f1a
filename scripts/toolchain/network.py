"""Chains for scripts and tests: start a local one, and connect Brownie to any.

    with start_anvil() as node, connect(node.url, node.chain_id):
        ...

Networks are registered in memory only: nothing is written to the user's home.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from scripts.toolchain import ROOT, configure
from scripts.toolchain.node import Anvil, NodeError, PortInUse, rpc, start_anvil

__all__ = ["Anvil", "NodeError", "PortInUse", "connect", "load_project", "rpc", "start_anvil"]

NAME = "commonhold"
MAX_FEE = 10 * 10**9  # times the gas limit it must be covered: 0.3 coins
PRIORITY_FEE = 10**9
ASKED = ("get_transaction", "get_transaction_receipt")  # what Anvil tells a moment late
PATIENCE, MOMENT = 500, 0.02  # how often to ask again, and after how many seconds
CONTROLS = ("sleep", "mine", "snapshot", "revert", "unlock_account")


class _AnvilControls:
    """What Brownie's `chain` asks of a development node.

    Set over the methods of Brownie's `rpc`: those warn at every call, walk the stack
    to do so, and cannot give a block its time.
    """

    def __init__(self, url: str) -> None:
        self.url = url

    def install(self, owner: Any) -> None:
        for name in CONTROLS:
            setattr(owner, name, getattr(self, name))

    @staticmethod
    def remove(owner: Any) -> None:
        for name in CONTROLS:
            vars(owner).pop(name, None)

    def sleep(self, seconds: int) -> int:
        rpc(self.url, "evm_increaseTime", hex(seconds))
        return seconds

    def mine(self, timestamp: int | None = None) -> int:
        rpc(self.url, "evm_mine", *([] if timestamp is None else [hex(timestamp)]))
        return int(rpc(self.url, "eth_blockNumber"), 16)

    def snapshot(self) -> str:
        return str(rpc(self.url, "evm_snapshot"))

    def revert(self, snapshot_id: str) -> int:
        if not rpc(self.url, "evm_revert", snapshot_id):
            raise NodeError(f"snapshot {snapshot_id} is unknown to the node")
        return int(rpc(self.url, "eth_blockNumber"), 16)

    def unlock_account(self, address: str) -> None:
        rpc(self.url, "anvil_impersonateAccount", address)


def hasten(provider: Any) -> None:
    """Leaves out what web3 does at each request and a chain of ours never needs.

    It asks for the chain's id before every call and transaction, and looks up the machine's
    proxies: a third of the time of the contracts' tests.
    """
    import requests

    session = requests.Session()
    session.trust_env = False
    provider._request_session_manager._explicit_session = session
    provider.cache_allowed_requests = True
    provider.cacheable_requests = {"eth_chainId"}


def patient(ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Asks for a transaction, or its receipt, again that is not found at first.

    Anvil counts a transaction of its sender a moment before either can be asked for; Brownie takes
    what it does not find then for dropped.
    """
    from web3.exceptions import TransactionNotFound

    def asked(transaction: Any) -> Any:
        for _ in range(PATIENCE):
            try:
                return ask(transaction)
            except TransactionNotFound:
                time.sleep(MOMENT)
        return ask(transaction)

    return asked


@contextmanager
def connect(url: str, chain_id: int | None = None, *, live: bool = False) -> Iterator[Any]:
    """Connects Brownie to a node that is already running, and disconnects at the end.

    A node that says it is Anvil is a development network, with unlocked accounts,
    snapshots and time travel; any other is a live one, and so is Anvil if `live` says so.
    Yields Brownie's `chain`.
    """
    configure()
    from brownie import network
    from brownie._config import CONFIG

    if network.is_connected():
        raise NodeError(f"Brownie is already connected to {network.show_active()}")
    found = int(rpc(url, "eth_chainId"), 16)
    if chain_id is not None and found != chain_id:
        raise NodeError(f"{url} is chain {found}, not {chain_id}")
    local = not live and str(rpc(url, "web3_clientVersion")).lower().startswith("anvil")
    entry: dict[str, Any] = {"id": NAME, "name": NAME, "host": url, "chainid": str(found)}
    if local:
        entry |= {"cmd": "anvil", "cmd_settings": {}}
    CONFIG.networks[NAME] = entry | {"timeout": 120}
    # Brownie keeps deployments to live networks too, and fails to load where they are gone.
    shutil.rmtree(ROOT / "build" / "deployments" / str(found), ignore_errors=True)
    try:
        network.connect(NAME, launch_rpc=False)
        if not network.is_connected():
            raise NodeError(f"Brownie could not connect to {url}")
        if local:
            settings = CONFIG.active_network["settings"]
            settings.update(gas_price=None, max_fee=MAX_FEE, priority_fee=PRIORITY_FEE)
            _AnvilControls(url).install(network.rpc)
            hasten(network.web3.provider)
            for name in ASKED:
                setattr(network.web3.eth, name, patient(getattr(network.web3.eth, name)))
            network.chain._network_connected()
        yield network.chain
    finally:
        if network.web3.provider is not None:
            if network.is_connected():
                network.disconnect(kill_rpc=False)
            else:
                CONFIG.clear_active()
                network.web3.disconnect()
        for name in ASKED:
            vars(network.web3.eth).pop(name, None)
        network.chain._network_disconnected()
        _AnvilControls.remove(network.rpc)
        CONFIG.networks.pop(NAME, None)


def load_project() -> Any:
    """This repository as a Brownie project, compiled where it changed."""
    configure()
    from brownie import project

    for loaded in project.get_loaded_projects():
        if loaded._path == ROOT:
            return loaded
    found = project.load(ROOT, name="CommonholdProject")
    found.load_config()
    return found
