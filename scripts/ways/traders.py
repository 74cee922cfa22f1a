"""People with wallets: they read from the API alone, sign with their keys, and send raw calls."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from typing import Any, Protocol

from backend.chain import Log
from backend.events import Decoder
from backend.settings import Deployment
from backend.terms.calldata import calldata
from backend.terms.reverts import read_revert
from backend.terms.typed_data import split_to_sign
from scripts.people import Person
from scripts.toolchain.node import rpc
from scripts.ways.bargain import Bargain, Listed, Signature
from scripts.ways.calls import argument, call
from scripts.ways.signing import sign, steps_to_post

DAY = 86_400
GAS = 3_000_000
PRICE = 20 * 10**9  # wei per gas
NOTHING = b""
PLENTY = 10**12  # base units of the token
RECEIPT_SECONDS, LOOK = 30.0, 0.005


class Refused(Exception):
    """The chain did not do it."""


class Api(Protocol):
    """`/api/v1`, over a market whose newest block is served once it has caught up."""

    def get(self, path: str) -> Any: ...

    def post(self, path: str, body: Mapping[str, Any]) -> Any: ...

    def catch_up(self) -> None: ...


class Traders:
    """A market as its people see it."""

    def __init__(self, api: Api, url: str, deployment: Deployment, token: str) -> None:
        self.api = api
        self.url = url
        self.deployment = deployment
        self.escrow = deployment.address("Escrow")
        self.token = token
        self._decoder = Decoder(deployment.contracts)
        self._salts = itertools.count(1)

    @property
    def now(self) -> int:
        return int(rpc(self.url, "eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def wait_until(self, moment: int) -> None:
        """The next block is of this second. Never back."""
        if moment > self.now:
            rpc(self.url, "evm_setNextBlockTimestamp", hex(moment))
            rpc(self.url, "evm_mine")

    def fund(self, who: Person) -> None:
        """Enough of the token, which the Escrow may take."""
        self._send(who, self.token, call("mint(address,uint256)", who.address, PLENTY))
        self.allow(who, PLENTY)

    def allow(self, who: Person, base_units: int) -> None:
        """How much of its token the Escrow may take."""
        self._send(who, self.token, call("approve(address,uint256)", self.escrow, base_units))

    def balance(self, who: Person) -> int:
        data = "0x" + call("balanceOf(address)", who.address).hex()
        return int(rpc(self.url, "eth_call", {"to": self.token, "data": data}, "latest"), 16)

    def offer(
        self, template: str, given: Mapping[str, Any], cast: Mapping[str, Person], taker: str
    ) -> Listed:
        """A form is filled in, all but the taker sign, and the offer is posted."""
        parties = {role: None if role == taker else who.address for role, who in cast.items()}
        deal = {"asset": self.token, "parties": parties, "salt": str(next(self._salts))}
        names = {role: who.title for role, who in cast.items()}
        terms = self.api.post(
            f"/templates/{template}/terms", {"input": given, "deal": deal, "names": names}
        )
        listed = Listed(terms, cast, taker)
        signatures = [
            {"party": who.address, "signature": "0x" + sign(who, terms["typedData"]).hex()}
            for role, who in cast.items()
            if role != taker
        ]
        domain = terms["typedData"]["domain"]
        self.api.post(
            "/offers",
            {
                "chainId": domain["chainId"],
                "escrow": domain["verifyingContract"],
                "offer": terms["offer"],
                "signatures": signatures,
                "text": terms["text"],
                "splits": steps_to_post(listed.terms, cast),
            },
        )
        self._sign_steps(listed, by_taker=False)
        if terms["budget"]:
            self.lock(listed, terms["offer"]["listing"]["fills"])
        return listed

    def lock(self, listed: Listed, fills: int) -> None:
        """The sponsor pays in what so many fills take."""
        offer = argument(self.api.get(f"/offers/{listed.hash}"))
        data = calldata("Escrow", "lockBudget", offer, fills)
        receipt = self._send(listed.cast["sponsor"], self.escrow, data)
        listed.costs.append(("sponsor", "lockBudget", int(receipt["gasUsed"], 16)))

    def unlock(self, bargain: Bargain, role: str) -> None:
        """What is left of a budget goes back to its sponsor."""
        who = bargain.listed.cast.get(role, Person.RITA)
        offer = argument(self.api.get(f"/offers/{bargain.listed.hash}"))
        receipt = self._send(who, self.escrow, calldata("Escrow", "unlockBudget", offer))
        bargain.costs.append((role, "unlockBudget", int(receipt["gasUsed"], 16)))

    def take(self, listed: Listed, fill: int = 0) -> Bargain:
        """With the API's answer about the offer, and nothing else."""
        told = self.api.get(f"/offers/{listed.hash}")
        who = listed.cast[listed.taker]
        taking = next(t for t in told["taking"] if t["taker"] in (None, who.address))
        signatures = [bytes.fromhex(made[2:]) for made in taking["signatures"]]
        data = calldata("Escrow", "openTrade", argument(told), fill, signatures)
        receipt = self._send(who, self.escrow, data, int(taking["value"]))
        event: Any = next(
            one for one in self.events(receipt) if type(one).__name__ == "TradeOpened"
        )
        bargain = Bargain(listed, event.trade_id, fill, costs=listed.costs.copy())
        listed.costs.clear()
        bargain.costs.append((listed.taker, "open", int(receipt["gasUsed"], 16)))
        self._sign_steps(listed, by_taker=True)
        return bargain

    def call_of(self, bargain: Bargain) -> tuple[Any, ...]:
        """The trade as every call names it, from the API's answer alone."""
        if bargain.call is None:
            words = self.told(bargain)["trade"]
            bargain.call = (
                words["asset"],
                words["parties"],
                [int(word) for word in words["tranches"]],
                bytes.fromhex(words["listingHash"][2:]),
                int(words["pin"]),
            )
        return bargain.call

    def told(self, bargain: Bargain) -> Any:
        """The trade as the API tells of it now."""
        self.api.catch_up()
        return self.api.get(f"/trades/{bargain.trade_id}")

    def act(
        self, bargain: Bargain, role: str, does: str, tranche: int, *rest: object
    ) -> dict[str, Any]:
        """A call of the Escrow; the receipt. Who has no role in the trade is Rita."""
        who = bargain.listed.cast.get(role, Person.RITA)
        data = calldata("Escrow", does, self.call_of(bargain), tranche, *rest)
        receipt = self._send(who, self.escrow, data)
        bargain.costs.append((role, does, int(receipt["gasUsed"], 16)))
        return receipt

    def settle(self, bargain: Bargain, role: str, tranche: int, performer_bps: int) -> None:
        """Both sides sign, and one of them sends."""
        until = self.now + DAY
        signed = [
            self.sign_split(bargain, side, tranche, performer_bps, until)
            for side in self.sides(bargain, tranche)
        ]
        self.act(bargain, role, "split", tranche, performer_bps, until, *signed)

    def use(self, bargain: Bargain, role: str, tranche: int, performer_bps: int) -> None:
        """One side closes it with what the other signed beforehand: posted with the offer, or
        given away since."""
        key = (bargain.fill, tranche, performer_bps)
        step = bargain.listed.steps.get(key) or self._posted(bargain, tranche, performer_bps)
        signed = [
            step.signature if side == step.role else NOTHING
            for side in self.sides(bargain, tranche)
        ]
        self.act(bargain, role, "split", tranche, performer_bps, step.deadline, *signed)

    def sides(self, bargain: Bargain, tranche: int) -> tuple[str, str]:
        """The roles of performer and checker."""
        terms = bargain.listed.terms
        told, seats = terms["offer"]["terms"]["tranches"][tranche], terms["seats"]
        return seats[told["performer"]], seats[told["checker"]]

    def sign_split(
        self, bargain: Bargain, role: str, tranche: int, performer_bps: int, deadline: int
    ) -> bytes:
        message = split_to_sign(
            self.deployment.chain_id,
            self.escrow,
            bargain.bytes_id,
            tranche,
            performer_bps,
            deadline,
        )
        return sign(bargain.listed.cast[role], message)

    def claim(self, bargains: list[Bargain]) -> dict[tuple[str, str], int]:
        """Rita claims for all sides; points earned by trade and account, less those forfeited."""
        data = calldata("Reputation", "claim", self.escrow, [self.call_of(one) for one in bargains])
        reputation = self.deployment.address("Reputation")
        found: dict[tuple[str, str], int] = {}
        for event in self.events(self._send(Person.RITA, reputation, data, gas=6 * GAS)):
            sign_ = {"ReputationEarned": 1, "ReputationForfeited": -1}.get(type(event).__name__)
            if sign_ is not None:
                told: Any = event
                key = (told.trade_id, told.account)
                found[key] = found.get(key, 0) + sign_ * told.points
        return found

    def events(self, receipt: Mapping[str, Any]) -> list[object]:
        """What our contracts told in a transaction."""
        ours = set(self.deployment.contracts.values())
        logs = (Log.read(log) for log in receipt["logs"])
        return [self._decoder.decode(log, 0).event for log in logs if log.address in ours]

    def _posted(self, bargain: Bargain, tranche: int, performer_bps: int) -> Signature:
        cast = {who.address: role for role, who in bargain.listed.cast.items()}
        (step,) = [
            one
            for one in self.told(bargain)["splits"]
            if (one["tranche"], one["performerBps"]) == (tranche, performer_bps)
        ]
        signed = bytes.fromhex(step["signature"][2:])
        return Signature(cast[step["party"]], step["deadline"], signed)

    def _sign_steps(self, listed: Listed, *, by_taker: bool) -> None:
        """What is not posted with the offer: hand-over codes, and what its taker signs."""
        for step in listed.terms["presigned"]:
            if step["byTaker"] == by_taker and (by_taker or step["kept"]):
                made = sign(listed.cast[step["role"]], step["typedData"])
                key = (step["fill"], step["tranche"], step["performerBps"])
                listed.steps[key] = Signature(step["role"], step["deadline"], made)

    def _send(
        self, who: Person, to: str, data: bytes, value: int = 0, gas: int = GAS
    ) -> dict[str, Any]:
        nonce = int(rpc(self.url, "eth_getTransactionCount", who.address, "pending"), 16)
        unsigned: dict[str, Any] = {
            "chainId": self.deployment.chain_id,
            "nonce": nonce,
            "to": to,
            "value": value,
            "data": data,
            "gas": gas,
            "gasPrice": PRICE,
        }
        signed = who.account.sign_transaction(unsigned)
        sent = rpc(self.url, "eth_sendRawTransaction", "0x" + signed.raw_transaction.hex())
        until = time.monotonic() + RECEIPT_SECONDS
        while (receipt := rpc(self.url, "eth_getTransactionReceipt", sent)) is None:
            if time.monotonic() > until:
                raise Refused(f"{sent} of {who.title} is in no block")
            time.sleep(LOOK)
        if receipt["status"] != "0x1":
            trace = rpc(self.url, "debug_traceTransaction", sent, {"tracer": "callTracer"})
            said = bytes.fromhex(trace.get("output", "0x")[2:])
            raise Refused(f"{who.title}'s call reverted: {read_revert(said).text}")
        return dict(receipt)
