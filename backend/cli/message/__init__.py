"""`commonhold message`: sealed messages between the parties of a trade or an offer."""

from __future__ import annotations

import typer

from backend.cli.message.disclose import disclose
from backend.cli.message.keys import keys
from backend.cli.message.read import read
from backend.cli.message.send import send
from backend.cli.message.verify import verify

app = typer.Typer(
    help="Write to the other parties of a trade or an offer, sealed, and prove what was written.",
    no_args_is_help=True,
    add_completion=False,
)
for command in (keys, send, read, disclose, verify):
    app.command()(command)
