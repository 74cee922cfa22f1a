"""Every answer about a whole story, block by block, against the contracts' own views."""

from typing import Any

import pytest

from backend.terms.status import TrancheStatus
from scripts.toolchain.network import start_anvil
from tests.backend.api.chain import Chain, serving
from tests.backend.saved import make

STATES = (
    "pending",
    "active",
    "canceled",
    "defeated",
    "succeeded",
    "queued",
    "expired",
    "executed",
)
SPLITS = {"split", "ruled", "defaulted"}
EXACT = 16_384  # seconds: the Escrow keeps the time of a split only so finely


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    """On a node that knows every block since the first: it was never started anew."""
    folder = tmp_path_factory.mktemp("story")
    record = folder / "deployment.json"
    with start_anvil() as anvil:
        for what in ("deploy", "story"):
            make(what, anvil.url, record)
        with serving(anvil, record, folder) as found:
            yield found


def listed(chain: Chain, path: str) -> list[dict[str, Any]]:
    """All of a list, three at a time; it does not change while it is read."""
    items, cursor = [], {}
    while True:
        page = chain.client.get(path, params={"limit": 3} | cursor).json()
        items += page["items"]
        if page["nextCursor"] is None:
            return items
        cursor = {"cursor": page["nextCursor"]}


def sums(told: dict[str, Any]) -> tuple[int, ...]:
    return tuple(int(told[name]["value"]) for name in ("toPerformer", "toChecker", "fee"))


def check_trade(chain: Chain, told: dict[str, Any], at: str) -> None:
    escrow = chain.contract("Escrow")
    call = told["trade"]
    words = tuple(int(word) for word in call["tranches"])
    listing = bytes.fromhex(call["listingHash"][2:])
    trade = (call["asset"], tuple(call["parties"]), words, listing, int(call["pin"]))
    trade_id, states = escrow.call("tranchesOf", trade, block_hash=at)
    defaults = escrow.call("nextDefault", trade, block_hash=at)
    assert trade_id == told["id"]
    for tranche, state, default in zip(told["tranches"], states, defaults, strict=True):
        status, since, bps, *paid = state
        assert tranche["status"] == tuple(TrancheStatus)[status]
        if tranche["status"] in SPLITS:
            elapsed = tranche["since"] - told["openedAt"]
            assert since == told["openedAt"] + elapsed // EXACT * EXACT
        else:
            assert since == tranche["since"]
        if tranche["payout"] is None:
            assert tuple(paid) == (0, 0, 0)
            outcome = tranche["nextDefault"]
            assert outcome["outcome"] == tuple(TrancheStatus)[default[0]]
            assert (outcome["dueAt"], *sums(outcome)) == default[1:]
        else:
            assert tranche["payout"]["performerBps"] == bps
            assert sums(tranche["payout"]) == tuple(paid)
            assert tranche["nextDefault"] is None
            assert default[0] == 0


def check_proposal(chain: Chain, answer: dict[str, Any], at: str) -> None:
    governor = chain.contract("MarketGovernor")
    told = answer["proposal"]
    number = int(told["id"])
    assert told["state"] == STATES[governor.call("state", number, block_hash=at)]
    tally = told["tally"]
    names = ("votesAgainst", "votesFor", "votesAbstain")
    found = tuple(int(tally[name]["units"]) for name in names)
    assert found == governor.call("proposalVotes", number, block_hash=at)
    assert told["deadline"] == governor.call("proposalDeadline", number, block_hash=at)
    assert (told["eta"] or 0) == governor.call("proposalEta", number, block_hash=at)
    if tally["quorum"] is not None:
        quorum = governor.call("proposalQuorum", number, block_hash=at)
        assert int(tally["quorum"]["units"]) == quorum
    arguments = answer["arguments"]
    hashed = governor.call(
        "hashProposal",
        tuple(arguments["targets"]),
        tuple(int(value) for value in arguments["values"]),
        tuple(bytes.fromhex(data[2:]) for data in arguments["calldatas"]),
        bytes.fromhex(arguments["descriptionHash"][2:]),
        block_hash=at,
    )
    assert hashed == number


def check_members(chain: Chain, at: str) -> None:
    reputation = chain.contract("Reputation")
    total = 0
    for told in listed(chain, "/members"):
        account = told["account"]
        total += int(told["balance"]["units"])
        points = reputation.call("pointsOf", account, block_hash=at)
        assert int(told["balance"]["points"]) == points
        assert int(told["votes"]["units"]) == reputation.call("getVotes", account, block_hash=at)
        assert told["delegate"] == reputation.call("delegates", account, block_hash=at)
    assert total == reputation.call("totalUnits", block_hash=at)


def check_rules(chain: Chain, at: str) -> None:
    book = chain.contract("RuleBook")
    told = chain.client.get("/rules").json()
    assert told["inForce"] == book.call("currentVersion", block_hash=at)
    for version in told["items"]:
        fees = book.call("feeRules", version["version"], block_hash=at)
        assert tuple(version["fees"].values()) == fees[0]
        jury = book.call("juryRules", version["version"], block_hash=at)
        assert tuple(map(int, version["jury"].values())) == jury
        assert version["effectiveAt"] == book.call("effectiveAt", version["version"], block_hash=at)


def test_every_answer_at_every_block_is_what_the_contracts_say(chain: Chain):
    states: set[str] = set()
    statuses: set[str] = set()
    blocks = 0
    while chain.step():
        blocks += 1
        as_of = chain.client.get("/status").json()["asOf"]
        at = as_of["hash"]
        assert chain.node.block(as_of["number"]).hash == at
        for item in listed(chain, "/trades"):
            told = chain.client.get(f"/trades/{item['id']}").json()
            assert told["asOf"] == as_of
            assert {name: told[name] for name in item} == item
            check_trade(chain, told, at)
            statuses |= {tranche["status"] for tranche in told["tranches"]}
        for item in listed(chain, "/proposals"):
            told = chain.client.get(f"/proposals/{item['id']}").json()
            assert told["proposal"] == item
            check_proposal(chain, told, at)
            states.add(item["state"])
        if blocks % 5 == 0:
            check_members(chain, at)
            check_rules(chain, at)
    assert blocks > 30
    ends = {"accepted", "missed", "lapsed", "split", "ruled"}
    assert statuses == {"open", "performed", "disputed"} | ends
    assert states == {"pending", "active", "succeeded", "queued", "executed"}


def test_credits_are_those_of_the_contract(chain: Chain):
    chain.index()
    escrow = chain.contract("Escrow")
    told = [one for one in listed(chain, "/credits") if one["contract"] == escrow.address]
    for item in told:
        owed = escrow.call("creditOf", item["account"], item["amount"]["asset"])
        assert int(item["amount"]["value"]) == owed
    assets = [(item["amount"]["symbol"], item["amount"]["decimals"]) for item in told]
    assert sorted(assets) == [("ETH", 18), ("TUSD", 6)]


@pytest.mark.parametrize(
    ("place", "version", "function", "group", "changed"),
    [(0, 0, "setJuryRules", "jury", "jurors"), (2, 1, "setFeeRules", "fees", "feeBps.goods")],
)
def test_votes_and_the_call_in_words(
    chain: Chain, place: int, version: int, function: str, group: str, changed: str
):
    chain.index()
    proposals = listed(chain, "/proposals")
    assert len(proposals) == 3
    proposal = proposals[place]
    answer = chain.client.get(f"/proposals/{proposal['id']}").json()
    [call] = answer["calls"]
    assert (call["contract"], call["function"], call["warning"]) == ("RuleBook", function, None)
    made = chain.client.get("/rules").json()["items"][version]
    assert [field["field"] for field in made["fields"] if field["changed"]] == [changed]
    [argument] = call["arguments"]
    voted = made[group] if group == "jury" else {"feeBps": list(made["fees"].values())}
    assert texts(argument["value"]) == texts(voted)
    votes = listed(chain, f"/proposals/{proposal['id']}/votes")
    assert len(votes) == len({vote["voter"] for vote in votes}) >= 3
    governor = chain.contract("MarketGovernor")
    for vote in votes:
        weight = governor.call("getVotes", vote["voter"], proposal["snapshot"])
        assert int(vote["weight"]["units"]) == weight
    assert [event["name"] for event in answer["timeline"]] == [
        "ProposalCreated",
        "ProposalQueued",
        "ProposalExecuted",
    ]


def texts(value: dict[str, Any]) -> dict[str, Any]:
    """Numbers as text, as in the arguments of calls."""
    return {
        name: [str(one) for one in found] if isinstance(found, list) else str(found)
        for name, found in value.items()
    }


def test_facts_can_be_found_on_the_chain(chain: Chain):
    chain.index()
    for trade in listed(chain, "/trades"):
        for event in chain.client.get(f"/trades/{trade['id']}").json()["timeline"]:
            fact = event["fact"]
            receipt = chain.anvil.rpc("eth_getTransactionReceipt", fact["transactionHash"])
            assert receipt["blockHash"] == fact["blockHash"]
            assert int(receipt["blockNumber"], 16) == fact["blockNumber"]
            [log] = [log for log in receipt["logs"] if int(log["logIndex"], 16) == fact["logIndex"]]
            assert log["address"].lower() == event["contract"].lower()
            assert trade["id"] in log["topics"]


def test_earnings_and_members_of_the_story(chain: Chain):
    chain.index()
    member = chain.client.get("/members").json()["items"][0]
    told = chain.client.get(f"/members/{member['account']}").json()
    total = chain.contract("Reputation").call("totalUnits")
    assert told["shareBps"] == int(member["votes"]["units"]) * 10_000 // total
    earned = 0
    for item in listed(chain, "/members"):
        history = listed(chain, f"/members/{item['account']}/votes")
        assert history[0]["votes"]["units"] == item["votes"]["units"]
        earned += len(listed(chain, f"/members/{item['account']}/earnings"))
    assert earned > 0
