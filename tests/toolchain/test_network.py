"""Local chains, and Brownie's connection to them."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from web3.exceptions import TransactionNotFound

from scripts.toolchain.network import NodeError, PortInUse, connect, patient, start_anvil

GAS_LIMIT = 30_000_000


def test_starts_on_a_free_port_with_our_limits() -> None:
    with start_anvil() as first, start_anvil(chain_id=4242, accounts=3) as second:
        assert first.port != second.port
        assert len(first.accounts) == 20
        assert len(second.accounts) == 3
        block = first.rpc("eth_getBlockByNumber", "latest", False)
        assert int(block["gasLimit"], 16) == GAS_LIMIT
        assert int(block["baseFeePerGas"], 16) == 10**9
        assert int(second.rpc("eth_chainId"), 16) == 4242
    assert first.process.poll() is not None
    assert second.process.poll() is not None


def test_refuses_a_port_in_use() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse, match=f"port {port} of 127.0.0.1 is in use"):
            start_anvil(port)


def test_keeps_its_state_across_restarts(tmp_path: Path) -> None:
    state = tmp_path / "chain" / "state.json"
    with start_anvil(state=state) as node:
        node.rpc("anvil_mine", "0x7")
    with start_anvil(state=state) as node:
        assert int(node.rpc("eth_blockNumber"), 16) == 7


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_ends_with_an_owner_that_is_killed() -> None:
    code = (
        "from scripts.toolchain.network import start_anvil; import time\n"
        "print(start_anvil().process.pid, flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    owner.kill()
    owner.communicate()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _runs(pid):
        time.sleep(0.02)
    if _runs(pid):
        os.kill(pid, signal.SIGKILL)
        pytest.fail("the node outlived its owner")


def test_brownie_uses_the_node_it_is_given() -> None:
    with start_anvil() as node, connect(node.url, node.chain_id) as chain:
        from brownie import accounts, network

        assert network.show_active() == "commonhold"
        assert len(accounts) == 20
        before = accounts[0].balance()
        receipt = accounts[0].transfer(accounts[1], 10**18)
        assert receipt.status == 1
        paid = int(node.rpc("eth_getTransactionReceipt", receipt.txid)["effectiveGasPrice"], 16)
        assert accounts[0].balance() == before - 10**18 - receipt.gas_used * paid

        chain.snapshot()
        height = chain.height
        later = chain.time() + 1000
        chain.mine(timestamp=later)
        assert chain[-1].timestamp == later
        chain.sleep(500)
        chain.mine(2)
        assert chain[-1].timestamp >= later + 500
        chain.revert()
        assert chain.height == height
        guest = accounts.at("0x" + "11" * 20, force=True)
        accounts[0].transfer(guest, 10**18)
        assert guest.transfer(accounts[2], 1).status == 1
    assert not network.is_connected()


def test_brownie_connects_again_after_it_disconnected() -> None:
    for chain_id in (31337, 4242):
        with start_anvil(chain_id=chain_id) as node, connect(node.url) as chain:
            assert chain.id == chain_id
            assert chain.height == 0


def test_asks_again_for_a_transaction_that_is_not_there_yet() -> None:
    asked = []

    def ask(transaction: str) -> dict[str, str]:
        asked.append(transaction)
        if len(asked) < 3:
            raise TransactionNotFound("not there")
        return {"hash": transaction}

    assert patient(ask)("0x12") == {"hash": "0x12"}
    assert asked == ["0x12"] * 3


def test_gives_up_on_a_transaction_that_never_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(transaction: str) -> None:
        raise TransactionNotFound("not there")

    monkeypatch.setattr("scripts.toolchain.network.MOMENT", 0)
    with pytest.raises(TransactionNotFound):
        patient(ask)("0x12")


def test_refuses_another_chain_than_the_one_named() -> None:
    with (
        start_anvil() as node,
        pytest.raises(NodeError, match="is chain 31337, not 1"),
        connect(node.url, 1),
    ):
        pass


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] != "Z"
    except OSError:
        return False
