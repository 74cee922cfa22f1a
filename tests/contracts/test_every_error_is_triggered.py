"""Every custom error that our contracts declare is expected by a test: `with reverts("Name", ...)`.

Exact, without running them: an error counts only as a plain string, first in a call of `reverts`
that stands in a `with` of a test. Write it so, even where a loop over names would be shorter.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from brownie import project

from scripts.toolchain import ROOT

TESTS = ROOT / "tests" / "contracts"
OURS, STUBS = "contracts/", "contracts/test/"


def builds() -> dict[str, Any]:
    """What the compiler made of each contract, by its name."""
    (loaded,) = project.get_loaded_projects()
    return dict(loaded._build.items())


def defined(node: Any) -> Iterator[str]:
    """The errors that a syntax tree of Solidity declares."""
    if isinstance(node, list):
        for one in node:
            yield from defined(one)
    elif isinstance(node, dict):
        if node.get("nodeType") == "ErrorDefinition":
            yield node["name"]
        yield from defined(node.get("nodes"))


def declared() -> set[str]:
    """The errors declared in our sources; those of libraries that we use are not ours to test."""
    return {
        name
        for build in builds().values()
        if is_ours(str(build["sourcePath"]))
        for name in defined(build["ast"])
    }


def is_ours(path: str) -> bool:
    return path.startswith(OURS) and not path.startswith(STUBS)


def is_reverts(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "reverts"
    )


def expected(tree: ast.Module) -> Iterator[str]:
    """The errors that the tests of a file expect."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or not function.name.startswith("test_"):
            continue
        for block in ast.walk(function):
            for item in block.items if isinstance(block, ast.With) else ():
                call = item.context_expr
                if is_reverts(call) and call.args and isinstance(call.args[0], ast.Constant):
                    yield str(call.args[0].value)


def files() -> list[Path]:
    return sorted(TESTS.rglob("test_*.py"))


@pytest.fixture(scope="module")
def triggered() -> set[str]:
    return {name for path in files() for name in expected(ast.parse(path.read_text()))}


def test_every_error_is_triggered(triggered) -> None:
    missing = sorted(declared() - triggered)
    assert not missing, f"no test expects {', '.join(missing)}: with reverts(NAME, values)"


def test_no_test_expects_an_error_of_ours_that_is_gone(triggered) -> None:
    prefixes = {f"{name}_" for name in builds() if not name.startswith("I")}
    own = {name for name in triggered if any(name.startswith(prefix) for prefix in prefixes)}
    stubs = {name for name in own if name.startswith("Stub")}
    assert own - stubs <= declared()


def test_errors_are_found_where_they_are_declared() -> None:
    """The compiler's trees and a plain reading of the sources agree."""
    lines = (
        line.split("(")[0].split()
        for path in (ROOT / OURS).rglob("*.sol")
        if not path.is_relative_to(ROOT / STUBS)
        for line in path.read_text().splitlines()
    )
    assert {words[1] for words in lines if words[:1] == ["error"]} == declared()


def test_what_counts_as_expected() -> None:
    source = """
def test_counted():
    with reverts("A", 1):
        pass
    with paused(), reverts("B"):
        pass

def test_not_counted(name):
    reverts("C")
    "reverts('D')"
    with reverts(name):
        pass

def helper():
    with reverts("E"):
        pass
"""
    assert set(expected(ast.parse(source))) == {"A", "B"}
