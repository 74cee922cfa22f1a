"""`commonhold dev` ends all it started, however it ends."""

import os
import signal
import subprocess
import time
from pathlib import Path

import httpx
import psutil
import pytest

from scripts.toolchain.node import free_port, is_free

SECONDS = 240


def wait_until_up(process: "subprocess.Popen[bytes]", output: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while "Ctrl-C ends all" not in output.read_text():
        assert process.poll() is None, output.read_text()
        assert time.monotonic() < deadline, output.read_text()
        time.sleep(0.2)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left(start, number: signal.Signals) -> None:
    chain_port, port = free_port(), free_port()
    ports = ("--chain-port", str(chain_port), "--port", str(port))
    process, output = start("scripts.dev", *ports, "--empty")
    wait_until_up(process, output)
    assert httpx.get(f"http://127.0.0.1:{port}/api/v1/health", trust_env=False).status_code == 200
    children = psutil.Process(process.pid).children(recursive=True)
    assert len(children) >= 3
    os.kill(process.pid, number)
    code = process.wait(60)
    _, alive = psutil.wait_procs(children, timeout=30)
    assert alive == []
    assert is_free(chain_port)
    assert is_free(port)
    if number != signal.SIGKILL:
        assert code == 0
        assert "Ended." in output.read_text()
        assert "Traceback" not in output.read_text()


def test_port_in_use_is_told(node, run) -> None:
    code, output = run("scripts.dev", "--chain-port", str(node.port))
    assert code == 1
    assert f"port {node.port} of 127.0.0.1 is in use" in output
    assert "Traceback" not in output
