"""What a vote can set, as the API tells before anything is drafted."""

import pytest

from backend.terms.standing import PROPOSAL_TYPES, ProposalTerms
from tests.backend.api.chain import market
from tests.backend.api.voting import carry_out, draft, propose, wait_until


@pytest.fixture(scope="module")
def chain(deployed, tmp_path_factory):
    with market(deployed, tmp_path_factory.mktemp("bounds")) as found:
        wait_until(found, found.node.head().time + 100)
        found.index()
        yield found


def told(chain):
    answer = chain.client.get("/rules/bounds")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_value_and_its_bounds_are_those_of_the_contracts(chain):
    book = chain.contract("RuleBook")
    rules = told(chain)
    assert rules["version"] == 1
    items = {one["field"]: one for one in rules["items"]}
    assert len(items) == len(rules["items"])
    fees = book.call("feeRules", 1)
    assert [int(one["value"]) for one in rules["items"] if one["change"] == "fee"] == list(fees[0])
    delay = chain.contract("MarketTimelock").call("getMinDelay")
    assert items["timelockDelay"]["value"] == str(delay)
    for one in rules["items"]:
        least, value, most = int(one["least"]), int(one["value"]), int(one["most"])
        assert least <= value <= most, one["field"]
        assert int(one["step"]) > 0


@pytest.mark.parametrize(("beyond", "works"), [(0, True), (1, False)])
def test_largest_step_is_the_largest_that_the_contract_takes(chain, beyond, works):
    [fee] = [one for one in told(chain)["items"] if one["field"] == "feeBps.goods"]
    value = int(fee["value"]) - int(fee["step"]) - beyond
    assert value >= int(fee["least"])
    made = draft(chain, {"type": "fee", "kind": "goods", "feeBps": value})
    assert made["simulation"]["succeeded"] is works


def test_steps_are_measured_from_the_newest_rules_though_they_are_not_in_force(chain):
    [fee] = [one for one in told(chain)["items"] if one["field"] == "feeBps.goods"]
    new = int(fee["value"]) - 10
    made = draft(chain, {"type": "fee", "kind": "goods", "feeBps": new})
    propose(chain, made)
    assert carry_out(chain, made)["status"] == "0x1"
    chain.index()
    after = told(chain)
    [fee] = [one for one in after["items"] if one["field"] == "feeBps.goods"]
    assert (after["version"], fee["value"]) == (2, str(new))
    rules = chain.client.get("/rules").json()
    assert rules["inForce"] == 1
    assert [one["proposalId"] for one in rules["items"]] == [made["proposalId"], None]


def test_terms_of_proposals_have_the_values_and_bounds_of_their_contract(chain):
    contract = chain.contract("ProposalTypes")
    items = {one["field"]: one for one in told(chain)["items"]}
    now = chain.node.head().time
    for index, proposal_type in enumerate(PROPOSAL_TYPES):
        terms = contract.call("termsOf", 1 << index, now)
        for name, value in zip(ProposalTerms.UNITS, terms, strict=True):
            one = items[f"terms.{proposal_type}.{name}"]
            bounds = contract.call("boundsOf", name.encode().ljust(32, b"\0"))
            assert one["value"] == str(value)
            given = [int(one[key]) for key in ("least", "most", "step", "notice")]
            assert given == [int(part) for part in bounds]


def test_changes_of_the_terms_of_one_type_are_one_call(chain):
    items = {one["field"]: one for one in told(chain)["items"]}
    quorum = int(items["terms.fees.quorumBps"]["value"]) + 10
    delay = int(items["terms.fees.delay"]["value"]) + 60
    base = {"type": "proposalTerms", "proposalType": "fees"}
    other = {"type": "proposalTerms", "proposalType": "treasury", "delay": 1_500}
    made = draft(chain, base | {"quorumBps": quorum}, other, base | {"delay": delay})
    changed = [{each["field"]: each["new"] for each in call["changes"]} for call in made["calls"]]
    assert changed == [
        {"terms.fees.quorumBps": str(quorum), "terms.fees.delay": str(delay)},
        {"terms.treasury.delay": "1500"},
    ]
    assert made["simulation"]["succeeded"]
