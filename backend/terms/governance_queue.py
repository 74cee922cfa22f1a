"""What a governor must find in its storage before it lets the timelock change its settings.

While it executes a proposal, OpenZeppelin's `Governor` keeps the hashes of the calls to itself in a
queue, and each such call must be next in it. Who tries the calls alone must put them there. A test
of a vote and one of a simulation hold the place to the contract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eth_abi.abi import encode
from eth_utils.crypto import keccak

SLOT = 5  # of Governor._governanceCall: begin and end in one word, then the mapping of hashes


def queue(calldatas: Sequence[bytes]) -> Mapping[str, str]:
    """The words of storage in which exactly these calls are queued, by slot."""
    words = {_word(SLOT): _word(len(calldatas) << 128)}
    for place, data in enumerate(calldatas):
        slot = keccak(encode(["uint128", "uint256"], [place, SLOT + 1]))
        words["0x" + slot.hex()] = "0x" + keccak(data).hex()
    return words


def _word(value: int) -> str:
    return f"0x{value:064x}"
