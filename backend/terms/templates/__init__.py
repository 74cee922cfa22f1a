"""Every way people trade, one file each: a module of this package with a `TEMPLATE`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from backend.terms.plain.template import Template


@cache
def all_templates() -> Mapping[str, Template[Any]]:
    """By name, in the order of their kinds."""
    found: list[Template[Any]] = [
        import_module(f"{__name__}.{module.name}").TEMPLATE for module in iter_modules(__path__)
    ]
    return {one.name: one for one in sorted(found, key=lambda one: one.kind)}


def find(name: str, kind: int) -> Template[Any] | None:
    """The one of this name, if it makes offers of this kind. Those that have no row of their own in
    the fee table share the last one."""
    found = all_templates().get(name)
    return found if found is not None and found.kind == kind else None
