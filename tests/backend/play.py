"""All that the story of the demo leaves out: every outcome, every table, every event."""

from __future__ import annotations

from typing import Any

from eth_utils.crypto import keccak

from backend.terms.offer import ZERO_ADDRESS, Tranche
from scripts.people import Person
from tests.backend.court_play import play_court
from tests.backend.market import BUYER, DAY, SELLER, Market, calldata
from tests.backend.review_play import play_labels, play_reviews

ALICE, BOB, CAROL, DAVE, ERIN = Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE, Person.ERIN
MARA, NOOR, OLU, RITA, GUS = Person.MARA, Person.NOOR, Person.OLU, Person.RITA, Person.GUS
FOR, ABSTAIN, IN_PARTS = 1, 2, 255
FEES = 1  # the type of proposal, and its bit
POINT = 10**6
HOUR = 3600
JURORS = 8  # the place of the number of jurors in the jury rules


def play_everything(market: Market) -> None:
    play_offers(market)
    play_tranches(market)
    play_calendar(market)
    play_budgets(market)
    play_credit(market)
    play_faults(market)
    restore_jury(market)
    play_court(market)
    play_reviews(market)
    play_labels(market)
    play_rules(market)
    play_votes(market)
    play_settings(market)


def play_offers(market: Market) -> None:
    """One ended by itself, all of one maker ended at once."""
    market.send(ALICE, "Escrow", "cancelOffer", market.offer().pack())
    market.send(DAVE, "Escrow", "cancelAllOffers")


def play_tranches(market: Market) -> None:
    """A trade of twenty tranches, so that every status is there, and one of three parties."""
    cut = [
        Tranche(BUYER, SELLER, BUYER, 10**15 + 7 * index, (index + 1) * HOUR * 48, DAY)
        for index in range(20)
    ]
    opened = market.open(market.offer(tranches=cut), BOB)
    arbitrator, *_ = market.view("RuleBook", "disputeRules", 1)
    for index in (1, 2, 3, 4, 5, 6, 7):
        market.act(ALICE, "perform", opened, index)
    for index in (3, 4, 5, 6):
        market.act(BOB, "dispute", opened, index)
    market.act(BOB, "accept", opened, 1)
    market.act(arbitrator, "rule", opened, 3, 3_333)
    market.act(BOB, "accept", opened, 4)
    market.act(ALICE, "refund", opened, 8)
    market.act(ALICE, "refund", opened, 7)
    market.split(opened, 9, 1_234, ALICE, BOB)
    market.wait_until(market.now + 2 * DAY + 1)
    market.send(RITA, "Escrow", "expireBatch", [opened.call] * 3, [0, 2, 5])
    market.act(ALICE, "perform", opened, 10)
    market.act(ALICE, "perform", opened, 11)
    market.act(BOB, "dispute", opened, 11)

    bond = [Tranche(2, 1, 0, 10**16, DAY, HOUR), Tranche(2, 2, 1, 5, DAY, HOUR)]
    parties = (ALICE.address, BOB.address, ZERO_ADDRESS)
    three = market.offer(tranches=bond, parties=parties, fills=2)
    opened = market.open(three, CAROL, (ALICE, BOB))
    market.act(BOB, "perform", opened, 0)
    market.act(ALICE, "accept", opened, 0)
    market.act(CAROL, "perform", opened, 1)
    market.open(three, CAROL, (ALICE, BOB), fill=1)


def play_calendar(market: Market) -> None:
    """Trades with a start of their own: all that can be done before it, and one begun before."""
    cut = [Tranche(BUYER, SELLER, BUYER, 10**15 + index, 20 * DAY, DAY) for index in range(6)]
    opened = market.open(market.offer(tranches=cut, starts_in=10 * DAY), BOB)
    market.act(BOB, "accept", opened, 0)
    market.act(ALICE, "refund", opened, 1)
    market.split(opened, 2, 4_321, ALICE, BOB)
    market.act(ALICE, "perform", opened, 3)
    market.act(ALICE, "perform", opened, 4)
    market.act(BOB, "dispute", opened, 4)
    begun = market.open(market.offer(tranches=cut, starts_in=HOUR), CAROL)
    market.wait_until(market.now + DAY)
    market.act(ALICE, "perform", begun, 0)


def play_budgets(market: Market) -> None:
    """One that fills are taken of, and that is locked bit by bit; one that went back."""
    reward, bond = Tranche(0, 1, 0, 10**15, DAY, HOUR), Tranche(1, 1, 0, 7, DAY, HOUR)
    parties = (ALICE.address, ZERO_ADDRESS)
    pieces = {"tranches": (reward, bond), "parties": parties, "fills": 4, "sponsor": 1}
    kept, given_up = market.offer(**pieces), market.offer(**pieces)
    for offer, fills in ((kept, 2), (kept, 1), (given_up, 4)):
        value = fills * reward.amount
        market.send(ALICE, "Escrow", "lockBudget", offer.pack(), fills, value=value)
    for fill in (2, 0):
        opened = market.open(kept, CAROL, fill=fill)
        market.act(ALICE, "accept", opened, 0)
    market.open(given_up, DAVE)
    market.send(ALICE, "Escrow", "cancelOffer", given_up.pack())
    market.send(RITA, "Escrow", "unlockBudget", given_up.pack())


def play_credit(market: Market) -> None:
    """A payee that takes no coin is owed it; another's credit is paid out."""
    book = market.deployment.address("RuleBook")
    opened = market.open(buyer=book)
    market.act(ALICE, "refund", opened, 0)
    timelock = market.deployment.address("MarketTimelock")
    market.send(RITA, "Escrow", "withdraw", timelock, ZERO_ADDRESS, timelock)
    opened = market.open()
    market.act(BOB, "accept", opened, 0)


def play_faults(market: Market) -> None:
    """A member loses a part of its points, somebody without any owes; then more is earned."""
    arbitrator, *_ = market.view("RuleBook", "disputeRules", 1)
    escrow = market.deployment.address("Escrow")
    price = [Tranche(BUYER, SELLER, BUYER, 10**17, DAY, DAY)]
    ruled = []
    for performer_bps in (2_500, 10_000):
        opened = market.open(market.offer(tranches=price))
        market.act(ALICE, "perform", opened, 0)
        market.act(BOB, "dispute", opened, 0)
        market.act(arbitrator, "rule", opened, 0, performer_bps)
        ruled.append(opened.call)
    market.send(RITA, "Reputation", "claim", escrow, ruled)
    opened = market.open(market.offer(tranches=price))
    market.act(BOB, "accept", opened, 0)
    market.send(RITA, "Reputation", "claim", escrow, [opened.call])


def restore_jury(market: Market) -> None:
    """The jury rules of the first version, whatever the story has voted."""
    first = market.view("RuleBook", "juryRules", 1)
    if market.view("RuleBook", "juryRules", market.view("RuleBook", "latestVersion")) == first:
        return
    (told,) = market.by_timelock("RuleBook", "setJuryRules", first)
    event: Any = told.event
    market.wait_until(event.effective_at + 1)


def play_rules(market: Market) -> None:
    arbitrator, period, share = market.view("RuleBook", "disputeRules", 1)
    (fees,) = market.view("RuleBook", "feeRules", market.view("RuleBook", "latestVersion"))
    market.by_timelock("RuleBook", "setDisputeRules", (arbitrator, period + HOUR, share + 100))
    market.by_timelock("RuleBook", "setFeeRules", ([fee + 1 for fee in fees],))
    jury = list(market.view("RuleBook", "juryRules", 1))
    jury[JURORS] += 2
    market.by_timelock("RuleBook", "setJuryRules", jury)
    allowed, rate = market.view("RuleBook", "assetRule", ZERO_ADDRESS)
    market.by_timelock("RuleBook", "setAssetRule", ZERO_ADDRESS, (allowed, rate + 1))
    market.send(GUS, "RuleBook", "pauseOpening", HOUR)
    market.by_timelock("RuleBook", "resumeOpening")
    market.by_timelock("Reputation", "setEscrow", RITA.address, True)
    market.by_timelock("Reputation", "setEscrow", RITA.address, False)


def propose(market: Market, who: Person, description: bytes, delay: int) -> tuple[object, int]:
    """The timelock's delay is to be `delay` seconds; the id, and the deadline."""
    target = market.deployment.address("MarketTimelock")
    calls = ([target], [0], [calldata("MarketTimelock", "updateDelay", delay)])
    told = market.send(who, "MarketGovernor", "propose", *calls, description)
    event = told[0].event
    return (*calls, keccak(description)), event.proposal_id  # type: ignore[attr-defined]


def play_votes(market: Market) -> None:
    """In parts, with a reason, late, by a delegate; one executed, one cancelled, one not UTF-8."""
    market.send(OLU, "Reputation", "delegate", NOOR.address)
    market.mine()
    old = market.view("MarketTimelock", "getMinDelay")
    action, late = propose(
        market, MARA, b"<b>Slower</b>; \xff\xfe DROP TABLE proposals\0", old + 60
    )
    _, hopeless = propose(market, MARA, b"Slower still", old + 120)
    cancelled, _ = propose(market, NOOR, b"Never mind", old + 180)
    market.send(NOOR, "MarketGovernor", "cancel", *cancelled)
    market.wait_until(market.view("MarketGovernor", "proposalSnapshot", hopeless) + 1)
    parts = b"".join(votes.to_bytes(16, "big") for votes in (5, 7, 11))
    cast = "castVoteWithReasonAndParams"
    market.send(MARA, "MarketGovernor", cast, late, IN_PARTS, "in parts", parts)
    market.send(MARA, "MarketGovernor", cast, late, IN_PARTS, "again", parts)
    market.send(ALICE, "MarketGovernor", "castVoteWithReason", hopeless, ABSTAIN, "\0\u2028 hm")
    market.wait_until(market.view("MarketGovernor", "proposalDeadline", late) - 60)
    market.send(MARA, "MarketGovernor", "castVote", late, FOR)
    market.send(NOOR, "MarketGovernor", "castVote", late, FOR)
    market.wait_until(market.view("MarketGovernor", "proposalDeadline", late) + 1)
    market.send(RITA, "MarketGovernor", "queue", *action)
    market.wait_until(market.view("MarketGovernor", "proposalEta", late))
    market.send(RITA, "MarketGovernor", "execute", *action)
    again, waiting = propose(market, MARA, b"Slower again", old + 240)
    market.wait_until(market.view("MarketGovernor", "proposalSnapshot", waiting) + 1)
    for member in (MARA, NOOR):
        market.send(member, "MarketGovernor", "castVote", waiting, FOR)
    market.wait_until(market.view("MarketGovernor", "proposalDeadline", waiting) + 1)
    market.send(RITA, "MarketGovernor", "queue", *again)
    market.send(GUS, "MarketGovernor", "cancel", *again)


def play_settings(market: Market) -> None:
    """By votes that are skipped here: the timelock calls through a proposal of its own."""
    changes = (
        ("setVotingDelay", "votingDelay", 1),
        ("setVotingPeriod", "votingPeriod", 60),
        ("setProposalThreshold", "proposalThresholdPoints", POINT),
        ("setLateQuorumVoteExtension", "lateQuorumVoteExtension", 60),
    )
    governor = market.deployment.address("MarketGovernor")
    data = [
        calldata("MarketGovernor", setter, market.view("MarketGovernor", getter) + step)
        for setter, getter, step in changes
    ]
    data.append(calldata("MarketGovernor", "dismissGuardian"))
    targets = [governor] * len(data)
    quorum, approval, delay = market.view("ProposalTypes", "termsOf", FEES, 0)
    targets.append(market.deployment.address("ProposalTypes"))
    data.append(calldata("ProposalTypes", "setTerms", FEES, (quorum + 1, approval + 2, delay + 3)))
    calls = (targets, [0] * len(data), data)
    told = market.send(MARA, "MarketGovernor", "propose", *calls, "New settings")
    proposal = told[0].event.proposal_id  # type: ignore[attr-defined]
    market.wait_until(market.view("MarketGovernor", "proposalSnapshot", proposal) + 1)
    for member in (MARA, NOOR):
        market.send(member, "MarketGovernor", "castVote", proposal, FOR)
    market.wait_until(market.view("MarketGovernor", "proposalDeadline", proposal) + 1)
    action = (*calls, keccak(text="New settings"))
    market.send(RITA, "MarketGovernor", "queue", *action)
    market.wait_until(market.view("MarketGovernor", "proposalEta", proposal))
    market.send(RITA, "MarketGovernor", "execute", *action)
