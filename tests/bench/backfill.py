"""One way of reading a whole chain, measured in a process of its own.

python -m tests.bench.backfill WAY URL RECORD DATABASE
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import orjson
from sqlalchemy import func, select

from backend import abi
from backend.chain import Node, Rpc
from backend.db import migrate, open_engine, reading
from backend.db.tables import events
from backend.indexer import Follower, Pace, collect_seldom
from backend.settings import Deployment, Settings

BLOCKS = 50  # asked for at once by all but ours: about 5,000 events
Read = Callable[[str, Deployment, str], int]


def floor(url: str, deployment: Deployment, _database: str) -> int:
    """The logs are asked for, their bytes received, and counted."""
    found = 0
    with httpx.Client(timeout=60) as http:

        def ask(method: str, *params: object) -> bytes:
            body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
            return http.post(url, json=body).content

        head = int(orjson.loads(ask("eth_blockNumber"))["result"], 16)
        addresses = sorted(deployment.contracts.values())
        for first in range(deployment.start_block + 1, head + 1, BLOCKS):
            last = min(first + BLOCKS - 1, head)
            asked = {"fromBlock": hex(first), "toBlock": hex(last), "address": addresses}
            found += ask("eth_getLogs", asked).count(b'"logIndex"')
    return found


def ours(url: str, deployment: Deployment, database: str) -> int:
    """`commonhold index --once`, without its digest: every row, and the checkpoint."""
    collect_seldom()
    engine = open_engine(database)
    settings = Settings.read()
    pace = Pace(settings.finality, settings.range_blocks, settings.poll_seconds)
    with Rpc(url, 60) as rpc:
        follower = Follower(engine, Node(rpc), deployment, pace)
        follower.start()
        follower.run(once=True)
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(events)) or 0


def naive(url: str, deployment: Deployment, _database: str) -> int:
    """web3.py as its documentation has it: `get_logs`, `process_log`, the time of each block.
    Nothing is written."""
    from web3 import HTTPProvider, Web3
    from web3._utils.events import event_abi_to_log_topic

    web3 = Web3(HTTPProvider(url, request_kwargs={"timeout": 60}))
    known = {}
    for name, address in deployment.contracts.items():
        contract = web3.eth.contract(address=Web3.to_checksum_address(address), abi=abi.load(name))
        for item in abi.load(name):
            if item["type"] == "event":
                topic = bytes(event_abi_to_log_topic(item))
                known[address, topic] = contract.events[item["name"]]()
    head, found = web3.eth.block_number, 0
    times: dict[int, int] = {}
    for first in range(deployment.start_block + 1, head + 1, BLOCKS):
        last = min(first + BLOCKS - 1, head)
        addresses = [Web3.to_checksum_address(one) for one in deployment.contracts.values()]
        logs = web3.eth.get_logs({"fromBlock": first, "toBlock": last, "address": addresses})
        for log in logs:
            number = log["blockNumber"]
            if number not in times:
                times[number] = web3.eth.get_block(number)["timestamp"]
            known[log["address"], bytes(log["topics"][0])].process_log(log)
            found += 1
    return found


WAYS: dict[str, Read] = {"floor": floor, "ours": ours, "naive": naive}


def main() -> None:
    """Prints a line of JSON: seconds, those of the processor, events, peak of memory in MB."""
    way, url, record, database = sys.argv[1:5]
    deployment = Deployment.read(Path(record))
    if way == "ours":
        migrate(open_engine(database))
    began, busy = time.perf_counter(), time.process_time()
    found = WAYS[way](url, deployment, database)
    seconds, cpu = time.perf_counter() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": cpu, "events": found, "megabytes": peak}))


if __name__ == "__main__":
    main()
