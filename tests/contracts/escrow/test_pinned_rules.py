"""A vote never changes an open trade

├── fees: a trade pays the fee under which it was opened, a new one the new fee
├── disputes: arbitrator, ruling period and default split are those under which it was opened
│   └── an arbitrator that is dead, refuses or calls back: the default split, or one ruling
├── assets: one that is no longer allowed is paid out as before
└── pause: nothing is opened, everything else goes on
"""

import pytest
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.actions import (
    accept,
    advance,
    dispute,
    expire,
    in_status,
    perform,
    rule,
)
from tests.contracts.escrow.market import (
    ACCEPTED,
    AMOUNT,
    DAY,
    DEFAULTED,
    DISPUTED,
    FEE,
    FEES,
    FINAL,
    HOUR,
    OPEN,
    PERFORMED,
    RULED,
    RULING_PERIOD,
)
from tests.contracts.expect import reverts

NOTICE = HOUR


@pytest.fixture
def vote(market, people):
    """What the timelock does after a vote; with the notice passed unless told not to wait."""

    def carry_out(function, *args, wait=True):
        receipt = function(*args, {"from": people["timelock"].account})
        if wait:
            market.mine_at(market.now + NOTICE)
        return receipt

    return carry_out


def dispute_rules(market, **changed):
    rules = {
        "arbitrator": market.people["arbitrator"].address,
        "period": RULING_PERIOD,
        "share": 3_000,
    }
    return tuple((rules | changed).values())


@pytest.mark.parametrize("fee", [0, 100, 1_000])
def test_fee_of_an_open_trade_E11(market, vote, asset, fee):
    old = market.open(asset=asset)
    vote(market.rules.setFeeRules, ((fee,) * 10,))
    new = market.open(asset=asset, max_fee_bps=1_000)
    assert (old.trade.pin.fee_bps, old.trade.pin.rules_version) == (FEE, 1)
    assert (new.trade.pin.fee_bps, new.trade.pin.rules_version) == (fee, 2)
    for opened, charged in ((old, 25_000), (new, AMOUNT * fee // 10_000)):
        receipt = accept(market, opened)
        market.assert_closed(
            opened,
            receipt,
            ACCEPTED,
            performer=AMOUNT - charged,
            checker=0,
            fee=charged,
            asset=asset,
        )


@pytest.mark.parametrize("second", [-1, 0])
def test_fee_around_the_end_of_the_notice_E11_E13(market, vote, second):
    receipt = vote(market.rules.setFeeRules, ((100, *FEES[1:]),), wait=False)
    market.next_at(receipt.timestamp + NOTICE + second)
    opened = market.open()
    assert opened.trade.pin.fee_bps == (100 if second == 0 else FEE)
    assert opened.trade.pin.rules_version == (2 if second == 0 else 1)


def test_offer_signed_before_the_fee_rose_E11(market, vote):
    """The maker accepted so much and no more."""
    offer = market.offer()
    vote(market.rules.setFeeRules, ((FEE + 1, *FEES[1:]),))
    with reverts("Escrow_FeeTooHigh", FEE + 1, FEE):
        market.open(offer=offer)


@pytest.mark.parametrize("status", [OPEN, PERFORMED, DISPUTED])
def test_ruling_period_and_default_of_an_open_trade_E11(market, vote, status):
    """Even if the dispute comes after the vote."""
    opened = in_status(market, status)
    vote(market.rules.setDisputeRules, dispute_rules(market, period=DAY, share=10_000))
    if status == OPEN:
        perform(market, opened)
    if status in (OPEN, PERFORMED):
        dispute(market, opened)
    disputed_at = market.now if status != DISPUTED else market.now - NOTICE - 1
    outcome, due_at, *_ = market.escrow.nextDefault(opened.packed)[0]
    assert outcome == DEFAULTED
    assert abs(due_at - (disputed_at + RULING_PERIOD)) <= 1
    market.next_at(due_at)
    with reverts("Escrow_NotDue", HexBytes(opened.id), 0, due_at):
        expire(market, opened)
    receipt = expire_after(market, opened, due_at)
    market.assert_closed(opened, receipt, DEFAULTED, performer=292_500, checker=700_003, fee=7_500)


def expire_after(market, opened, due_at):
    market.next_at(due_at + 1)
    return expire(market, opened)


def test_arbitrator_of_an_open_trade_E25_E11(market, vote, people):
    """The one swapped in rules on trades opened since; the one swapped out on the others."""
    old = in_status(market, DISPUTED)
    vote(market.rules.setDisputeRules, dispute_rules(market, arbitrator=people["guest"].address))
    new = in_status(market, DISPUTED)
    for opened, stranger in ((old, "guest"), (new, "arbitrator")):
        with reverts("Escrow_NotArbitrator", people[stranger]):
            market.escrow.rule(opened.packed, 0, 0, {"from": people[stranger].account})
    rule(market, old)
    market.escrow.rule(new.packed, 0, 5_000, {"from": people["guest"].account})
    assert market.status(old) == market.status(new) == RULED


def test_arbitrator_cannot_be_chosen_by_the_caller_E25(market, vote, people):
    """Naming a trade under other rules is naming another trade."""
    old = in_status(market, DISPUTED)
    vote(market.rules.setDisputeRules, dispute_rules(market, arbitrator=people["guest"].address))
    with reverts("Escrow_UnknownTrade", HexBytes(old.id)):
        market.escrow.rule(old.altered(rules_version=2), 0, 0, {"from": people["guest"].account})


def test_dead_arbitrator_E25(market, vote):
    """One that never rules, because nobody has its key or it has no code: the default split."""
    vote(market.rules.setDisputeRules, dispute_rules(market, arbitrator="0x" + "de" * 20))
    opened = in_status(market, DISPUTED)
    receipt = expire_after(market, opened, market.now + RULING_PERIOD)
    market.assert_closed(opened, receipt, DEFAULTED, performer=292_500, checker=700_003, fee=7_500)


def test_arbitrator_that_calls_back_E25_E1(market, vote, StubPayee, people):
    """A ruling that pays the arbitrator's own contract, which rules once more."""
    contract = people["deployer"].account.deploy(StubPayee, people["seller"].address)
    vote(market.rules.setDisputeRules, dispute_rules(market, arbitrator=contract.address))
    offer = market.offer(parties=(contract, None))
    opened = market.opened(offer, market.take(offer, market.sign(offer)))
    owner = {"from": market.seller.account}
    contract.execute(market.escrow, 0, market.escrow.perform.encode_input(opened.packed, 0), owner)
    market.escrow.dispute(opened.packed, 0, {"from": market.buyer.account})
    data = market.escrow.rule.encode_input(opened.packed, 0, 10_000)
    contract.setCall(market.escrow, data, owner)
    receipt = contract.execute(market.escrow, 0, data, owner)
    assert receipt.events["Reacted"]["success"] is False
    market.assert_closed(opened, receipt, RULED, performer=975_003, checker=0, fee=25_000)


@pytest.mark.parametrize("status", FINAL)
def test_closing_in_an_asset_no_longer_allowed_E11(market, vote, asset, status):
    opened = market.open(asset=asset)
    vote(market.rules.setAssetRule, asset, (False, 10**6))
    with reverts("RuleBook_AssetNotAllowed", asset):
        market.open(asset=asset)
    advance(market, opened, status)
    assert market.status(opened) == status


@pytest.fixture
def paused(market, people):
    def pause():
        market.rules.pauseOpening(14 * DAY, {"from": people["guardian"].account})
        return market.now + 14 * DAY

    return pause


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_opening_around_the_end_of_a_pause_E13(market, paused, second):
    offer = market.offer()
    until = paused()
    market.next_at(until + second)
    if second == 1:
        market.open(offer=offer)
        return
    with reverts("RuleBook_OpeningIsPaused", until):
        market.open(offer=offer)


@pytest.mark.parametrize("status", FINAL)
def test_closing_while_paused(market, paused, asset, status):
    opened = market.open(asset=asset)
    paused()
    advance(market, opened, status)
    assert market.status(opened) == status


def test_cancelling_and_withdrawing_while_paused(market, paused, people):
    accept(market, market.open())
    offer = market.offer()
    paused()
    market.escrow.cancelOffer(offer.pack(), {"from": market.seller.account})
    market.escrow.cancelAllOffers({"from": market.seller.account})
    treasury = people["treasury"]
    sender = {"from": treasury.account}
    market.escrow.withdraw(treasury.address, ZERO_ADDRESS, treasury.address, sender)


def test_nobody_above_the_parties_touches_an_open_trade_E25(market, people):
    """Neither timelock nor guardian, treasury, deployer, nor the arbitrator without a dispute."""
    opened = in_status(market, PERFORMED)
    for name in ("timelock", "guardian", "treasury", "deployer", "arbitrator"):
        sender = {"from": people[name].account}
        with reverts("Escrow_NotChecker", people[name]):
            market.escrow.accept(opened.packed, 0, sender)
        with reverts("Escrow_NotPerformer", people[name]):
            market.escrow.refund(opened.packed, 0, sender)
    with reverts("Escrow_WrongStatus", HexBytes(opened.id), 0, PERFORMED):
        rule(market, opened)
