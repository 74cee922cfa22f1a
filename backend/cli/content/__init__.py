"""`commonhold content`: words and pictures under their hash."""

from __future__ import annotations

import typer

from backend.cli.content.add import add
from backend.cli.content.check import check
from backend.cli.content.get import get

app = typer.Typer(
    help="Words and pictures under their hash: add, get, check.",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(add)
app.command()(get)
app.command()(check)
