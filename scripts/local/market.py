"""A fresh chain with a market on it, checked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scripts.check_deployment import check, fails
from scripts.deploy import deploy
from scripts.local.place import CHAIN_ID, Place
from scripts.parameters import load
from scripts.people import Person
from scripts.story import Stage
from scripts.toolchain.network import Anvil, connect, start_anvil


class CheckFailed(RuntimeError):
    """What was deployed is not what the parameters say; one line per difference."""


@contextmanager
def chain(place: Place) -> Iterator[Anvil]:
    """Starts the node and connects Brownie to it; forgets what an earlier chain left."""
    place.clear()
    with (
        start_anvil(place.chain_port, CHAIN_ID, log=place.logs / "chain.log") as node,
        connect(node.url, node.chain_id),
    ):
        yield node


def open_market(place: Place, tell: Callable[[str], None]) -> tuple[Stage, int]:
    """Deploys and checks; the stage for a story, and how many comparisons held.

    CheckFailed if one did not.
    """
    from brownie import accounts

    parameters = load("local")
    deployer = accounts.at(Person.DEPLOYER.address)
    deployment = deploy(deployer, parameters, place.record, tell)
    findings = check(deployment, parameters)
    if broken := fails(findings):
        raise CheckFailed("\n".join(str(finding) for finding in broken))
    return Stage(deployment, parameters, place.rpc_url), len(findings)
