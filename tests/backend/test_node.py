"""S7: a node that is down, slow, overloaded, answers half, or says no."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from backend.chain import (
    CallReverted,
    Node,
    NodeRefused,
    NodeUnreachable,
    Rpc,
    TooMuchAsked,
    UnknownBlock,
)
from backend.db import tables
from backend.indexer import Pace
from scripts.people import Person
from scripts.toolchain.node import Anvil
from tests.backend import proxy as faults
from tests.backend.following import catch_up, fresh_digest, rows
from tests.backend.market import Market
from tests.backend.proxy import Reply, proxy


@pytest.fixture
def honest_node(node: Anvil) -> Any:
    with Rpc(node.url) as connection:
        yield Node(connection)


def test_blocks_and_heads(honest_node: Node, market: Market) -> None:
    market.mine(3)
    head = honest_node.head()
    assert head.number == market.head
    before = honest_node.block(head.number - 1)
    assert before is not None
    assert before.hash == head.parent_hash
    assert before.time <= head.time
    assert honest_node.block(head.number + 1) is None
    assert honest_node.chain_id() == 31337
    assert honest_node.is_syncing() is False


def test_logs_of_a_block_and_of_a_range_are_the_same(honest_node: Node, market: Market) -> None:
    market.send(Person.ALICE, "Escrow", "cancelAllOffers")
    market.send(Person.BOB, "Escrow", "cancelAllOffers")
    escrow = {market.deployment.address("Escrow")}
    ranged = honest_node.stretch(market.head - 1, market.head, escrow)[1]
    assert len(ranged) == 2
    for log in ranged:
        block = honest_node.block(log.block_number)
        assert block is not None
        assert honest_node.logs_of(block, escrow) == [log]


def test_an_orphaned_block_has_no_logs(honest_node: Node, market: Market) -> None:
    market.send(Person.ALICE, "Escrow", "cancelAllOffers")
    orphan = honest_node.head()
    market.rpc("anvil_reorg", 1, [])
    with pytest.raises(UnknownBlock):
        honest_node.logs_of(orphan, {market.deployment.address("Escrow")})


def test_a_view_that_reverts(honest_node: Node, market: Market) -> None:
    with pytest.raises(CallReverted):
        market.view("RuleBook", "feeRules", 99)


def test_a_node_that_is_not_there() -> None:
    with (
        Rpc("http://127.0.0.1:1") as connection,
        pytest.raises(NodeUnreachable, match=r"http://127.0.0.1:1 does not answer"),
    ):
        Node(connection).head()


@pytest.mark.parametrize("url", ["nonsense", "http://", "ftp://127.0.0.1/"])
def test_an_address_that_is_none(url: str) -> None:
    with Rpc(url) as connection, pytest.raises(NodeUnreachable):
        Node(connection).head()


@pytest.mark.parametrize("fault", [faults.cut, faults.overloaded, faults.broken, faults.half])
def test_S7_half_answers_are_no_answers(node: Anvil, fault: faults.Fault) -> None:
    with proxy(node.url) as bad, Rpc(bad.url) as connection:
        bad.fault = fault
        with pytest.raises(NodeUnreachable):
            Node(connection).head()
        bad.fault = faults.honest
        assert Node(connection).head().number > 0


def test_S7_a_node_that_takes_too_long(node: Anvil) -> None:
    with proxy(node.url) as bad, Rpc(bad.url, timeout=0.2) as connection:
        bad.fault = faults.slow
        with pytest.raises(NodeUnreachable):
            Node(connection).head()


@pytest.mark.parametrize(
    ("method", "message", "kind"),
    [
        ("eth_getLogs", "query returned more than 10000 results", TooMuchAsked),
        ("eth_getLogs", "block range is too wide", TooMuchAsked),
        ("eth_getLogs", "query timeout exceeded", TooMuchAsked),
        ("eth_getLogs", "unknown block", UnknownBlock),
        ("eth_call", "execution reverted: no", CallReverted),
        ("eth_chainId", "rate limit exceeded", NodeUnreachable),
        ("eth_chainId", "method not found", NodeRefused),
    ],
)
def test_what_a_refusal_means(node: Anvil, method: str, message: str, kind: type) -> None:
    with proxy(node.url) as bad, Rpc(bad.url) as connection:
        bad.fault = lambda _request, _reply: faults.refusal(message)
        with pytest.raises(kind) as caught:
            connection.ask(method)
    assert type(caught.value) is kind
    assert message in str(caught.value)


FAULTS = [faults.cut, faults.overloaded, faults.broken, faults.half, faults.forgetful]


@pytest.mark.parametrize("fault", FAULTS)
def test_S7_nothing_is_lost_to_a_node_that_fails_now_and_then(
    market: Market, engine: Engine, tmp_path: Path, fault: faults.Fault
) -> None:
    for _ in range(6):
        market.open()
    count = 0

    def now_and_then(request: Any, reply: Reply) -> Reply:
        nonlocal count
        count += 1
        return fault(request, reply) if count % 4 == 0 else reply

    with proxy(market.url) as bad:
        bad.fault = now_and_then
        found = catch_up(engine, bad.url, market.deployment)
    assert found == fresh_digest(tmp_path, market.url, market.deployment)


def test_S7_a_range_with_too_many_logs_is_asked_for_in_parts(
    market: Market, engine: Engine, tmp_path: Path
) -> None:
    for _ in range(6):
        market.open()

    def change(asked: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
        wanted = asked["params"][0] if asked["method"] == "eth_getLogs" else {}
        if "fromBlock" not in wanted:
            return told
        blocks = int(wanted["toBlock"], 16) - int(wanted["fromBlock"], 16) + 1
        error = {"code": -32000, "message": "block range is too wide"}
        return {"jsonrpc": "2.0", "id": told["id"], "error": error} if blocks > 4 else told

    pace = Pace(finality=1, range_blocks=10_000, poll_seconds=0.02)
    with proxy(market.url) as bad:
        bad.fault = lambda request, reply: faults.each(request, reply, change)
        found = catch_up(engine, bad.url, market.deployment, pace)
    assert found == fresh_digest(tmp_path, market.url, market.deployment)


def test_S7_a_node_that_tells_logs_of_another_block_is_not_believed(
    market: Market, engine: Engine, tmp_path: Path
) -> None:
    market.open()
    lies = iter(range(3))

    def lying(request: Any, reply: Reply) -> Reply:
        if "eth_getLogs" in str(request) and next(lies, None) is not None:
            assert reply.body is not None
            wrong = request["params"][0]["blockHash"].encode()
            return Reply(200, reply.body.replace(wrong, b"0x" + b"ab" * 32))
        return reply

    with proxy(market.url) as bad:
        bad.fault = lying
        found = catch_up(engine, bad.url, market.deployment)
    assert found == fresh_digest(tmp_path, market.url, market.deployment)


@pytest.mark.parametrize("keep", [0, 1], ids=["none", "twice"])
def test_S7_a_block_whose_logs_are_not_there_yet_is_asked_for_again(
    market: Market, engine: Engine, tmp_path: Path, keep: int
) -> None:
    """The header's filter says that the Escrow logged something; or a log is told twice."""
    catch_up(engine, market.url, market.deployment)
    market.open()
    asked: list[str] = []

    def early(request: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
        asked.append(request["method"])
        if request["method"] != "eth_getLogs" or asked.count("eth_getLogs") > 3:
            return told
        return told | {"result": told["result"] * (2 * keep)}

    with proxy(market.url) as bad:
        bad.fault = lambda request, reply: faults.each(request, reply, early)
        found = catch_up(engine, bad.url, market.deployment)
    assert asked.count("eth_getLogs") > 3
    assert ("eth_getBlockReceipts" in asked) is (keep == 0)
    assert found == fresh_digest(tmp_path, market.url, market.deployment)


def test_S7_a_header_that_promises_too_much_is_believed_once_the_receipts_agree(
    market: Market, engine: Engine, tmp_path: Path
) -> None:
    """Filters promise what is not there now and then; not every node tells receipts by hash."""
    catch_up(engine, market.url, market.deployment)
    before = rows(engine, tables.checkpoint)
    market.mine(2)

    def full(request: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
        if request["method"] == "eth_getBlockByNumber" and told["result"] is not None:
            return told | {"result": told["result"] | {"logsBloom": "0x" + "ff" * 256}}
        receipts = request["method"] == "eth_getBlockReceipts"
        if receipts and request["params"][0]["blockHash"] != market.hash_of(market.head):
            refused = {"code": -32601, "message": "the method is not available"}
            return {"jsonrpc": "2.0", "id": told["id"], "error": refused}
        return told

    with proxy(market.url) as bad:
        bad.fault = lambda request, reply: faults.each(request, reply, full)
        catch_up(engine, bad.url, market.deployment)
        assert bad.requests.count("eth_getBlockReceipts") == 2
    (now,) = rows(engine, tables.checkpoint)
    assert now["number"] == before[0]["number"] + 2


def test_the_filter_of_a_header_knows_who_logged(honest_node: Node, market: Market) -> None:
    market.send(Person.ALICE, "Escrow", "cancelAllOffers")
    block = honest_node.head()
    assert block.may_log(market.deployment.address("Escrow"))
    assert not block.may_log(market.deployment.address("RuleBook"))


def test_S7_a_range_is_told_by_one_replica(market: Market) -> None:
    """One that lacks the last block tells no logs of it either: both come in one answer."""
    market.send(Person.ALICE, "Escrow", "cancelAllOffers")
    escrow = {market.deployment.address("Escrow")}
    with proxy(market.url) as bad, Rpc(bad.url) as connection:
        opening, logs, closing = Node(connection).stretch(market.head, market.head, escrow)
        assert opening == closing == Node(connection).head()
        assert len(logs) == 1
        assert bad.bodies == 2


@pytest.mark.parametrize("body", [b"[]", b"{}", b"[1]", b'[{"id": 0}]', b"null"])
def test_S7_half_a_batch_is_no_batch(node: Anvil, body: bytes) -> None:
    with proxy(node.url) as bad, Rpc(bad.url) as connection:
        bad.fault = lambda _request, _reply: Reply(200, body)
        with pytest.raises(NodeUnreachable, match="does not answer in JSON-RPC"):
            connection.ask_each([("eth_chainId", ())])


def test_a_batch_that_is_refused_says_so(node: Anvil) -> None:
    with proxy(node.url) as bad, Rpc(bad.url) as connection:
        bad.fault = lambda _request, _reply: faults.refusal("batches are off")
        with pytest.raises(NodeRefused, match="a batch: batches are off"):
            connection.ask_each([("eth_chainId", ())])
