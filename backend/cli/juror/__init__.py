"""`commonhold juror`: what a juror does, from staking to the reveal."""

from __future__ import annotations

import typer

from backend.cli.juror.commit import commit
from backend.cli.juror.duties import duties
from backend.cli.juror.reveal import reveal
from backend.cli.juror.seed import seed
from backend.cli.juror.stake import leave, stake, withdraw

app = typer.Typer(
    help="Sit on juries: stake, be drawn, commit to a split, and reveal it.",
    no_args_is_help=True,
    add_completion=False,
)
for command in (stake, leave, withdraw, duties, commit, reveal, seed):
    app.command()(command)
