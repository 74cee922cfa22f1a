"""Ending programs that were started here."""

import signal
import subprocess
from typing import Any


def end(process: "subprocess.Popen[Any]", number: signal.Signals, seconds: float) -> None:
    """Gently, by this signal; for certain, when it is still there after so many seconds."""
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
