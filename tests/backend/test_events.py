"""From logs to events: every event of every contract, and text that is anything but text."""

from dataclasses import fields

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from backend import abi
from backend.chain import Log
from backend.events import Decoder, Event, UnknownEvent, readable
from backend.events.decode import MODULES, NEVER_TOLD, snake
from backend.events.governor import ProposalCreated
from backend.projections import project
from backend.projections.registry import PROJECTIONS

ADDRESSES = {name: "0x" + f"{index:040x}" for index, name in enumerate(MODULES, 1)}
EVENTS = [
    (contract, item)
    for contract in MODULES
    for item in abi.load(contract)
    if item["type"] == "event" and item["name"] not in NEVER_TOLD
]


@pytest.mark.parametrize(("contract", "item"), EVENTS, ids=lambda value: str(value)[:20])
def test_every_event_has_its_parameters_and_a_projection(
    contract: str, item: dict[str, object]
) -> None:
    kind = getattr(MODULES[contract], str(item["name"]))
    names = {field.name for field in fields(kind)} - {"at"}
    inputs: list[dict[str, str]] = item["inputs"]  # type: ignore[assignment]
    assert names == {snake(part["name"]) for part in inputs}
    assert kind in PROJECTIONS
    assert project is not None


def test_nothing_is_projected_that_no_contract_tells() -> None:
    told = {getattr(MODULES[contract], item["name"]) for contract, item in EVENTS}
    assert set(PROJECTIONS) == told
    assert all(issubclass(kind, Event) for kind in told)


def log(contract: str, topics: list[bytes], data: bytes) -> Log:
    return Log(ADDRESSES[contract], tuple(topics), data, 7, "0xb1", "0xt1", 3)


def proposal(description: bytes) -> Log:
    types = ["uint256", "address", "address[]", "uint256[]", "bytes[]", "bytes[]"]
    types += ["uint256", "uint256", "bytes"]
    values = [2**256 - 1, ADDRESSES["Escrow"], [], [2**255], [b""], [b"\xde\xad"], 1, 2]
    signature = f"ProposalCreated({','.join(types)})".replace("[],bytes[]", "[],string[]", 1)
    signature = signature.replace("bytes)", "string)")
    return log("MarketGovernor", [keccak(text=signature)], encode(types, [*values, description]))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"plain", "plain"),
        ("déjà ✓".encode(), "déjà ✓"),
        (b"\xff\xfe half \xe2\x82", "�� half �"),
        (b"zero\0zero", "zero�zero"),
        (b"\xed\xa0\x80 surrogate", "��� surrogate"),
        (b"", ""),
    ],
)
def test_S1_text_that_is_not_utf8_stops_nothing(raw: bytes, shown: str) -> None:
    record = Decoder(ADDRESSES).decode(proposal(raw), 99)
    event = record.event
    assert isinstance(event, ProposalCreated)
    assert event.description == raw
    assert readable(raw) == record.args["description"] == shown
    assert shown.encode().decode() == shown
    assert event.at.block_time == 99
    assert (event.proposal_id, event.values, event.calldatas) == (
        2**256 - 1,
        (2**255,),
        ("0xdead",),
    )
    assert record.args["proposalId"] == str(2**256 - 1)
    assert record.args["values"] == [str(2**255)]


@pytest.mark.parametrize("topics", [[], [b"\x01" * 32], [keccak(text="VoteCast(address)")]])
def test_a_log_that_the_interface_does_not_explain_is_refused_loudly(topics: list[bytes]) -> None:
    with pytest.raises(UnknownEvent, match=r"MarketGovernor at .* this version does not know"):
        Decoder(ADDRESSES).decode(log("MarketGovernor", topics, b""), 1)
