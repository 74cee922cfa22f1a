"""`commonhold offer`: from a plain form to an offer."""

from __future__ import annotations

import typer

from backend.cli.offer.code import app as code
from backend.cli.offer.listing import listed, show
from backend.cli.offer.moderate import hide, unhide
from backend.cli.offer.new import app as new
from backend.cli.offer.post import post

app = typer.Typer(
    help="Make offers and requests, post them, and look at those of others.",
    no_args_is_help=True,
    add_completion=False,
)
app.add_typer(new, name="new")
app.add_typer(code, name="code")
app.command()(post)
app.command("list")(listed)
app.command()(show)
app.command()(hide)
app.command()(unhide)
