"""Deploys a market, step by step, and hands it to its members.

timelock -> rule book -> escrow -> reputation -> juror pool -> seed -> court -> proposal types
-> governor -> attestations -> reviews
-> proposer, canceller, executor: the governor alone -> the deployer renounces
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from scripts.deploy.arguments import (
    governor_arguments,
    juror_pool_arguments,
    proposal_types_arguments,
    reputation_arguments,
    rule_book_arguments,
    seed_arguments,
    timelock_arguments,
)
from scripts.deploy.deployment import Deployment
from scripts.deploy.record import DeployError, Record
from scripts.deploy.site import Site
from scripts.deploy.start import is_development, open_record, verify_start
from scripts.parameters import Parameters
from scripts.people import is_public
from scripts.toolchain.network import load_project

TOKEN = "token "
# What others must know before it stands, by how many contracts after the rule book it comes.
AHEAD = {"Reputation": 2, "BondedSeed": 4, "Court": 5, "Attestations": 8}
ROLES = ("PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE")
CONTRACTS = {
    "timelock": "MarketTimelock",
    "rule_book": "RuleBook",
    "escrow": "Escrow",
    "reputation": "Reputation",
    "juror_pool": "JurorPool",
    "seed": "BondedSeed",
    "court": "Court",
    "proposal_types": "ProposalTypes",
    "governor": "MarketGovernor",
    "attestations": "Attestations",
    "reviews": "Reviews",
}


def deploy(
    deployer: Any,
    parameters: Parameters,
    path: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Deployment:
    """Deploys on the connected chain what is not there yet, from this account of Brownie's.

    With `path`, every step is recorded there, and a run that broke goes on where it was. Raises
    ParameterError, or DeployError, whose message says what to do.
    """
    parameters.check()
    _refuse_unfit(deployer.address, parameters)
    record = open_record(deployer.address, parameters, path)
    site = Site(deployer, record, tell)
    guardian_until = record.start.timestamp + parameters.guardian.lasts

    timelock = site.create(CONTRACTS["timelock"], *timelock_arguments(parameters, deployer.address))
    tokens = {
        asset.symbol: site.create(
            "StubToken",
            f"Test token {asset.symbol}",
            asset.symbol,
            asset.decimals,
            key=TOKEN + asset.symbol,
        )
        for asset in parameters.rules.assets
        if asset.address is None
    }
    told = site.foretell(CONTRACTS["rule_book"], AHEAD)
    reputation_address, seed_address, court_address, attestations_address = told
    rule_book = site.create(
        CONTRACTS["rule_book"],
        *rule_book_arguments(parameters, timelock.address, court_address, guardian_until, tokens),
    )
    escrow = site.create(
        CONTRACTS["escrow"],
        *(rule_book.address, timelock.address, reputation_address, attestations_address),
    )
    reputation = site.create(
        CONTRACTS["reputation"],
        *reputation_arguments(parameters, timelock.address, rule_book.address, [escrow.address]),
        at=reputation_address,
    )
    staked = parameters.asset(parameters.juror_pool.asset)
    juror_pool = site.create(
        CONTRACTS["juror_pool"],
        *juror_pool_arguments(
            parameters,
            timelock.address,
            reputation.address,
            staked.address or tokens[staked.symbol].address,
            [seed_address, court_address],
        ),
    )
    seed = site.create(
        CONTRACTS["seed"],
        *seed_arguments(parameters, timelock.address, juror_pool.address),
        at=seed_address,
    )
    court = site.create(
        CONTRACTS["court"],
        *(escrow.address, juror_pool.address, seed.address, timelock.address),
        at=court_address,
    )
    proposal_types = site.create(
        CONTRACTS["proposal_types"],
        *proposal_types_arguments(parameters, timelock.address, rule_book.address, escrow.address),
    )
    governor = site.create(
        CONTRACTS["governor"],
        *governor_arguments(
            parameters,
            reputation.address,
            timelock.address,
            proposal_types.address,
            guardian_until,
        ),
    )
    attestations = site.create(
        CONTRACTS["attestations"],
        *(timelock.address, parameters.attestations.max_validity),
        at=attestations_address,
    )
    reviews = site.create(
        CONTRACTS["reviews"],
        *(escrow.address, parameters.reviews.commit_window, parameters.reviews.reveal_window),
    )
    hand_over(site, timelock, governor)
    record.complete = True
    record.write()
    return Deployment(
        chain_id=record.chain_id,
        start=record.start,
        deployer=record.deployer,
        timelock=timelock,
        rule_book=rule_book,
        escrow=escrow,
        reputation=reputation,
        juror_pool=juror_pool,
        seed=seed,
        court=court,
        proposal_types=proposal_types,
        governor=governor,
        attestations=attestations,
        reviews=reviews,
        tokens=tokens,
    )


def hand_over(site: Site, timelock: Any, governor: Any) -> None:
    """Gives the timelock's roles to the governor alone, then renounces the deployer's own."""
    sender = {"from": site.deployer}
    for name in ROLES:
        role = getattr(timelock, name)()
        site.ensure(
            f"grant {name}",
            partial(timelock.hasRole, role, governor),
            partial(timelock.grantRole, role, governor, sender, silent=True),
        )
    admin = timelock.DEFAULT_ADMIN_ROLE()
    site.ensure(
        "renounce DEFAULT_ADMIN_ROLE",
        lambda: not timelock.hasRole(admin, site.deployer),
        lambda: timelock.renounceRole(admin, site.deployer, sender, silent=True),
    )


def attach(path: Path) -> Deployment:
    """A deployment that was completed, from its record. Raises DeployError."""
    record = Record.read(path)
    verify_start(record)
    if not record.complete:
        raise DeployError(f"the deployment of {path} is not complete; run the deployment again")
    found = {key: _at(name, record.contracts[name]) for key, name in CONTRACTS.items()}
    tokens = {
        key.removeprefix(TOKEN): _at("StubToken", address)
        for key, address in record.contracts.items()
        if key.startswith(TOKEN)
    }
    return Deployment(
        chain_id=record.chain_id,
        start=record.start,
        deployer=record.deployer,
        tokens=tokens,
        **found,
    )


def _at(name: str, address: str) -> Any:
    from brownie.exceptions import ContractNotFound

    try:
        return load_project()[name].at(address, persist=False)
    except ContractNotFound:
        raise DeployError(f"nothing stands at {address}, where {name} should be") from None


def _refuse_unfit(deployer: str, parameters: Parameters) -> None:
    if is_development():
        return
    if parameters.local:
        raise DeployError(
            f"the profile {parameters.profile} is for local chains only: its periods are minutes "
            "and everybody has its members' keys"
        )
    people = {one.account: "a genesis member" for one in parameters.reputation.genesis}
    people |= {str(parameters.guardian.account): "the guardian", deployer: "the deployer"}
    for account, who in people.items():
        if account.startswith("0x") and is_public(account):
            raise DeployError(f"everybody has the key of {account}: it cannot be {who}")
