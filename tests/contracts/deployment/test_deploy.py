"""A deployment leaves a working market that belongs to its members."""

import json
from pathlib import Path
from typing import Any

from brownie import web3

from scripts.check_deployment import check, fails
from scripts.deploy import Deployment, attach, deploy
from scripts.parameters import Parameters
from tests.contracts.expect import reverts, word

ADMIN = "0x" + "00" * 32


def test_every_check_holds(market: Deployment, parameters: Parameters) -> None:
    findings = check(market, parameters)
    assert fails(findings) == []
    assert len(findings) > 60


def test_deployer_can_grant_nothing_D6(market: Deployment, deployer: Any) -> None:
    role = market.timelock.PROPOSER_ROLE()
    with reverts("AccessControlUnauthorizedAccount", deployer, bytes(32)):
        market.timelock.grantRole(role, deployer, {"from": deployer})


def test_deployer_can_write_no_rules(market: Deployment, deployer: Any) -> None:
    fees = market.rule_book.feeRules(1)
    with reverts("RuleBook_NotTimelock", deployer):
        market.rule_book.setFeeRules(fees, {"from": deployer})
    with reverts("RuleBook_NotGuardian", deployer):
        market.rule_book.pauseOpening(1, {"from": deployer})


def test_deployer_can_schedule_nothing_D6(market: Deployment, deployer: Any) -> None:
    timelock = market.timelock
    with reverts("AccessControlUnauthorizedAccount", deployer, timelock.PROPOSER_ROLE()):
        timelock.schedule(deployer, 0, b"", bytes(32), word("salt"), 600, {"from": deployer})


def test_record_has_addresses_start_and_transactions(
    deployer: Any, parameters: Parameters, path: Path
) -> None:
    head = web3.eth.get_block("latest")
    market = deploy(deployer, parameters, path)
    record = json.loads(path.read_text())
    assert record["chainId"] == web3.eth.chain_id
    assert record["startBlock"]["number"] == head["number"]
    assert record["startBlock"]["hash"] == web3.to_hex(head["hash"])
    assert record["parametersDigest"] == parameters.digest()
    assert record["complete"] is True
    for contract in market.contracts.values():
        assert record["contracts"][contract._name] == contract.address
        receipt = web3.eth.get_transaction_receipt(record["steps"][contract._name]["transaction"])
        assert receipt["contractAddress"] == contract.address
        assert receipt["blockNumber"] > head["number"]


def test_deploying_again_sends_nothing(deployer: Any, parameters: Parameters, path: Path) -> None:
    first = deploy(deployer, parameters, path)
    head = web3.eth.block_number
    second = deploy(deployer, parameters, path)
    assert web3.eth.block_number == head
    assert second.contracts == first.contracts
    assert attach(path).contracts == first.contracts
