"""Expecting custom errors, so that each has a test.

`test_every_error_is_triggered.py` reads the tests for the names given to `reverts`: write them as
plain strings, or as parameters of the test in a list of `pytest.param`s or plain strings.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import brownie
from brownie.exceptions import VirtualMachineError


def reverts(error: str, *values: Any) -> Any:
    """Expects the custom error of this name, with these values if any are given.

    Accounts and contracts stand for their addresses; `bytes` for fixed bytes. An error that has no
    values is named alone; use `reverts_with_any` to leave values open.
    """
    shown = (_shown(value) for value in values)
    return brownie.reverts(f"{error}: {', '.join(shown)}")


def reverts_with_any(error: str) -> Any:
    """Expects the custom error of this name, whatever its values."""
    return brownie.reverts(revert_pattern=rf"(?s){error}: .*")


@contextmanager
def reverts_silently() -> Iterator[None]:
    """Expects a revert without a reason: dirty bits of an address, or gas that ran out."""
    try:
        yield
    except VirtualMachineError as error:
        assert not error.revert_msg, f"reverted with {error.revert_msg}"
    else:
        raise AssertionError("the transaction did not revert")


def _shown(value: Any) -> str:
    address = getattr(value, "address", value)
    return str(address).lower() if str(address).startswith("0x") else str(address)
