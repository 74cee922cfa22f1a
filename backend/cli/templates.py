"""`commonhold templates`: every way of trading there is a form for, and the fields of one."""

from __future__ import annotations

from typing import Any

import typer
from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from backend.cli.offer.values import entries_of, hint
from backend.cli.terminal import explained, fail, say
from backend.terms.plain.template import Template, unit_of
from backend.terms.templates import all_templates
from backend.terms.words import duration

app = typer.Typer(
    help="The ways of trading there is a form for.",
    invoke_without_command=True,
    add_completion=False,
)


@app.callback()
def list_all(context: typer.Context) -> None:
    """List the templates; `commonhold templates show NAME` tells the fields of one."""
    if context.invoked_subcommand is None:
        for one in all_templates().values():
            say(f"{one.name:10}{one.summary} (After {', '.join(one.after)}.)")


@app.command()
@explained
def show(name: str) -> None:
    """Show the fields of a template, with their units and bounds."""
    template = find_template(name)
    say(f"{template.name}: {template.summary}")
    for role, does in template.roles.items():
        say(f"  {role:14}{does}")
    say("")
    _show_fields(template.input, "  ")


def find_template(name: str) -> Template[Any]:
    found = all_templates().get(name)
    if found is None:
        fail(f"There is no template {name}. There are {', '.join(all_templates())}.")
    return found


def _show_fields(shape: type[BaseModel], indent: str) -> None:
    for name, field in shape.model_fields.items():
        option = name.replace("_", "-")
        need = "required" if field.is_required() else f"default {shown_default(field)}"
        say(f"{indent}{option:18}{hint(field)} ({', '.join([need, *bounds_of(field)])})")
        say(f"{indent}{'':18}{field.description}")
        entries = entries_of(field)
        if entries is not None:
            _show_fields(entries, indent + "    ")


def shown_default(field: FieldInfo) -> str:
    """The default as people read it."""
    value = field.default
    if value is None or value in ("", ()):
        return "none"
    return duration(value) if unit_of(field) == "seconds" else str(value)


def bounds_of(field: FieldInfo) -> list[str]:
    """Where there are some worth telling: of lengths of time, shares, numbers and lists."""
    unit, found = unit_of(field), []
    for bound in field.metadata:
        if isinstance(bound, Ge | Le) and unit in ("seconds", "count", "basisPoints"):
            word = "at least" if isinstance(bound, Ge) else "at most"
            value: Any = bound.ge if isinstance(bound, Ge) else bound.le
            found.append(f"{word} {duration(value) if unit == 'seconds' else value}")
        if bound == MinLen(1) and unit == "text":
            continue
        if isinstance(bound, MinLen | MaxLen) and unit in ("list", "text"):
            word = "at least" if isinstance(bound, MinLen) else "at most"
            length = bound.min_length if isinstance(bound, MinLen) else bound.max_length
            found.append(f"{word} {length} {'entries' if unit == 'list' else 'characters'}")
    return found
