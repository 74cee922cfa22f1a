"""`commonhold`: every command in a file of its own."""

from __future__ import annotations

import typer

from backend.cli.audit import audit
from backend.cli.content import app as content
from backend.cli.index import index
from backend.cli.juror import app as juror
from backend.cli.label import app as label
from backend.cli.message import app as message
from backend.cli.offer import app as offer
from backend.cli.profile import profile
from backend.cli.programs import PASS_ON, deploy, dev
from backend.cli.report import app as report
from backend.cli.review import app as review
from backend.cli.serve import serve
from backend.cli.status import status
from backend.cli.templates import app as templates

app = typer.Typer(
    name="commonhold",
    help="A member-owned escrow marketplace: follow the chain, serve it, and check it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(index)
app.command()(serve)
app.command()(status)
app.command()(audit)
app.command()(profile)
app.add_typer(juror, name="juror")
app.add_typer(templates, name="templates")
app.add_typer(offer, name="offer")
app.add_typer(report, name="report")
app.add_typer(review, name="review")
app.add_typer(label, name="label")
app.add_typer(message, name="message")
app.add_typer(content, name="content")
app.command(context_settings=PASS_ON)(dev)
app.command(context_settings=PASS_ON)(deploy)

if __name__ == "__main__":
    app(prog_name="commonhold")
