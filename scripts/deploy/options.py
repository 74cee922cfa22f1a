"""What the commands about one deployment are told, and where it leads."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.deploy.networks import Network, find_network
from scripts.deploy.record import record_path
from scripts.deploy.start import is_development
from scripts.parameters import PROFILES, Parameters, load
from scripts.toolchain.network import connect


@dataclass(frozen=True, slots=True)
class Target:
    """A network that is connected, with the parameters and the record of its market."""

    network: Network
    chain_id: int
    parameters: Parameters
    record: Path


def add_target(parser: argparse.ArgumentParser) -> None:
    """The options that say which market is meant."""
    parser.add_argument("--network", default="local", help="a name in deployments/networks.toml")
    parser.add_argument("--rpc-url", help="the node, instead of the network's")
    parser.add_argument("--profile", choices=sorted(PROFILES), help="instead of the network's")
    parser.add_argument("--parameters", type=Path, help="a TOML file laid over the profile")
    parser.add_argument("--record", type=Path, help="where the addresses are kept")


@contextmanager
def target(arguments: argparse.Namespace) -> Iterator[Target]:
    """Connects to what was asked for. Raises DeployError, ParameterError or NodeError."""
    network = find_network(arguments.network, arguments.rpc_url)
    file = arguments.parameters or network.parameters
    parameters = load(arguments.profile or network.profile, file)
    with connect(network.rpc_url, network.chain_id, live=not parameters.local):
        from brownie import web3

        chain_id = web3.eth.chain_id
        path = arguments.record or record_path(chain_id, local=is_development())
        yield Target(network, chain_id, parameters, path)
