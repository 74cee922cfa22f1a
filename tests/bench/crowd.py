"""Many people on one chain: a contract that trades, goes to court and votes for all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from eth_abi.abi import encode
from eth_utils.abi import collapse_if_tuple, function_abi_to_4byte_selector

from scripts.people import Person
from tests.backend.market import Market
from tests.backend.play import propose

ROOT = Path(__file__).parents[2]
PEOPLE = 400
AT_ONCE = 20  # people made or enrolled in one transaction
GAS = 100_000_000
TRADES, DISPUTES, VOTES = 18, 6, 16  # a block: 18 of 3 events, 6 of 5, 16 of 1
EVENTS = 3 * TRADES + 5 * DISPUTES + VOTES

Tell = Callable[[int], None]


class Crowd:
    """The contract, with coin and people that may vote."""

    def __init__(self, market: Market) -> None:
        self.market = market
        built = json.loads((ROOT / "build/contracts/StubCrowd.json").read_text())
        self._abi = {item.get("name", item["type"]): item for item in built["abi"]}
        addresses = market.addresses
        fee = market.view("RuleBook", "feeRules", 1)[0][0]
        made = encode(
            [collapse_if_tuple(item) for item in self._abi["constructor"]["inputs"]],
            [
                addresses["Escrow"],
                addresses["Court"],
                addresses["MarketGovernor"],
                addresses["Reputation"],
                fee,
                market.view("Court", "arbitrationFee", 1),
            ],
        )
        receipt = self._send(None, bytes.fromhex(built["bytecode"]) + made)
        self.address = str(receipt["contractAddress"])
        market.rpc("anvil_setBalance", self.address, hex(10**27))
        for _ in range(0, PEOPLE, AT_ONCE):
            self._call("grow", AT_ONCE)
        for _ in range(0, PEOPLE, AT_ONCE):
            self._call("enrol", AT_ONCE)

    def play(self, events: int, tell: Tell = lambda _: None) -> None:
        """At least so many events, a hundred a block."""
        places = self._places()
        for done in range(0, events, EVENTS):
            proposal, first = next(places)
            self._call("play", TRADES, DISPUTES, proposal, first, VOTES)
            tell(done + EVENTS)

    def _places(self) -> Iterator[tuple[int, int]]:
        """Whose turn it is to vote, and on what: everybody once on each proposal."""
        market, number = self.market, 0
        while True:
            number += 1
            _, proposal = propose(market, Person.MARA, f"Proposal {number}".encode(), 120 + number)
            market.wait_until(market.view("MarketGovernor", "proposalSnapshot", proposal) + 1)
            for first in range(0, PEOPLE - VOTES + 1, VOTES):
                yield proposal, first

    def _call(self, function: str, *arguments: int) -> None:
        entry: Any = self._abi[function]
        types = [item["type"] for item in entry["inputs"]]
        data = function_abi_to_4byte_selector(entry) + encode(types, arguments)
        self._send(self.address, data)

    def _send(self, to: str | None, data: bytes) -> dict[str, Any]:
        sent = {"from": Person.RITA.address, "data": "0x" + data.hex(), "gas": hex(GAS)}
        if to is not None:
            sent["to"] = to
        receipt = self.market.receipt(self.market.rpc("eth_sendTransaction", sent))
        assert receipt["status"] == "0x1", f"what the crowd did reverted: {receipt}"
        return receipt
