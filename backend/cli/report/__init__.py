"""`commonhold report`: how a thing was at the hand-over and at the return, signed by both sides."""

from __future__ import annotations

import typer

from backend.cli.report.show import show
from backend.cli.report.sign import sign

app = typer.Typer(
    help="Condition reports: sign how a thing was, agree to what the other side wrote, show them.",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(sign)
app.command()(show)
