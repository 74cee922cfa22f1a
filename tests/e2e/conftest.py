"""Whole programs on chains of their own, as a person would start them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from scripts.toolchain import ROOT, environment
from scripts.toolchain.network import Anvil, start_anvil

SECONDS = 300


@pytest.fixture
def node() -> Iterator[Anvil]:
    """A fresh chain."""
    with start_anvil() as running:
        yield running


@pytest.fixture
def run() -> Callable[..., tuple[int, str]]:
    """Runs a module to its end; its exit code and all it printed."""

    def module(
        name: str, *arguments: str | Path, given: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        ended = subprocess.run(
            [sys.executable, "-m", name, *map(str, arguments)],
            cwd=ROOT,
            env={**environment(), **(given or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return ended.returncode, ended.stdout

    return module


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., tuple["subprocess.Popen[bytes]", Path]]]:
    """Starts a module in the background; its process and the file it prints to."""
    started: list[subprocess.Popen[bytes]] = []

    def module(name: str, *arguments: str) -> tuple["subprocess.Popen[bytes]", Path]:
        output = tmp_path / f"{len(started)}.log"
        with output.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", name, *arguments],
                cwd=ROOT,
                env={**environment(), "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(process)
        return process, output

    yield module
    for process in started:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
