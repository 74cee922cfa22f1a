"""The people of a local chain, whom no other chain has."""

from dataclasses import replace

import pytest

from backend.api.routes.local import nodes_of
from backend.people import Person
from tests.backend.api.book import Book
from tests.backend.api.serving import problem_of

LOCAL = "/api/v1/local"


def test_people_and_node_are_told_and_no_key(book: Book, client) -> None:
    answer = client.get(LOCAL)
    told = answer.json()
    assert told["rpcUrl"] == book.settings.rpc_url
    assert {one["name"]: one["account"] for one in told["people"]} == {
        person.title: person.address for person in Person
    }
    roles = {one["name"]: one["role"] for one in told["people"]}
    assert (roles["Alice"], roles["Mara"], roles["Ada"]) == ("trader", "member", "juror")
    for person in Person:
        assert person.account.key.hex() not in answer.text


@pytest.mark.parametrize(
    "node", ["http://node.example:8545", "https://10.0.0.1", "http://127.0.0.1.example:8545"]
)
def test_node_elsewhere_has_nobody(served, client, node: str) -> None:
    context = served[0].state.context
    served[0].state.context = replace(context, settings=replace(context.settings, rpc_url=node))
    problem_of(client.get(LOCAL), 404, "not-a-local-chain")
    assert nodes_of(served[0].state.context) == ()


def test_other_chain_has_nobody(served, client) -> None:
    """Even where its node is on this machine."""
    context = served[0].state.context
    deployment = replace(context.deployment, chain_id=1)
    assert nodes_of(context) != ()
    assert nodes_of(replace(context, deployment=deployment)) == ()
