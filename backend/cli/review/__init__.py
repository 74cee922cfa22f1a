"""`commonhold review`: what the sides of a closed trade say of each other."""

from __future__ import annotations

import typer

from backend.cli.review.give import give
from backend.cli.review.listing import listed
from backend.cli.review.openly import openly
from backend.cli.review.reply import reply
from backend.cli.review.reveal import reveal
from backend.cli.review.together import app as together

app = typer.Typer(
    help="Review the other sides of your closed trades, and reply to what they say of you.",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(give)
app.command()(reveal)
app.command("open")(openly)
app.add_typer(together, name="together")
app.command()(reply)
app.command("list")(listed)
