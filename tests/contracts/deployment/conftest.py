"""A market deployed by the functions that deploy every market."""

from pathlib import Path
from typing import Any

import pytest
from brownie import accounts, web3

from scripts.deploy import Deployment, deploy
from scripts.parameters import Parameters, load

COIN = 10**18


@pytest.fixture(autouse=True)
def isolation(fn_isolation):
    """Each test starts from the same chain."""


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load("local")


@pytest.fixture(scope="module")
def deployer() -> Any:
    return accounts[0]


@pytest.fixture(scope="module")
def stranger() -> Any:
    return accounts[11]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the record goes."""
    return tmp_path / "deployments" / "31337.json"


@pytest.fixture(scope="module")
def market(module_isolation: None, deployer: Any, parameters: Parameters) -> Deployment:
    return deploy(deployer, parameters)


@pytest.fixture
def become():
    """Acts as a contract, which has no key: with money for gas, on this node only."""

    def account(contract: Any) -> Any:
        web3.provider.make_request("anvil_setBalance", [contract.address, hex(COIN)])
        return accounts.at(contract.address, force=True)

    return account
