"""A market of its own on a chain of its own, with the parameters of the local profile."""

import pytest
from brownie import accounts, web3

from scripts.deploy import deploy
from scripts.parameters import load
from scripts.people import Person
from scripts.story import Stage


@pytest.fixture(scope="module")
def stage(module_isolation: None) -> Stage:
    """A fresh market on the connected chain."""
    parameters = load("local")
    deployer = accounts.at(Person.DEPLOYER.address)
    return Stage(deploy(deployer, parameters), parameters, web3.provider.endpoint_uri)
