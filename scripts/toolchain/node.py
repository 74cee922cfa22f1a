"""A local chain: the Anvil binary, with limits, and surely gone when its owner is."""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any, Self

from scripts.toolchain import TOOLS, environment
from scripts.toolchain.process import end

HOST = "127.0.0.1"
GAS_LIMIT = 30_000_000
MEMORY = 4 << 30  # bytes of address space; an idle node takes 270 MB
HISTORY = 256  # states kept for calls into the past, reorgs and traces
START_SECONDS, STOP_SECONDS = 20.0, 5.0


class NodeError(RuntimeError):
    """A node that did not start, or that answered with an error."""


class PortInUse(NodeError):
    """The port asked for is taken."""


def rpc(url: str, method: str, *params: object, timeout: float = 30.0) -> Any:
    """One JSON-RPC request; the result, or NodeError with the node's message.

    OSError when nobody answers.
    """
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    try:
        request = urllib.request.Request(
            url, data=body.encode(), headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=timeout) as response:
            answer = json.load(response)
    except OSError:
        raise
    except (HTTPException, ValueError) as error:
        raise NodeError(f"{url} is not the address of a node ({error})") from None
    if not isinstance(answer, dict) or not answer.keys() & {"error", "result"}:
        raise NodeError(f"{url} does not answer in JSON-RPC")
    if "error" in answer:
        raise NodeError(f"{method}: {_message(answer['error'])}")
    return answer["result"]


def _message(told: Any) -> Any:
    return told.get("message", told) if isinstance(told, dict) else told


class Anvil:
    """A running node. Use it as a context manager, or call stop()."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, chain_id: int) -> None:
        self.process = process
        self.port = port
        self.chain_id = chain_id
        self.url = f"http://{HOST}:{port}"
        self.websocket_url = f"ws://{HOST}:{port}"
        atexit.register(self.stop)

    def rpc(self, method: str, *params: object) -> Any:
        """One JSON-RPC request to this node."""
        return rpc(self.url, method, *params)

    @property
    def accounts(self) -> list[str]:
        """The unlocked accounts, each with 10,000 coins."""
        return list(self.rpc("eth_accounts"))

    def stop(self) -> None:
        """Ends the node: gently, so that it can write its state, then for certain."""
        atexit.unregister(self.stop)
        end(self.process, signal.SIGINT, STOP_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start_anvil(
    port: int | None = None,
    chain_id: int = 31337,
    accounts: int = 20,
    block_time: float | None = None,
    state: Path | None = None,
    *,
    gas_limit: int = GAS_LIMIT,
    base_fee: int | None = None,
    timestamp: int | None = None,
    slots_in_an_epoch: int | None = None,
    history: int = HISTORY,
    memory: int = MEMORY,
    log: Path | None = None,
    steps_tracing: bool = False,
) -> Anvil:
    """Starts a node on this port, or on a free one, and waits until it answers.

    With `steps_tracing`, transactions can be traced opcode by opcode.

    With `state`, the chain is read from that file and written back every two seconds
    and at the end. Start it from a thread that lives as long as the node: on Linux the
    node ends with the thread that started it, however that ends.
    """
    options: dict[str, object] = {
        "host": HOST,
        "chain-id": chain_id,
        "accounts": accounts,
        "gas-limit": gas_limit,
        "hardfork": "cancun",
        "prune-history": history,
        "block-time": block_time,
        "block-base-fee-per-gas": base_fee,
        "timestamp": timestamp,
        "slots-in-an-epoch": slots_in_an_epoch,
        "state": state,
        "state-interval": 2 if state else None,
    }
    limited = [sys.executable, "-ISE", str(TOOLS / "limited.py"), str(memory), str(os.getpid())]
    command = [*limited, str(TOOLS / "anvil")]
    for name, value in options.items():
        command += [] if value is None else [f"--{name}", str(value)]
    if steps_tracing:
        command.append("--steps-tracing")
    if log is None:
        command.append("--quiet")
    if state is not None:
        state.parent.mkdir(parents=True, exist_ok=True)
    if port is not None and not is_free(port):
        raise PortInUse(f"port {port} of {HOST} is in use; stop what listens there, or ask another")
    attempts = 1 if port is not None else 5
    for attempt in range(attempts):
        with contextlib.ExitStack() as files:
            errors: IO[bytes] = files.enter_context(tempfile.TemporaryFile())
            output: IO[bytes] | int = subprocess.DEVNULL
            if log is not None:
                log.parent.mkdir(parents=True, exist_ok=True)
                output = files.enter_context(log.open("ab"))
            chosen = port if port is not None else free_port()
            process = subprocess.Popen(
                [*command, "--port", str(chosen)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                env=environment(),
            )
            node = Anvil(process, chosen, chain_id)
            try:
                if _answers(node):
                    return node
            except BaseException:
                node.stop()
                raise
            node.stop()
            errors.seek(0)
            reason = errors.read().decode(errors="replace").strip() or "no message"
            if "in use" in reason and attempt + 1 < attempts:
                continue
            kind = PortInUse if "in use" in reason else NodeError
            raise kind(f"anvil did not start on port {chosen}: {reason}")
    raise NodeError("anvil found no free port")


def _answers(node: Anvil) -> bool:
    """Waits for the first answer; False when the process ended or never answered."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and node.process.poll() is None:
        try:
            found = int(rpc(node.url, "eth_chainId", timeout=2), 16)
        except OSError:
            time.sleep(0.03)
            continue
        if found != node.chain_id:
            raise NodeError(f"{node.url} is chain {found}, not {node.chain_id}")
        return node.process.poll() is None
    return False


def is_free(port: int) -> bool:
    """Whether nothing listens on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
