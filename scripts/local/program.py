"""A program that runs beside this one, and surely ends with it."""

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from scripts.toolchain import ROOT, TOOLS, environment
from scripts.toolchain.process import end

MEMORY = 4 << 30  # bytes of address space
STOP_SECONDS = 10.0
LAST_LINES = 20


class ProgramError(RuntimeError):
    """A program that ended, or did not do what was waited for; with the end of its log."""


class Program:
    """A running Python module; its output goes to a file. Use it as a context manager."""

    def __init__(
        self,
        name: str,
        module: str,
        arguments: Sequence[str],
        settings: Mapping[str, str],
        log: Path,
    ) -> None:
        self.name = name
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        limited = [sys.executable, "-ISE", str(TOOLS / "limited.py"), str(MEMORY), str(os.getpid())]
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [*limited, sys.executable, "-m", module, *arguments],
                cwd=ROOT,
                env={**environment(), **settings, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the parent, which then ends this
            )
        atexit.register(self.stop)

    def check(self) -> None:
        """ProgramError if it has ended."""
        code = self.process.poll()
        if code is not None:
            raise self.failed(f"ended with code {code}")

    def failed(self, what: str) -> ProgramError:
        """An error that says where the log is, and how it ends."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        end = "\n".join(f"  {line}" for line in lines[-LAST_LINES:]) or "  (nothing)"
        return ProgramError(f"{self.name} {what}; {self.log} ends with:\n{end}")

    def stop(self) -> None:
        """Ends it: gently, then for certain."""
        atexit.unregister(self.stop)
        end(self.process, signal.SIGTERM, STOP_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
