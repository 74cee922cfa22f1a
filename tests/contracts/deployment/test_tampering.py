"""The check finds every kind of tampering, and names it."""

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from brownie import web3

from scripts.check_deployment import check, fails
from scripts.check_deployment.values import check_values
from scripts.deploy import Deployment
from scripts.deploy.arguments import juror_pool_arguments, rule_book_arguments
from scripts.parameters import Parameters, load
from tests.contracts.expect import word

TOKEN = "0x00000000000000000000000000000000000000AA"
NAMES = {"profile", "local", "symbol"}  # no contract knows these
ROLES = ("PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE", "DEFAULT_ADMIN_ROLE")


def found(market: Deployment, parameters: Parameters) -> list[str]:
    """What does not hold."""
    return [finding.what for finding in fails(check(market, parameters))]


@pytest.mark.parametrize("role", ROLES)
def test_extra_holder_of_a_role_D6(
    market: Deployment, parameters: Parameters, become: Any, stranger: Any, role: str
) -> None:
    timelock = market.timelock
    timelock.grantRole(getattr(timelock, role)(), stranger, {"from": become(timelock)})
    assert found(market, parameters) == [f"holders of {role}"]


@pytest.mark.parametrize("role", ROLES)
def test_role_given_back_to_the_deployer_D6(
    market: Deployment, parameters: Parameters, become: Any, role: str
) -> None:
    timelock = market.timelock
    sender = {"from": become(timelock)}
    timelock.grantRole(getattr(timelock, role)(), market.deployer, sender)
    assert found(market, parameters) == [f"holders of {role}", f"deployer holds {role}"]


@pytest.mark.parametrize("role", ROLES[:3])
def test_role_taken_from_the_governor(
    market: Deployment, parameters: Parameters, become: Any, role: str
) -> None:
    timelock = market.timelock
    sender = {"from": become(timelock)}
    timelock.revokeRole(getattr(timelock, role)(), market.governor, sender)
    assert found(market, parameters) == [f"holders of {role}"]


def test_role_nobody_knows_D6(
    market: Deployment, parameters: Parameters, become: Any, stranger: Any
) -> None:
    role = word("back door")
    market.timelock.grantRole(role, stranger, {"from": become(market.timelock)})
    assert found(market, parameters) == [f"holders of role 0x{role.hex()}"]


def test_call_scheduled_before_the_members_came_D6(
    market: Deployment, parameters: Parameters, become: Any, stranger: Any
) -> None:
    market.timelock.schedule(
        stranger, 0, b"", bytes(32), word("salt"), 600, {"from": become(market.governor)}
    )
    assert found(market, parameters) == ["calls scheduled in the timelock"]


def test_wrong_treasury(
    market: Deployment, parameters: Parameters, deployer: Any, stranger: Any, Escrow: Any
) -> None:
    other = deployer.deploy(
        Escrow, market.rule_book, stranger, market.reputation, market.attestations
    )
    tampered = dataclasses.replace(market, escrow=other)
    assert found(tampered, parameters) == [
        "Escrow.treasury",
        "Reputation's escrows",
        "ProposalTypes.escrow",
        "Court.escrow",
        "Reviews.escrow",
    ]


def test_escrow_of_another_rule_book(
    market: Deployment, parameters: Parameters, deployer: Any, stranger: Any, Escrow: Any
) -> None:
    other = deployer.deploy(
        Escrow, stranger, market.timelock, market.reputation, market.attestations
    )
    tampered = dataclasses.replace(market, escrow=other)
    assert found(tampered, parameters) == [
        "Escrow.ruleBook",
        "Reputation's escrows",
        "ProposalTypes.escrow",
        "Court.escrow",
        "Reviews.escrow",
    ]


def test_escrow_that_asks_others_about_its_takers(
    market: Deployment, parameters: Parameters, deployer: Any, stranger: Any, Escrow: Any
) -> None:
    other = deployer.deploy(Escrow, market.rule_book, market.timelock, stranger, stranger)
    tampered = dataclasses.replace(market, escrow=other)
    assert found(tampered, parameters) == [
        "Escrow.reputation",
        "Escrow.labels",
        "Reputation's escrows",
        "ProposalTypes.escrow",
        "Court.escrow",
        "Reviews.escrow",
    ]


def test_rule_book_of_another_timelock_and_arbitrator(
    market: Deployment, parameters: Parameters, deployer: Any, stranger: Any, RuleBook: Any
) -> None:
    (setup,) = rule_book_arguments(
        parameters,
        stranger.address,
        stranger.address,
        market.guardian_until(parameters),
        market.tokens,
    )
    tampered = dataclasses.replace(market, rule_book=deployer.deploy(RuleBook, setup))
    assert found(tampered, parameters) == [
        "Escrow.ruleBook",
        "RuleBook.timelock",
        "RuleBook's arbitrator",
        "Reputation.ruleBook",
        "ProposalTypes.ruleBook",
    ]


def test_juror_pool_of_another_owner(
    market: Deployment, parameters: Parameters, deployer: Any, stranger: Any, JurorPool: Any
) -> None:
    (setup,) = juror_pool_arguments(
        parameters, stranger.address, market.reputation.address, TOKEN, [stranger.address]
    )
    tampered = dataclasses.replace(market, juror_pool=deployer.deploy(JurorPool, setup))
    assert found(tampered, parameters) == [
        "JurorPool.timelock",
        "JurorPool's callers",
        "BondedSeed.pool",
        "Court.pool",
        "JurorPool.asset",
    ]


def test_caller_that_members_did_not_list(
    market: Deployment, parameters: Parameters, become: Any, stranger: Any
) -> None:
    market.juror_pool.setCaller(stranger, 2, {"from": become(market.timelock)})
    assert found(market, parameters) == ["JurorPool's callers"]


def test_court_of_another_escrow_and_seed(
    market: Deployment,
    parameters: Parameters,
    deployer: Any,
    stranger: Any,
    Court: Any,
    Escrow: Any,
) -> None:
    asked = (market.reputation, market.attestations)
    escrow = deployer.deploy(Escrow, market.rule_book, market.timelock, *asked)
    court = deployer.deploy(Court, escrow, market.juror_pool, stranger, stranger)
    assert found(dataclasses.replace(market, court=court), parameters) == [
        "RuleBook's arbitrator",
        "JurorPool's callers",
        "Court.escrow",
        "Court.randomness",
        "Court.treasury",
    ]


def test_reviews_of_another_escrow(
    market: Deployment, parameters: Parameters, deployer: Any, stranger: Any, Reviews: Any
) -> None:
    windows = parameters.reviews.commit_window, parameters.reviews.reveal_window
    other = deployer.deploy(Reviews, stranger, *windows)
    assert found(dataclasses.replace(market, reviews=other), parameters) == ["Reviews.escrow"]


def test_attestations_of_another_owner(
    market: Deployment, parameters: Parameters, deployer: Any, stranger: Any, Attestations: Any
) -> None:
    validity = parameters.attestations.max_validity
    other = deployer.deploy(Attestations, stranger, validity)
    assert found(dataclasses.replace(market, attestations=other), parameters) == [
        "Escrow.labels",
        "Attestations.timelock",
    ]


def test_attestor_that_members_did_not_vote_for(
    market: Deployment, parameters: Parameters, become: Any, stranger: Any
) -> None:
    market.attestations.setAttestor(stranger, 1, True, {"from": become(market.timelock)})
    assert found(market, parameters) == ["Attestations' attestors"]


def test_second_escrow_that_earns_reputation(
    market: Deployment, parameters: Parameters, become: Any, stranger: Any
) -> None:
    market.reputation.setEscrow(stranger, True, {"from": become(market.timelock)})
    assert found(market, parameters) == ["Reputation's escrows"]


def test_escrow_taken_off_the_list(market: Deployment, parameters: Parameters, become: Any) -> None:
    market.reputation.setEscrow(market.escrow, False, {"from": become(market.timelock)})
    assert found(market, parameters) == ["Reputation's escrows"]


def test_asset_nobody_asked_for(market: Deployment, parameters: Parameters, become: Any) -> None:
    rule = (True, 10**9)
    market.rule_book.setAssetRule(TOKEN, rule, {"from": become(market.timelock)})
    assert found(market, parameters) == ["RuleBook's assets"]


def test_rules_that_wait_for_their_notice(
    market: Deployment, parameters: Parameters, become: Any
) -> None:
    fees = (parameters.rules.fees[0] + 1, *parameters.rules.fees[1:])
    market.rule_book.setFeeRules((fees,), {"from": become(market.timelock)})
    assert found(market, parameters) == ["RuleBook.latestVersion"]


def test_market_that_is_paused(market: Deployment, parameters: Parameters, become: Any) -> None:
    market.rule_book.pauseOpening(60, {"from": become(market.timelock)})
    assert found(market, parameters) == ["RuleBook.pausedUntil"]


def test_votes_given_away(market: Deployment, parameters: Parameters) -> None:
    member = parameters.reputation.genesis[0].account
    web3.provider.make_request("anvil_impersonateAccount", [member])
    market.reputation.delegate(TOKEN, {"from": member})
    assert found(market, parameters) == [f"Reputation.getVotes({member})"]


@pytest.mark.parametrize("name", ["timelock", "rule_book", "escrow", "reputation", "governor"])
def test_other_code(market: Deployment, parameters: Parameters, name: str) -> None:
    contract = getattr(market, name)
    code = web3.eth.get_code(contract.address).hex().removeprefix("0x")
    web3.provider.make_request("anvil_setCode", [contract.address, f"0x{code}00"])
    assert found(market, parameters) == [f"{contract._name} has the code of this build"]


def variations(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The tree with one of its values changed, for each of its values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name not in NAMES:
                for name, changed in variations(getattr(value, field.name), field.name):
                    yield f"{path}.{name}", dataclasses.replace(value, **{field.name: changed})
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            for name, changed in variations(item, f"[{index}]"):
                yield path + name, (*value[:index], changed, *value[index + 1 :])
    elif isinstance(value, int | Decimal):
        yield path, value + 1
    elif isinstance(value, str):
        yield path, TOKEN


class Remembering:
    """A contract that asks the chain for each view only once: here it does not change."""

    def __init__(self, contract: Any) -> None:
        self._contract = contract

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._contract, name)
        if callable(value):
            value = cache(value)
        setattr(self, name, value)
        return value


def test_every_value_of_the_parameters_is_checked(market: Deployment) -> None:
    contracts = {name: Remembering(contract) for name, contract in market.contracts.items()}
    still = dataclasses.replace(market, **contracts)
    varied = dict(variations(load("local")))
    missed = [name for name, other in varied.items() if not fails(check_values(still, other))]
    assert missed == []
    assert len(varied) > 75
