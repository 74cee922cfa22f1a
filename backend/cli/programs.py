"""`commonhold dev` and `commonhold deploy`: programs of their own, which need Brownie."""

from __future__ import annotations

import importlib.util
import os
import sys
from typing import NoReturn

import typer

from backend.cli.terminal import fail


def dev(context: typer.Context) -> None:
    """Start a chain, contracts, seeds, the indexer and the API on this machine."""
    become("scripts.dev", context.args)


def deploy(context: typer.Context) -> None:
    """Deploy the contracts to a network, or go on where a deployment broke."""
    become("scripts.deploy", context.args)


def become(module: str, arguments: list[str]) -> NoReturn:
    """Goes on as another program, with the same signals, output and exit code."""
    if importlib.util.find_spec("scripts") is None:
        fail("This command needs the repository: run it there, after `make setup`.")
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])
