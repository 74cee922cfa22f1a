"""What the API says, held against the contracts' own view functions at the same block."""

from collections.abc import Iterator, Mapping
from typing import Any

from eth_utils.address import to_checksum_address

from backend.queries.ballot import STATES
from backend.terms.offer import ZERO_ADDRESS, Pin
from backend.terms.status import TrancheStatus
from scripts.check_deployment import Finding
from scripts.local.service import Service
from scripts.people import Person
from scripts.story import Stage

STATUSES = tuple(TrancheStatus)
EXACT = 16_384  # seconds; the Escrow keeps the time of a split only so finely
SPLITS = {"split", "ruled", "defaulted"}


def compare(stage: Stage, service: Service, more: Mapping[str, str]) -> Iterator[Finding]:
    """Every answer about trades, votes, rules, members and credits; expected is the contract's.
    `more` are trades beside the story's: ids by name."""
    trades = {name: f"0x{opened.trade_id.hex()}" for name, opened in stage.trades.items()}
    for name, trade_id in {**trades, **more}.items():
        yield from _trade(stage, service, name, trade_id)
    for proposal in stage.proposals:
        yield from _proposal(stage, service, proposal)
    yield from _rules(stage, service)
    yield from _members(stage, service)
    yield from _credits(stage, service)


def _trade(stage: Stage, service: Service, name: str, wanted: str) -> Iterator[Finding]:
    answer = service.get(f"/trades/{wanted}")
    block, told = answer["asOf"]["number"], answer["trade"]
    escrow = stage.deployment.escrow
    # The tuple of the API itself: if it were wrong, the Escrow would not know the trade.
    words = [int(word) for word in told["tranches"]]
    trade = (told["asset"], told["parties"], words, told["listingHash"], int(told["pin"]))
    trade_id, states = escrow.tranchesOf(trade, block_identifier=block)
    defaults = escrow.nextDefault(trade, block_identifier=block)
    yield Finding(f"{name}: id", str(trade_id), answer["id"])
    # What the Escrow has a fingerprint of, so that a wrong pin would be an unknown trade.
    pin = Pin.unpack(trade[-1])
    pinned = (answer["rulesVersion"], answer["feeBps"])
    yield Finding(f"{name}: rules and fee", (pin.rules_version, pin.fee_bps), pinned)
    for tranche, state, default in zip(answer["tranches"], states, defaults, strict=True):
        what = f"{name}, tranche {tranche['index']}"
        yield Finding(f"{what}: status", STATUSES[state[0]], tranche["status"])
        since = tranche["since"]
        if tranche["status"] in SPLITS:
            start = answer["startsAt"]
            since = start + (since - start) // EXACT * EXACT
        yield Finding(f"{what}: since", int(state[1]), since)
        payout = tranche["payout"]
        paid = () if payout is None else _sums(payout)
        yield Finding(f"{what}: payouts", tuple(map(int, state[3:6])) if paid else (), paid)
        upcoming = tranche["nextDefault"]
        found = () if upcoming is None else (upcoming["dueAt"], *_sums(upcoming))
        yield Finding(
            f"{what}: default", tuple(map(int, default[1:5])) if default[0] else (), found
        )


def _sums(told: dict[str, Any]) -> tuple[int, int, int]:
    return tuple(int(told[key]["value"]) for key in ("toPerformer", "toChecker", "fee"))  # type: ignore[return-value]


def _proposal(stage: Stage, service: Service, proposal: dict[str, Any]) -> Iterator[Finding]:
    governor, proposal_id = stage.deployment.governor, proposal["id"]
    answer = service.get(f"/proposals/{proposal_id}")
    told, at = answer["proposal"], {"block_identifier": answer["asOf"]["number"]}
    yield Finding("proposal: state", STATES[governor.state(proposal_id, **at)], told["state"])
    tally = told["tally"]
    names = ("votesAgainst", "votesFor", "votesAbstain")
    found = tuple(int(tally[name]["units"]) for name in names)
    yield Finding("proposal: votes", tuple(governor.proposalVotes(proposal_id, **at)), found)
    quorum = governor.proposalQuorum(proposal_id, **at)
    yield Finding("proposal: quorum", int(quorum), int(tally["quorum"]["units"]))
    yield Finding(
        "proposal: deadline", governor.proposalDeadline(proposal_id, **at), told["deadline"]
    )
    yield Finding("proposal: eta", governor.proposalEta(proposal_id, **at), told["eta"] or 0)
    if "rules" in proposal:
        yield from _new_rules(stage, proposal, answer["calls"], at)
    else:
        yield from _new_attestors(stage, answer["calls"], at)
    votes = service.get(f"/proposals/{proposal_id}/votes")["items"]
    for vote in votes:
        voted = governor.hasVoted(proposal_id, vote["voter"], **at)
        yield Finding(f"vote of {_name(vote['voter'])}", True, voted)
        weight = governor.getVotes(vote["voter"], told["snapshot"], **at)
        yield Finding(
            f"weight of {_name(vote['voter'])}", int(weight), int(vote["weight"]["units"])
        )
    yield Finding("votes in all", sum(found), sum(int(vote["weight"]["units"]) for vote in votes))


def _new_rules(
    stage: Stage, proposal: Mapping[str, Any], calls: list[Any], at: Mapping[str, int]
) -> Iterator[Finding]:
    """The one call sets what the version that it made has."""
    (call,) = calls
    getter = proposal["rules"][0].lower() + proposal["rules"][1:]
    rules = getattr(stage.deployment.rule_book, getter)(proposal["version"], **at)
    values = [int(value) for one in call["arguments"] for value in _leaves(one["value"])]
    yield Finding("proposal: what it calls", "RuleBook", call["contract"])
    yield Finding("proposal: the rules it sets", tuple(map(int, _leaves(rules))), tuple(values))


def _new_attestors(stage: Stage, calls: list[Any], at: Mapping[str, int]) -> Iterator[Finding]:
    """Each call sets who may attest what, as the contract has it since."""
    for call in calls:
        attestor, claim, allowed = (one["value"] for one in call["arguments"])
        yield Finding("proposal: what it calls", "Attestations", call["contract"])
        asked = stage.deployment.attestations.isAttestor(attestor, int(claim), **at)
        yield Finding(f"proposal: {_name(attestor)} attests", bool(asked), allowed)


def _rules(stage: Stage, service: Service) -> Iterator[Finding]:
    book = stage.deployment.rule_book
    answer = service.get("/rules")
    at = {"block_identifier": answer["asOf"]["number"]}
    yield Finding("rules in force", book.currentVersion(**at), answer["inForce"])
    yield Finding("newest rules", book.latestVersion(**at), answer["items"][0]["version"])
    for told in answer["items"]:
        version = told["version"]
        what = f"rules {version}"
        fees = tuple(map(int, book.feeRules(version, **at)[0]))
        yield Finding(f"{what}: fees", fees, tuple(told["fees"].values()))
        disputes = (told["arbitrator"], told["rulingPeriod"], told["defaultPerformerBps"])
        yield Finding(f"{what}: disputes", tuple(book.disputeRules(version, **at)), disputes)
        jury = tuple(map(int, told["jury"].values()))
        yield Finding(f"{what}: jury", tuple(book.juryRules(version, **at)), jury)
        yield Finding(
            f"{what}: in force from", book.effectiveAt(version, **at), told["effectiveAt"]
        )


def _members(stage: Stage, service: Service) -> Iterator[Finding]:
    reputation = stage.deployment.reputation
    answer = service.get("/members", limit=100)
    at = {"block_identifier": answer["asOf"]["number"]}
    total = 0
    for told in answer["items"]:
        account, name = told["account"], _name(told["account"])
        units = int(told["balance"]["units"])
        total += units
        yield Finding(f"{name}: units", int(reputation.unitsOf(account, **at)), units)
        points = int(reputation.pointsOf(account, **at))
        yield Finding(f"{name}: points", points, int(told["balance"]["points"]))
        votes = int(reputation.getVotes(account, **at))
        yield Finding(f"{name}: votes", votes, int(told["votes"]["units"]))
    yield Finding("units of all members", int(reputation.totalUnits(**at)), total)


def _credits(stage: Stage, service: Service) -> Iterator[Finding]:
    """What the Escrow owes in each asset, and the Court in coin."""
    escrow, court = stage.deployment.escrow, stage.deployment.court
    answer = service.get("/credits", limit=100)
    at = {"block_identifier": answer["asOf"]["number"]}
    found = {
        (told["contract"], told["account"], told["amount"]["asset"]): int(told["amount"]["value"])
        for told in answer["items"]
    }
    assets = stage.deployment.assets(stage.parameters)
    accounts = {escrow.treasury(**at): "the treasury"}
    accounts |= {person.address: person.title for person in Person}
    for account, name in accounts.items():
        owed = int(court.creditOf(account, **at))
        told = found.get((court.address, account, ZERO_ADDRESS), 0)
        if owed or told:
            yield Finding(f"credit of {name} at the Court", owed, told)
        for symbol, asset in assets.items():
            owed = int(escrow.creditOf(account, asset, **at))
            told = found.get((escrow.address, account, to_checksum_address(asset)), 0)
            if owed or told:
                yield Finding(f"credit of {name} in {symbol}", owed, told)


def _leaves(value: Any) -> Iterator[Any]:
    """The plain values of a decoded argument, in order."""
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list | tuple):
        yield value
        return
    for item in value:
        yield from _leaves(item)


def _name(address: str) -> str:
    return next((p.title for p in Person if p.address == address), address)
