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


def of_kind(kind: int) -> Template[Any] | None:
    """The one that makes offers of this kind."""
    return next((one for one in all_templates().values() if one.kind == kind), None)
