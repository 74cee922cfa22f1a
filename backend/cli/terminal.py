"""What the commands have in common: where they print, and how they end."""

from __future__ import annotations

import functools
import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import Annotated, NoReturn, ParamSpec

import typer
from rich.console import Console

from backend.audit import AuditError
from backend.chain import NodeError
from backend.db import DatabaseError
from backend.events import UnknownEvent
from backend.indexer import IndexerError
from backend.settings import SettingsError

P = ParamSpec("P")


class CommandError(Exception):
    """What was asked for cannot be done; the message says why, and what to do."""


EXPECTED = (
    AuditError,
    CommandError,
    DatabaseError,
    IndexerError,
    NodeError,
    SettingsError,
    UnknownEvent,
)
FAILED, STOPPED = 1, 130

RpcUrl = Annotated[str | None, typer.Option("--rpc-url", help="The node. COMMONHOLD_RPC_URL")]
Database = Annotated[
    str | None, typer.Option("--database", help="File or URL. COMMONHOLD_DATABASE")
]
DeploymentFile = Annotated[
    str | None,
    typer.Option("--deployment", help="The record of a deployment. COMMONHOLD_DEPLOYMENT"),
]

out = Console(highlight=False, soft_wrap=True)
err = Console(highlight=False, soft_wrap=True, stderr=True)


def say(message: str) -> None:
    """One line for people, at once."""
    out.print(message, markup=False)


def fail(message: str) -> NoReturn:
    """Ends the command with a message that says what to do."""
    err.print(message, style="red", markup=False)
    raise typer.Exit(FAILED)


def explained(command: Callable[P, None]) -> Callable[P, None]:
    """A command whose expected errors end it with their message, and Ctrl-C with a word."""

    @functools.wraps(command)
    def run(*arguments: P.args, **named: P.kwargs) -> None:
        before = signal.signal(signal.SIGTERM, _end)
        try:
            command(*arguments, **named)
        except (typer.Exit, typer.Abort):
            raise
        except EXPECTED as error:
            fail(str(error))
        except KeyboardInterrupt:
            say("Stopped.")
            raise typer.Exit(STOPPED) from None
        except Exception as error:
            if "COMMONHOLD_DEBUG" in os.environ:
                raise
            fail(
                f"This should not happen: {type(error).__name__}: {error}\n"
                "Run the command again with COMMONHOLD_DEBUG=1 to see where, and report it."
            )
        finally:
            signal.signal(signal.SIGTERM, before)

    return run


def _end(_number: int, _frame: FrameType | None) -> None:
    """Being told to end is like Ctrl-C: what was begun is rolled back."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt
