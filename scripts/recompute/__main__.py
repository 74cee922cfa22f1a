"""Derives every draw and every tally of the court anew, from logs alone, and compares with what its
logs say. Exits with 1 if anything differs, with 2 if nothing could be compared.
"""

import argparse
import sys
from pathlib import Path

from rich.console import Console

from scripts.deploy.record import DeployError, Record
from scripts.recompute import Addresses, Replay, read
from scripts.toolchain.network import NodeError, rpc


def main() -> None:
    """Prints what was compared and what differs."""
    parser = argparse.ArgumentParser(prog="python -m scripts.recompute", description=__doc__)
    parser.add_argument("--rpc-url", default="http://127.0.0.1:8545", help="any node of the chain")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--record", type=Path, help="the record of the deployment")
    where.add_argument("--court", help="the court's address, instead of a record")
    parser.add_argument("--from-block", type=int, default=0, help="where the market's logs begin")
    arguments = parser.parse_args()
    console = Console(highlight=False)
    try:
        court, first = arguments.court, arguments.from_block
        if arguments.record:
            record = Record.read(arguments.record)
            court, first = record.contracts["court"], record.start.number
        addresses = Addresses.of_court(arguments.rpc_url, court)
        chain_id = int(rpc(arguments.rpc_url, "eth_chainId"), 16)
        replay = Replay(chain_id, addresses.court, addresses.randomness)
        logs = read(arguments.rpc_url, addresses, first)
    except (DeployError, NodeError, KeyError, OSError, ValueError) as error:
        console.print(f"Not compared: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(2)
    differences = replay.run(logs)
    for difference in differences:
        console.print(difference, style="red", markup=False, soft_wrap=True)
    parts = ", ".join(f"{count} of {name}" for name, count in sorted(replay.checked.items()))
    console.print(f"{len(replay.cases)} cases, {len(logs)} logs; compared: {parts or 'nothing'}.")
    console.print(f"{len(differences)} differences.")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
