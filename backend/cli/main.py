"""`commonhold`: every command in a file of its own, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

COMMANDS = {
    "index": "backend.cli.index:index",
    "serve": "backend.cli.serve:serve",
    "status": "backend.cli.status:status",
    "audit": "backend.cli.audit:audit",
    "analytics": "backend.cli.analytics:analytics",
    "profile": "backend.cli.profile:profile",
    "dev": "backend.cli.programs:dev",
    "deploy": "backend.cli.programs:deploy",
    "juror": "backend.cli.juror:app",
    "templates": "backend.cli.templates:app",
    "offer": "backend.cli.offer:app",
    "report": "backend.cli.report:app",
    "review": "backend.cli.review:app",
    "label": "backend.cli.label:app",
    "message": "backend.cli.message:app",
    "content": "backend.cli.content:app",
    "descriptors": "backend.cli.descriptors:descriptors",
}
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
CONTEXTS = {"dev": PASS_ON, "deploy": PASS_ON}
PLAIN: dict[str, Any] = {"add_completion": False, "pretty_exceptions_enable": False}


class Commands(TyperGroup):
    """Whoever asks for one command does not wait for the others."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(module), name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(**PLAIN)
            alone.command(context_settings=CONTEXTS.get(cmd_name))(found)
            found = alone
        command = get_command(found)
        command.name = cmd_name
        return command


app = typer.Typer(name="commonhold", cls=Commands, no_args_is_help=True, **PLAIN)


@app.callback()
def commonhold() -> None:
    """A member-owned escrow marketplace: follow the chain, serve it, and check it."""


if __name__ == "__main__":
    app(prog_name="commonhold")
