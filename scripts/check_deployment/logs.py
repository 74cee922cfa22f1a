"""Logs of a contract since its market's start, decoded."""

from collections.abc import Iterator, Mapping
from typing import Any

RANGE = 2_000  # blocks asked for at once


def events(contract: Any, start: int, *names: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Name and arguments of every log of these events, in the order of the chain."""
    from brownie import web3

    known = web3.eth.contract(address=contract.address, abi=contract.abi).events
    kinds = {bytes.fromhex(known[name]().topic[2:]): known[name]() for name in names}
    head = web3.eth.block_number
    for first in range(start, head + 1, RANGE):
        for log in web3.eth.get_logs(
            {
                "address": contract.address,
                "fromBlock": first,
                "toBlock": min(first + RANGE - 1, head),
                "topics": [["0x" + topic.hex() for topic in kinds]],
            }
        ):
            decoded = kinds[bytes(log["topics"][0])].process_log(log)
            yield decoded["event"], decoded["args"]
