"""A deployment that broke goes on where it was; what is not its own it refuses."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from brownie import chain, web3

from scripts.check_deployment import check, fails
from scripts.deploy import DeployError, Record, attach, deploy
from scripts.parameters import Parameters

# The record is written when it is begun, before and after each of 12 contracts (a test token among
# them), when addresses are foretold, after each of 4 transactions of the hand-over, and at the end.
WRITES = 1 + 2 * 12 + 1 + 4 + 1
TRANSACTIONS = 12 + 4
AFTER_RULE_BOOK = 1 + 2 * 3 + 1 + 1


class Crash(Exception):
    """The power is gone."""


@pytest.fixture
def crash_at(monkeypatch):
    """From its n-th write on the record writes nothing more, and the run breaks."""

    def arm(number: int) -> None:
        write, count = Record.write, 0

        def failing(record: Record) -> None:
            nonlocal count
            count += 1
            if count == number:
                raise Crash
            write(record)

        monkeypatch.setattr(Record, "write", failing)

    return arm


@pytest.mark.parametrize("number", range(1, WRITES + 1))
def test_goes_on_wherever_it_broke_and_does_nothing_twice(
    deployer: Any, parameters: Parameters, path: Path, crash_at: Any, number: int
) -> None:
    sent = web3.eth.get_transaction_count(deployer.address)
    crash_at(number)
    with pytest.raises(Crash):
        deploy(deployer, parameters, path)
    market = deploy(deployer, parameters, path)
    assert fails(check(market, parameters)) == []
    assert web3.eth.get_transaction_count(deployer.address) == sent + TRANSACTIONS
    assert Record.read(path).complete


def test_there_are_as_many_writes_as_are_broken_above(
    deployer: Any, parameters: Parameters, path: Path, crash_at: Any
) -> None:
    crash_at(WRITES + 1)
    deploy(deployer, parameters, path)


def test_incomplete_deployment_is_not_attached(
    deployer: Any, parameters: Parameters, path: Path, crash_at: Any
) -> None:
    crash_at(WRITES)
    with pytest.raises(Crash):
        deploy(deployer, parameters, path)
    with pytest.raises(DeployError, match="not complete; run the deployment again"):
        attach(path)


def test_nonce_used_for_something_else_is_no_contract(
    deployer: Any, stranger: Any, parameters: Parameters, path: Path, crash_at: Any
) -> None:
    crash_at(3)  # the timelock's address is on record; then its transaction is lost
    chain.snapshot()
    with pytest.raises(Crash):
        deploy(deployer, parameters, path)
    chain.revert()
    deployer.transfer(stranger, 1)
    market = deploy(deployer, parameters, path)
    assert fails(check(market, parameters)) == []


def test_something_sent_before_all_stand_that_were_foretold_is_told(
    deployer: Any, stranger: Any, parameters: Parameters, path: Path, crash_at: Any
) -> None:
    """The addresses were foretold with the rule book, which knows the court's."""
    crash_at(AFTER_RULE_BOOK)
    with pytest.raises(Crash):
        deploy(deployer, parameters, path)
    deployer.transfer(stranger, 1)
    with pytest.raises(DeployError, match=r"Reputation must stand at .* sent something else"):
        deploy(deployer, parameters, path)


def test_reset_chain_is_refused(deployer: Any, parameters: Parameters, path: Path) -> None:
    chain.snapshot()
    chain.mine()
    deploy(deployer, parameters, path)
    chain.revert()
    with pytest.raises(DeployError, match=r"no such block.*reset.*Move the file away"):
        deploy(deployer, parameters, path)
    chain.mine(timestamp=chain.time() + 1_000)
    with pytest.raises(DeployError, match="not the chain of"):
        attach(path)


def test_other_parameters_are_refused(deployer: Any, parameters: Parameters, path: Path) -> None:
    deploy(deployer, parameters, path)
    governor = replace(parameters.governor, voting_period=parameters.governor.voting_period + 1)
    with pytest.raises(DeployError, match="begun with other parameters"):
        deploy(deployer, replace(parameters, governor=governor), path)


def test_another_deployer_is_refused(
    deployer: Any, stranger: Any, parameters: Parameters, path: Path
) -> None:
    deploy(deployer, parameters, path)
    with pytest.raises(DeployError, match=f"begun by {deployer.address}, not by"):
        deploy(stranger, parameters, path)


def test_foreign_code_at_a_recorded_address_is_refused(
    deployer: Any, parameters: Parameters, path: Path
) -> None:
    market = deploy(deployer, parameters, path)
    code = web3.eth.get_code(market.escrow.address).hex().removeprefix("0x")
    web3.provider.make_request("anvil_setCode", [market.escrow.address, f"0x{code}00"])
    with pytest.raises(DeployError, match="is not this Escrow"):
        deploy(deployer, parameters, path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"chainId": 31337}', "\x00"])
def test_file_that_is_no_record_is_refused(
    deployer: Any, parameters: Parameters, path: Path, text: str
) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(DeployError, match="not a record of a deployment"):
        deploy(deployer, parameters, path)
