"""Members vote a foreign arbitrator in: proposal, vote, timelock, notice, a dispute ruled by it.

On a market as every market is deployed: nothing here acts for the timelock or the governor.
"""

from typing import Any

import pytest
from brownie import web3
from eth_utils import keccak

from scripts.deploy import Deployment, deploy
from scripts.parameters import load
from scripts.people import Person
from tests.contracts.erc792.conftest import (
    APPEAL_COST,
    COST,
    EXTRA_DATA,
    FOR_PERFORMER,
    META_EVIDENCE,
    Cases,
)
from tests.contracts.escrow.actions import in_status
from tests.contracts.escrow.market import DISPUTED, RULED, Market, person
from tests.contracts.expect import event, now, plain, reverts, until

FOR = 1


@pytest.fixture
def deployed(accounts) -> Deployment:
    return deploy(accounts[0], load("local"))


@pytest.fixture
def market(deployed, accounts, chain) -> Market:
    names = {"seller": Person.ALICE, "buyer": Person.BOB, "stranger": Person.RITA}
    people = {name: person(accounts, who.value, name) for name, who in names.items()}
    return Market(deployed.escrow, deployed.rule_book, people, chain, web3)


def vote_in(deployed: Deployment, accounts: Any, arbitrator: Any) -> None:
    """What members do to make this the arbitrator, all other dispute rules as they are."""
    book, governor = deployed.rule_book, deployed.governor
    mara, noor, anyone = (accounts[p.value] for p in (Person.MARA, Person.NOOR, Person.RITA))
    _, *rest = book.disputeRules(book.latestVersion())
    data = book.setDisputeRules.encode_input((arbitrator, *rest))
    description = "Let a foreign court arbitrate"
    until(now() + 2)  # a threshold is that of the second before
    calls = ([book.address], [0], [data])
    proposal = event(governor.propose(*calls, description, {"from": mara}), "ProposalCreated")
    until(governor.proposalSnapshot(proposal["proposalId"]) + 1)
    for member in (mara, noor):
        governor.castVote(proposal["proposalId"], FOR, {"from": member})
    until(governor.proposalDeadline(proposal["proposalId"]) + 1)
    decided = (*calls, keccak(text=description))
    governor.queue(*decided, {"from": anyone})
    until(governor.proposalEta(proposal["proposalId"]))
    made = event(governor.execute(*decided, {"from": anyone}), "DisputeRulesSet")
    until(made["effectiveAt"])


def test_voted_in(deployed, market, accounts, StubArbitrator792, Erc792Arbitrator):
    stranger = market.people["stranger"].account
    before = in_status(market, DISPUTED)
    foreign = stranger.deploy(StubArbitrator792, COST, APPEAL_COST)
    _, ruling_period, _ = plain(deployed.rule_book.disputeRules(1))
    arguments = (deployed.escrow, foreign, EXTRA_DATA, ruling_period // 4, META_EVIDENCE)
    arbitrator = stranger.deploy(Erc792Arbitrator, *arguments)  # by anybody: it has no owner
    older = deployed.rule_book.disputeRules(1)[0]
    vote_in(deployed, accounts, arbitrator)

    cases = Cases(market, arbitrator, foreign)
    with reverts("Erc792Arbitrator_NotArbitrator", older):
        cases.open(before)
    opened = cases.disputed()
    cases.open(opened)
    cases.join(opened)
    cases.submit(opened)
    cases.give(opened, FOR_PERFORMER)
    cases.execute(opened)
    assert market.status(opened) == RULED
    assert cases.credits() == (COST, 0)
