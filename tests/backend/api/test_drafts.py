"""Drafts on a real chain: what is promised is what comes, and what would fail says why."""

from typing import Any

import pytest
from eth_utils.crypto import keccak

from backend.terms.jury import JuryRules
from backend.terms.offer import ZERO_ADDRESS
from scripts.people import Person
from tests.backend.api.chain import Chain, market
from tests.backend.api.voting import carry_out, data_of, draft, propose, wait_until

FOR = 1
MARA, NOOR, RITA, ALICE = (p.address for p in (Person.MARA, Person.NOOR, Person.RITA, Person.ALICE))


@pytest.fixture(scope="module")
def chain(deployed, tmp_path_factory):
    with market(deployed, tmp_path_factory.mktemp("drafts")) as found:
        wait_until(found, found.node.head().time + 100)  # nobody proposes in the first second
        found.index()
        yield found


@pytest.fixture
def back(chain: Chain):
    """What a test does to the chain is undone after it."""
    saved = chain.anvil.rpc("evm_snapshot")
    yield
    chain.anvil.rpc("evm_revert", saved)
    chain.index()


def pairs(made: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        change["field"]: (change["old"], change["new"])
        for call in made["calls"]
        for change in call["changes"]
    }


EVERYTHING = (
    {"type": "fee", "kind": "goods", "feeBps": 150},
    {"type": "setting", "name": "votingDelay", "value": "120"},
    {"type": "fee", "kind": "ride", "feeBps": 160},
    {"type": "disputeRules", "rulingPeriod": 90_000},
    {"type": "juryRules", "jurors": 5},
    {"type": "asset", "asset": ZERO_ADDRESS, "allowed": False},
    {"type": "juryRules", "jurorFee": "5000000000000000"},
    {"type": "reputationEscrow", "escrow": ALICE, "listed": True},
    {"type": "setting", "name": "timelockDelay", "value": "700"},
    {"type": "setting", "name": "lateQuorumVoteExtension", "value": "700"},
    {"type": "payment", "asset": ZERO_ADDRESS, "to": RITA, "amount": "2000000000000000000"},
)


def test_a_draft_that_is_carried_out_yields_just_what_it_promised(chain: Chain, back):
    treasury = chain.deployment.address("MarketTimelock")
    chain.anvil.rpc("anvil_setBalance", treasury, hex(5 * 10**18))
    made = draft(chain, *EVERYTHING, proposer=MARA)
    assert made["exists"] is False
    assert made["simulation"]["succeeded"] is True
    assert made["simulation"]["together"] is True
    assert len(made["calls"]) == 9  # two fees are one call, and so are two of the jury
    assert all(
        check["holds"]
        for call in made["calls"]
        for checks in (call["checks"], *(change["checks"] for change in call["changes"]))
        for check in checks
    )
    rate = 2_500 * 10**6
    assert pairs(made) == {
        "feeBps.goods": ("250", "150"),
        "feeBps.ride": ("150", "160"),
        "votingDelay": ("60", "120"),
        "rulingPeriod": ("86400", "90000"),
        "jurors": ("3", "5"),
        "jurorFee": (str(4 * 10**15), str(5 * 10**15)),
        f"asset.{ZERO_ADDRESS}.allowed": ("true", "false"),
        f"reputation.{ALICE}": ("false", "true"),
        "timelockDelay": ("600", "700"),
        "lateQuorumVoteExtension": ("600", "700"),
        f"treasury.{ZERO_ADDRESS}": (str(5 * 10**18), str(3 * 10**18)),
    }

    before = int(chain.anvil.rpc("eth_getBalance", RITA, "latest"), 16)
    propose(chain, made)
    receipt = carry_out(chain, made)
    assert receipt["status"] == "0x1"
    book = chain.contract("RuleBook")
    newest = book.call("latestVersion")
    (fees,) = book.call("feeRules", newest)
    assert fees == (150, 250, 300, 200, 200, 160, 200, 150, 100, 250)
    arbitrator, *_ = book.call("disputeRules", 1)
    assert book.call("disputeRules", newest) == (arbitrator, 90_000, 5_000)
    jury = JuryRules(*book.call("juryRules", newest))
    assert (jury.jurors, jury.juror_fee, jury.arbitration_fee()) == (5, 5 * 10**15, 25 * 10**15)
    notice = 600
    later = int(chain.anvil.rpc("eth_getBlockByNumber", "latest", False)["timestamp"], 16) + notice
    assert book.call("assetRuleAt", ZERO_ADDRESS, later)[0] is False
    assert rate in (book.call("assetRuleAt", ZERO_ADDRESS, later)[1], rate)
    assert chain.contract("Reputation").call("isListed", ALICE) is True
    governor = chain.contract("MarketGovernor")
    assert governor.call("votingDelay") == 120
    assert governor.call("lateQuorumVoteExtension") == 700
    assert chain.contract("MarketTimelock").call("getMinDelay") == 700
    assert int(chain.anvil.rpc("eth_getBalance", treasury, "latest"), 16) == 3 * 10**18
    paid = int(chain.anvil.rpc("eth_getBalance", RITA, "latest"), 16) - before
    assert paid > 2 * 10**18 - 10**17  # less the gas of queueing and executing

    # What the proposal is told to have changed is what the draft said, even after the fact.
    chain.index()
    told = chain.client.get(f"/proposals/{made['proposalId']}").json()
    assert told["proposal"]["state"] == "executed"
    assert told["arguments"] == made["arguments"]
    changes = pairs(made)
    changes.pop(f"treasury.{ZERO_ADDRESS}")
    assert pairs(told) == changes
    simulated = [
        (event["contract"], event["name"], event["args"])
        for call in made["simulation"]["calls"]
        for event in call["events"]
        if event["name"] in ("VotingDelaySet", "LateQuorumVoteExtensionSet", "MinDelayChange")
    ]
    assert simulated == [
        ("MarketGovernor", "VotingDelaySet", {"oldVotingDelay": "60", "newVotingDelay": "120"}),
        ("MarketTimelock", "MinDelayChange", {"oldDuration": "600", "newDuration": "700"}),
        (
            "MarketGovernor",
            "LateQuorumVoteExtensionSet",
            {"oldVoteExtension": "600", "newVoteExtension": "700"},
        ),
    ]


def test_the_number_is_the_governors_and_the_proposer_alone_may_propose(chain: Chain, back):
    made = draft(chain, EVERYTHING[0], description="Cheaper goods\n", proposer=MARA.lower())
    assert made["description"] == f"Cheaper goods\n\n#proposer={MARA}"
    arguments = made["arguments"]
    number = chain.contract("MarketGovernor").call(
        "hashProposal",
        tuple(arguments["targets"]),
        tuple(map(int, arguments["values"])),
        tuple(data_of(data) for data in arguments["calldatas"]),
        keccak(text=made["description"]),
    )
    assert str(number) == made["proposalId"]
    governor, data = made["propose"]["to"], data_of(made["propose"]["data"])
    assert chain.send(NOOR, governor, data)["status"] == "0x0"
    assert chain.send(MARA, governor, data)["status"] == "0x1"
    chain.index()
    again = draft(chain, EVERYTHING[0], description="Cheaper goods\n", proposer=MARA)
    assert (again["proposalId"], again["exists"]) == (made["proposalId"], True)
    told = chain.client.get(f"/proposals/{made['proposalId']}").json()
    assert pairs(told) == pairs(made) == {"feeBps.goods": ("250", "150")}
    simulated = chain.client.get(f"/proposals/{made['proposalId']}/simulation").json()
    assert simulated["simulation"]["succeeded"] is True
    [[told], [drafted]] = (each["simulation"]["calls"][0]["events"] for each in (simulated, made))
    assert told["name"] == drafted["name"] == "FeeRulesSet"
    assert told["args"]["newRules"] == drafted["args"]["newRules"]


def refused(made: dict[str, Any], place: int = 0) -> dict[str, Any]:
    assert made["simulation"]["succeeded"] is False
    outcomes = [call["outcome"] for call in made["simulation"]["calls"]]
    rest = len(outcomes) - place - 1
    assert outcomes == ["succeeded"] * place + ["refused"] + ["notReached"] * rest
    return made["simulation"]["calls"][place]["error"]


def values(error: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in error["values"]}


@pytest.mark.parametrize(
    ("change", "name", "told"),
    [
        (
            {"type": "fee", "kind": "goods", "feeBps": 351},
            "RuleBook_StepTooLarge",
            {"field": "feeBps", "oldValue": "250", "newValue": "351", "step": "100"},
        ),
        (
            {"type": "fee", "kind": "goods", "feeBps": 1001},
            "RuleBook_OutOfBounds",
            {"field": "feeBps", "value": "1001", "min": "0", "max": "1000"},
        ),
        ({"type": "fee", "kind": "goods", "feeBps": 250}, "RuleBook_NothingChanged", {}),
        ({"type": "disputeRules", "arbitrator": ZERO_ADDRESS}, "RuleBook_ZeroAddress", {}),
        ({"type": "juryRules", "jurors": 4}, "RuleBook_EvenJury", {"jurors": "4"}),
        (
            {"type": "disputeRules", "rulingPeriod": 3 * 3_600},
            "RuleBook_RulingPeriodTooShort",
            {"rulingPeriod": "10800", "longestCase": "15000"},
        ),
        (
            {"type": "setting", "name": "votingPeriod", "value": "1"},
            "MarketGovernor_OutOfBounds",
            {"field": "votingPeriod", "value": "1", "min": "600", "max": "2592000"},
        ),
        (
            {"type": "setting", "name": "timelockDelay", "value": "605401"},
            "MarketTimelock_StepTooLarge",
            {"oldValue": "600", "newValue": "605401", "step": "604800"},
        ),
        (
            {"type": "reputationEscrow", "escrow": ZERO_ADDRESS, "listed": True},
            "Reputation_ZeroAddress",
            {},
        ),
        ({"type": "withdrawCredit", "asset": ZERO_ADDRESS}, "Escrow_NoCredit", None),
    ],
)
def test_what_the_contracts_would_refuse_names_their_error(chain: Chain, change, name, told):
    made = draft(chain, change)
    error = refused(made)
    assert error["name"] == name
    assert error["text"].startswith(name)
    assert error["text"].count(": ") > 0  # and says in words what it means
    if told is not None:
        assert values(error) == told
    checks = [
        check["holds"]
        for call in made["calls"]
        for part in (call["checks"], *(change["checks"] for change in call["changes"]))
        for check in part
    ]
    assert not all(checks) or name == "Reputation_ZeroAddress"


def test_calls_are_made_one_after_another(chain: Chain):
    made = draft(
        chain,
        {"type": "setting", "name": "votingDelay", "value": "120"},
        {"type": "fee", "kind": "goods", "feeBps": 9_999},
        {"type": "setting", "name": "votingPeriod", "value": "7200"},
    )
    assert refused(made, 1)["name"] == "RuleBook_OutOfBounds"


def test_more_than_the_treasury_has(chain: Chain, back):
    treasury = chain.deployment.address("MarketTimelock")
    chain.anvil.rpc("anvil_setBalance", treasury, hex(100))
    pay = {"type": "payment", "asset": ZERO_ADDRESS, "to": RITA, "amount": "60"}
    once = draft(chain, pay)
    assert once["simulation"]["succeeded"] is True
    made = draft(chain, pay, {"type": "setting", "name": "votingDelay", "value": "61"}, pay)
    error = refused(made, 2)
    assert error["name"] is None
    assert error["text"] == "the treasury has less coin than the 60 base units it is to send"
    far = draft(chain, *[pay | {"amount": "9"}] * 17)
    refused(far, 11)  # eleven times nine is ninety-nine
    first, _, last = made["calls"]
    assert first["changes"][0]["old"] == "100"
    assert first["changes"][0]["new"] == "40"
    assert last["changes"][0]["checks"][0] == {
        "holds": False,
        "text": "the treasury has 40 base units and pays 60",
    }


def test_tokens_are_paid_and_strange_tokens_flagged(chain: Chain, back):
    treasury = chain.deployment.address("MarketTimelock")
    token = chain.create(MARA, "StubToken", "Thing", "THG", 6)
    pay = {"type": "payment", "asset": token, "to": RITA, "amount": "5"}
    poor = draft(chain, pay)
    assert refused(poor)["name"] == "ERC20InsufficientBalance"
    assert values(refused(poor)) == {"sender": treasury, "balance": "0", "needed": "5"}
    assert poor["calls"][0]["warning"] == "not a contract of this market"
    nothing = draft(chain, pay | {"asset": ALICE})
    assert nothing["simulation"]["succeeded"] is True
    [call] = nothing["simulation"]["calls"]
    assert call["warning"] == "there is no contract at this address, and nothing happens"
