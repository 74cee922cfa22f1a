"""From a draft to its execution, by the members of the local market."""

from contextlib import suppress
from typing import Any

from backend.terms.calldata import calldata
from scripts.people import Person
from scripts.toolchain.node import NodeError
from tests.backend.api.chain import Chain

FOR = 1
MARA, NOOR, RITA = (person.address for person in (Person.MARA, Person.NOOR, Person.RITA))


def draft(chain: Chain, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = chain.client.post("/proposals/draft", json={"changes": list(changes)} | more)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def propose(chain: Chain, made: dict[str, Any]) -> None:
    """With the draft's own transaction."""
    sent = chain.send(MARA, made["propose"]["to"], data_of(made["propose"]["data"]))
    assert sent["status"] == "0x1"


def wait_until(chain: Chain, moment: int) -> None:
    """The next block is of this second, or of now where a chain that was saved a while ago goes on
    later than that."""
    with suppress(NodeError):
        chain.anvil.rpc("evm_setNextBlockTimestamp", hex(moment))
    chain.anvil.rpc("anvil_mine", "0x1")


def data_of(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def carry_out(chain: Chain, made: dict[str, Any]) -> dict[str, Any]:
    """Vote, queue, execute; the last receipt."""
    governor, address = chain.contract("MarketGovernor"), made["propose"]["to"]
    number = int(made["proposalId"])
    wait_until(chain, governor.call("proposalSnapshot", number) + 1)
    for member in (MARA, NOOR):
        vote = calldata("MarketGovernor", "castVote", number, FOR)
        assert chain.send(member, address, vote)["status"] == "0x1"
    wait_until(chain, governor.call("proposalDeadline", number) + 1)
    arguments = made["arguments"]
    parts = (
        arguments["targets"],
        [int(value) for value in arguments["values"]],
        [data_of(data) for data in arguments["calldatas"]],
        data_of(arguments["descriptionHash"]),
    )
    assert chain.send(RITA, address, encoded("queue", parts))["status"] == "0x1"
    wait_until(chain, governor.call("proposalEta", number))
    return chain.send(RITA, address, encoded("execute", parts))


def encoded(function: str, parts: tuple[Any, ...]) -> bytes:
    """`queue` and `execute` as our governor has them; others of the name are not of this one."""
    return calldata("MarketGovernor", function, *parts)
