"""Reputation and votes: claim, propose, vote, queue, execute; and the fees to the treasury."""

from typing import Any

from eth_utils.crypto import keccak

from backend.terms.kinds import kind_name
from scripts.parameters import GOODS
from scripts.people import Person
from scripts.story.money import amount, percent, points
from scripts.story.signing import sign_vote
from scripts.story.stage import Stage, Told

AGAINST, FOR = 0, 1


def claim(stage: Stage, names: tuple[str, ...], who: Person) -> Told:
    """One batch for all parties of these trades."""
    market = stage.deployment
    trades = [stage.trades[name].calldata for name in names]
    receipt = stage.send(who, market.reputation.claim, market.escrow.address, trades)
    titles = {person.address: person.title for person in Person}
    earned: dict[str, int] = {}
    for told in stage.logs(market.reputation, "ReputationEarned", receipt):
        name = titles[told["account"]]
        earned[name] = earned.get(name, 0) + told["points"]
    for told in stage.logs(market.reputation, "ReputationForfeited", receipt):
        name = titles[told["account"]]
        earned[name] = earned.get(name, 0) - told["points"]
    parts = [f"{name} {points(sum_)}" for name, sum_ in earned.items()]
    return Told(who.title, f"reputation for {', '.join(names)}: {', '.join(parts)}", (receipt,))


def propose_fee(stage: Stage, who: Person, fee_bps: int) -> Told:
    """A proposal of one call: the fees in force, but for goods."""
    book = stage.deployment.rule_book
    fees = list(book.feeRules(book.latestVersion())[0])
    old, fees[GOODS - 1] = fees[GOODS - 1], fee_bps
    text = f"Lower the fee for {kind_name(GOODS)} from {percent(old)} to {percent(fee_bps)}"
    return _propose(stage, who, text, "FeeRules", (fees,))


def propose_jurors(stage: Stage, who: Person, jurors: int) -> Told:
    """A proposal of one call: the rules of juries in force, but for the size of the first."""
    book = stage.deployment.rule_book
    rules = book.juryRules(book.latestVersion()).dict()
    text = f"Raise the first jury from {rules['jurors']} to {jurors}"
    return _propose(stage, who, text, "JuryRules", tuple((rules | {"jurors": jurors}).values()))


def _propose(stage: Stage, who: Person, text: str, rules: str, values: tuple[Any, ...]) -> Told:
    """`rules` names a part of the rules: its setter has `set` before it, its event `Set` behind."""
    book = stage.deployment.rule_book
    call = getattr(book, f"set{rules}").encode_input(values)
    told = propose_calls(stage, who, text, [(book.address, call)])
    stage.proposal["rules"] = rules
    return told


def propose_calls(stage: Stage, who: Person, text: str, wanted: list[tuple[str, str]]) -> Told:
    """A proposal of these calls: target and calldata of each. Nobody else can propose it."""
    governor = stage.deployment.governor
    description = f"{text}#proposer={who.address.lower()}"
    targets, data = ([call[part] for call in wanted] for part in (0, 1))
    calls = (targets, [0] * len(wanted), data)
    receipt = stage.send(who, governor.propose, *calls, description)
    (told,) = stage.logs(governor, "ProposalCreated", receipt)
    proposal = {
        "id": told["proposalId"],
        "action": (*calls, keccak(text=description)),
        "snapshot": told["voteStart"],
        "deadline": told["voteEnd"],
        "description": description,
    }
    stage.proposals.append(proposal)
    return Told(who.title, f"proposed: {text}", (receipt,))


def wait_for_vote(stage: Stage) -> Told:
    """The clock moves past the snapshot, at which votes are weighed."""
    stage.wait_until(stage.proposal["snapshot"] + 1)
    return Told("time", "votes are weighed and the vote is open")


def vote(stage: Stage, who: Person, support: int) -> Told:
    """A vote by transaction."""
    governor = stage.deployment.governor
    receipt = stage.send(who, governor.castVote, stage.proposal["id"], support)
    return Told(who.title, _weighed(stage, who, support, receipt), (receipt,))


def relay_vote(stage: Stage, voter: Person, support: int, relayer: Person) -> Told:
    """A vote that one signed and another sends."""
    governor, proposal_id = stage.deployment.governor, stage.proposal["id"]
    signature = sign_vote(stage, voter, proposal_id, support)
    receipt = stage.send(
        relayer, governor.castVoteBySig, proposal_id, support, voter.address, signature
    )
    changed = _weighed(stage, voter, support, receipt)
    return Told(relayer.title, f"{changed}, signed and relayed", (receipt,))


def wait_for_result(stage: Stage) -> Told:
    """The clock moves past the deadline of the vote."""
    governor = stage.deployment.governor
    stage.wait_until(governor.proposalDeadline(stage.proposal["id"]) + 1)
    return Told("time", "the vote is over")


def queue(stage: Stage, who: Person) -> Told:
    """Anyone queues what was decided."""
    governor = stage.deployment.governor
    receipt = stage.send(who, governor.queue, *stage.proposal["action"])
    (told,) = stage.logs(governor, "ProposalQueued", receipt)
    stage.proposal["eta"] = told["etaSeconds"]
    return Told(who.title, "the proposal waits in the timelock", (receipt,))


def wait_for_timelock(stage: Stage) -> Told:
    """The clock moves to the eta."""
    stage.wait_until(stage.proposal["eta"])
    return Told("time", "the timelock's delay has passed")


def execute(stage: Stage, who: Person) -> Told:
    """Anyone executes what was queued."""
    book, governor = stage.deployment.rule_book, stage.deployment.governor
    receipt = stage.send(who, governor.execute, *stage.proposal["action"])
    (told,) = stage.logs(book, f"{stage.proposal['rules']}Set", receipt)
    stage.proposal["version"], stage.proposal["effective"] = told["version"], told["effectiveAt"]
    return Told(
        who.title, f"rules {told['version']} are made, in force after their notice", (receipt,)
    )


def wait_for_rules(stage: Stage) -> Told:
    """The clock moves to the first second of the new rules."""
    stage.wait_until(stage.proposal["effective"])
    return Told("time", f"rules {stage.proposal['version']} are in force")


def collect_fees(stage: Stage, symbol: str, who: Person) -> Told:
    """Anyone sends the fees that the Escrow owes the treasury."""
    escrow, asset = stage.deployment.escrow, stage.asset(symbol)
    treasury = escrow.treasury()
    receipt = stage.send(who, escrow.withdraw, treasury, asset, treasury)
    (told,) = stage.logs(escrow, "Withdrawn", receipt)
    return Told(who.title, f"the treasury got {amount(stage, asset, told['amount'])}", (receipt,))


def _weighed(stage: Stage, voter: Person, support: int, receipt: object) -> str:
    market = stage.deployment
    (told,) = stage.logs(market.governor, "VoteCast", receipt)
    index = market.reputation.indexAt(stage.proposal["snapshot"])
    side = "for" if support == FOR else "against"
    return f"{voter.title} votes {side} with {points(told['weight'] // index)}"
