"""What the tests of the contracts expect of a transaction, and when it is mined.

`test_every_error_is_triggered.py` reads the tests for the names given to `reverts`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import brownie
from brownie.convert.datatypes import HexString
from brownie.exceptions import VirtualMachineError

ZERO = "0x" + "00" * 20
DAY = 86_400


def word(name: str) -> bytes:
    """A name as the contract's bytes32."""
    return name.encode().ljust(32, b"\0")


def reverts(error: str, *values: Any) -> Any:
    """Expects a custom error with these values."""
    return brownie.reverts(f"{error}: {', '.join(map(_shown, values))}")


@contextmanager
def reverts_silently() -> Iterator[None]:
    """Expects a revert without a reason: dirty bits of an address, or gas that ran out."""
    try:
        yield
    except VirtualMachineError as error:
        if error.revert_msg:
            raise AssertionError(f"reverted with {error.revert_msg}") from error
    else:
        raise AssertionError("the transaction did not revert")


def _shown(value: Any) -> str:
    if isinstance(value, HexString):
        return str(bytes(value))
    if hasattr(value, "address"):
        return str(value.address).lower()
    return str(value).lower() if str(value).startswith("0x") else str(value)


def outcome(call: Callable[..., Any], *args: Any) -> Any:
    """What a call to a contract or to its model returns, or the name of the error it raises.

    The models name their exceptions as the contracts name their errors.
    """
    try:
        return call(*args)
    except VirtualMachineError as error:
        return str(error.revert_msg).split(":")[0]
    except Exception as error:
        if not type(error).__module__.startswith("tests.model"):
            raise
        return type(error).__name__


def plain(value: Any) -> Any:
    """What Brownie returned, in Python's own types: structs as tuples."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, HexString):
        return bytes(value)
    if isinstance(value, list | tuple):
        return tuple(map(plain, value))
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return str(value)


def event(receipt: Any, name: str) -> dict[str, Any]:
    """The only event of this name in a receipt."""
    (found,) = receipt.events[name]
    return dict(plain(dict(found)))


def next_at(time: int) -> None:
    """The next transaction is mined in this second."""
    answer = brownie.web3.provider.make_request("evm_setNextBlockTimestamp", [hex(time)])
    assert "error" not in answer, answer


def until(time: int) -> None:
    """Mines a block in this second: views see it as now."""
    brownie.chain.mine(timestamp=time)


def now() -> int:
    """The time of the last block."""
    return int(brownie.chain[-1].timestamp)
