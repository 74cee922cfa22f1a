"""The commands, run as a user runs them; none may ever show a stack trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from backend.cli.main import app
from scripts.toolchain import ROOT
from tests.backend.saved import Saved

COMMANDS = ("index", "serve", "status", "audit")


def run(*arguments: object, **environment: str) -> tuple[int, str]:
    """In a process of its own, and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "backend.cli.main", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    assert "This should not happen" not in told
    return done.returncode, told


def invoke(*arguments: object) -> tuple[int, str]:
    """The same in this process: much faster."""
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert "This should not happen" not in result.output, result.output
    return result.exit_code, result.output


def options(saved: Saved, url: str, database: Path | str) -> list[str]:
    return ["--rpc-url", url, "--database", str(database), "--deployment", str(saved.record)]
