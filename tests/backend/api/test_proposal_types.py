"""The types of proposals, and what each takes, as the contract tells."""

from backend.terms.standing import PROPOSAL_TYPES
from tests.backend.api.docket import Docket

TYPES = "/api/v1/proposals/types"


def test_each_type_takes_what_the_contract_says(docket: Docket) -> None:
    told = docket.client.get(TYPES).json()
    assert [item["type"] for item in told["items"]] == list(PROPOSAL_TYPES)
    for place, item in enumerate(told["items"]):
        now = told["asOf"]["time"]
        terms = docket.market.view("ProposalTypes", "termsOf", 1 << place, now)
        names = ("quorumBps", "approvalBps", "delay")
        assert tuple(item["terms"][name] for name in names) == tuple(terms)
        assert item["pending"] is None
        assert item["history"] == [item["terms"]]
