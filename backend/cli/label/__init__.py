"""`commonhold label`: what attestors say of accounts."""

from __future__ import annotations

import typer

from backend.cli.label.asking import attestors, of
from backend.cli.label.ending import revoke, strike
from backend.cli.label.give import give
from backend.cli.label.signed import bring, sign

app = typer.Typer(
    help="Labels: who is verified, and by which attestor; give, bring, and end them.",
    no_args_is_help=True,
    add_completion=False,
)
for command in (give, sign, bring, revoke, strike, of, attestors):
    app.command()(command)
