"""Executing a proposal for trial, at the node, and what came of it in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from eth_utils.crypto import keccak

from backend.api.schemas.simulation import (
    ErrorOut,
    SimulatedCallOut,
    SimulatedEventOut,
    SimulationOut,
    ValueOut,
)
from backend.chain.data import Log
from backend.chain.node import Node
from backend.chain.simulation import Attempt, Outcome, Simulation, simulate
from backend.events import Decoder, UnknownEvent
from backend.settings import Deployment
from backend.terms.calldata import RawCall
from backend.terms.governance_queue import queue
from backend.terms.reverts import read_revert

TRANSFER = keccak(text="transfer(address,uint256)")[:4]


def execute_for_trial(
    node: Node, deployment: Deployment, calls: Sequence[RawCall]
) -> SimulationOut:
    """As the timelock would make them now, one after another. Raises NodeError."""
    governor = deployment.address("MarketGovernor")
    own = [call.data for call in calls if call.target == governor]
    found = simulate(
        node,
        deployment.address("MarketTimelock"),
        [Attempt(call.target, call.value, call.data) for call in calls],
        {governor: queue(own)} if own else None,
    )
    return _told(node, deployment, calls, found)


def _told(
    node: Node, deployment: Deployment, calls: Sequence[RawCall], found: Simulation
) -> SimulationOut:
    decoder = Decoder(deployment.contracts)
    has_code = cache(node.has_code)
    told = [
        SimulatedCallOut(
            outcome="succeeded" if outcome.succeeded else "refused",
            error=None if outcome.succeeded else _error(call, outcome),
            events=_events(decoder, deployment, outcome),
            warning=_warning(has_code, call, outcome),
        )
        for call, outcome in zip(calls, found.outcomes, strict=False)
    ]
    unreached = SimulatedCallOut(outcome="notReached", error=None, events=[], warning=None)
    told += [unreached] * (len(calls) - len(told))
    return SimulationOut(
        number=found.number,
        time=found.time,
        together=found.together,
        succeeded=all(call.outcome == "succeeded" for call in told),
        calls=told,
    )


def _error(call: RawCall, outcome: Outcome) -> ErrorOut:
    if outcome.too_little_coin:
        text = f"the treasury has less coin than the {call.value} base units it is to send"
        return ErrorOut(name=None, values=[], text=text)
    revert = read_revert(outcome.data)
    values = [ValueOut(name=name, value=value) for name, value in revert.values]
    return ErrorOut(name=revert.name, values=values, text=revert.text)


def _events(decoder: Decoder, deployment: Deployment, outcome: Outcome) -> list[SimulatedEventOut]:
    found = []
    for told in outcome.logs:
        if told.address not in deployment.contracts.values():
            continue
        log = Log(told.address, told.topics, told.data, 0, "", "", 0)
        try:
            record = decoder.decode(log, 0)
        except UnknownEvent:
            continue
        found.append(
            SimulatedEventOut(contract=record.contract, name=record.name, args=dict(record.args))
        )
    return found


def _warning(has_code: Callable[[str], bool], call: RawCall, outcome: Outcome) -> str | None:
    if not outcome.succeeded or not call.data:
        return None
    if call.data[:4] == TRANSFER and outcome.data and not any(outcome.data[:32]):
        return "the token answers that it did not pay"
    if not outcome.data and not outcome.logs and not has_code(call.target):
        return "there is no contract at this address, and nothing happens"
    return None
