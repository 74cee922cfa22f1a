"""The wire to the node, without detours: many calls in a request, transactions in given seconds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http.client import HTTPConnection
from typing import Any

from tests.contracts.machine.calls import Call, Coins, Face, error_of

GAS = 12_000_000
PRICE = 2 * 10**9


class Wire:
    """`faces` know the errors that may come; `gas_paid` is what each account spent on gas."""

    port: int
    now: int
    gas_paid: dict[str, int]
    faces: Sequence[Face]

    def connect(self) -> None:
        self.wire = HTTPConnection("127.0.0.1", self.port, timeout=60)

    def send(self, sender: str, call: Call, value: int = 0) -> Any:
        """Sends at `now`; the error as (name, values), or None."""
        self.ask("evm_setNextBlockTimestamp", hex(self.now))
        transaction = {
            "from": sender,
            "to": call.to,
            "data": call.data,
            "value": hex(value),
            "gas": hex(GAS),
            "gasPrice": hex(PRICE),
        }
        sent = self.ask("eth_sendTransaction", transaction)
        while (receipt := self.ask("eth_getTransactionReceipt", sent)) is None:
            pass
        self.gas_paid[sender] += int(receipt["gasUsed"], 16) * PRICE
        if receipt["status"] == "0x1":
            return None
        trace = self.ask("debug_traceTransaction", sent, {"tracer": "callTracer"})
        data = bytes.fromhex(trace.get("output", "0x")[2:])
        return error_of(data, *self.faces)

    def salt(self) -> int:
        """What a trade opened in the next block takes from this one's hash."""
        return int(self.ask("eth_getBlockByNumber", "latest", False)["hash"][2:18], 16)

    def ask(self, method: str, *arguments: object) -> Any:
        (answer,) = self._post([(method, list(arguments))])
        return answer

    def read(self, calls: Sequence[Call | Coins]) -> list[Any]:
        """The answers to these, all of one block, in one request."""
        answers = self._post([call.request for call in calls])
        return [call.read(answer) for call, answer in zip(calls, answers, strict=True)]

    def _post(self, requests: Sequence[tuple[str, list[Any]]]) -> list[Any]:
        body = [
            {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
            for number, (method, params) in enumerate(requests)
        ]
        headers = {"Content-Type": "application/json"}
        self.wire.request("POST", "/", json.dumps(body), headers)
        answers = json.load(self.wire.getresponse())
        failed = [answer["error"] for answer in answers if "error" in answer]
        assert not failed, failed
        return [answer["result"] for answer in sorted(answers, key=lambda answer: answer["id"])]
