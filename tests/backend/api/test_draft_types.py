"""The type of a draft and what it takes, as the contract says; and drafts that change that."""

import pytest

from backend.terms.offer import ZERO_ADDRESS
from scripts.people import Person
from tests.backend.api.chain import Chain, market
from tests.backend.api.voting import carry_out, draft, propose, wait_until

RITA = Person.RITA.address
FEE = {"type": "fee", "kind": "goods", "feeBps": 150}
PERIOD = {"type": "disputeRules", "rulingPeriod": 90_000}
ARBITRATOR = {"type": "disputeRules", "arbitrator": RITA}
ASSET = {"type": "asset", "asset": ZERO_ADDRESS, "allowed": False}
DELAY = {"type": "setting", "name": "votingDelay", "value": "120"}
CREDIT = {"type": "withdrawCredit", "asset": ZERO_ADDRESS}
PAY = {"type": "payment", "asset": ZERO_ADDRESS, "to": RITA, "amount": "5"}
TERMS = {"type": "proposalTerms", "proposalType": "treasury", "quorumBps": 2_900, "delay": 1_500}


@pytest.fixture(scope="module")
def chain(deployed, tmp_path_factory):
    with market(deployed, tmp_path_factory.mktemp("types")) as found:
        wait_until(found, found.node.head().time + 100)
        found.index()
        yield found


@pytest.mark.parametrize(
    ("changes", "types", "terms"),
    [
        ([FEE], ["fees"], (2_000, 5_000, 600)),
        ([PERIOD], ["disputeRules"], (2_000, 5_500, 600)),
        ([ARBITRATOR], ["disputeRules", "assetsAndArbitrator"], (2_500, 6_000, 1_200)),
        ([ASSET], ["assetsAndArbitrator"], (2_500, 6_000, 1_200)),
        ([PAY], ["treasury"], (2_500, 6_000, 1_200)),
        ([CREDIT], ["treasury"], (2_500, 6_000, 1_200)),
        ([DELAY], ["anything"], (3_000, 6_600, 1_800)),
        ([TERMS], ["anything"], (3_000, 6_600, 1_800)),
        ([FEE, PERIOD, PAY], ["fees", "disputeRules", "treasury"], (2_500, 6_000, 1_200)),
    ],
)
def test_a_mixed_draft_takes_the_strictest_of_each(chain: Chain, changes, types, terms):
    made = draft(chain, *changes)
    assert made["types"] == types
    quorum, approval, delay = terms
    assert made["terms"] == {"quorumBps": quorum, "approvalBps": approval, "delay": delay}


def test_what_is_drafted_is_what_the_proposal_then_has(chain: Chain):
    saved = chain.anvil.rpc("evm_snapshot")
    made = draft(chain, TERMS, PERIOD)
    fields = {
        change["field"]: (change["old"], change["new"])
        for call in made["calls"]
        for change in call["changes"]
    }
    assert fields == {
        "terms.treasury.quorumBps": ("2500", "2900"),
        "terms.treasury.delay": ("1200", "1500"),
        "rulingPeriod": ("86400", "90000"),
    }
    propose(chain, made)
    chain.index()
    told = chain.client.get(f"/proposals/{made['proposalId']}").json()["proposal"]
    assert (told["types"], told["terms"]) == (made["types"], made["terms"])
    assert carry_out(chain, made)["status"] == "0x1"
    notice = made["calls"][0]["inForceAfter"]
    contract, now = chain.contract("ProposalTypes"), chain.node.head().time
    treasury = 1 << 3
    assert contract.call("termsOf", treasury, now + notice - 1) == (2_500, 6_000, 1_200)
    assert contract.call("termsOf", treasury, now + notice) == (2_900, 6_000, 1_500)
    chain.index()
    again = draft(chain, TERMS | {"quorumBps": 2_950})
    [call] = again["calls"]
    assert call["checks"] == [
        {"holds": False, "text": "another change of this type has not taken effect"}
    ]
    [refused] = again["simulation"]["calls"]
    assert refused["error"]["name"] == "ProposalTypes_ChangePending"
    chain.anvil.rpc("evm_revert", saved)
    chain.index()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"quorumBps": 3_100, "delay": 1_200}, "ProposalTypes_StricterThanAnything"),
        ({"proposalType": "anything", "quorumBps": 2_400}, "ProposalTypes_StricterThanAnything"),
        ({"quorumBps": 5_001}, "ProposalTypes_OutOfBounds"),
        ({"proposalType": "fees", "quorumBps": 900}, "ProposalTypes_StepTooLarge"),
        ({"quorumBps": 2_500, "delay": 1_200}, "ProposalTypes_NothingChanged"),
    ],
)
def test_terms_that_would_be_refused(chain: Chain, change, name):
    base = {"type": "proposalTerms", "proposalType": "treasury"}
    made = draft(chain, base | change)
    [refused] = made["simulation"]["calls"]
    assert refused["error"]["name"] == name
    [call] = made["calls"]
    checks = [*call["checks"], *(check for each in call["changes"] for check in each["checks"])]
    assert not all(check["holds"] for check in checks)
