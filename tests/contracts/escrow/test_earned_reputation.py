"""What trades of the real Escrow earn: its word is all the proof there is."""

from types import SimpleNamespace

import pytest

from tests.contracts.escrow.actions import accept, in_status, perform, rule
from tests.contracts.escrow.market import (
    ACCEPTED,
    DEFAULTED,
    DISPUTED,
    FEE,
    LAPSED,
    MISSED,
    OPEN,
    PERFORMED,
    REFUNDED,
    RULED,
    SPLIT,
    bond,
    goods,
)
from tests.contracts.expect import reverts
from tests.model.reputation import WEEK, index_after

AMOUNT = 40 * 10**18
RATE = 10**6  # of the fixture's assets
PRICE = AMOUNT * FEE // 10_000
POINTS = PRICE * RATE // 10**18 // 2  # for each side, where the performer has all
WIDE = (2**96 - 1, 2**96 - 1, 10_000)


@pytest.fixture(scope="module")
def reputation(Reputation, people, rules, escrow):
    deployer, timelock = people["deployer"].account, people["timelock"].address
    genesis = [[people["guest"].address], [10**6]]
    return deployer.deploy(Reputation, timelock, rules, WIDE, [escrow], *genesis)


@pytest.fixture
def claim(reputation, escrow, people):
    def send(*opened):
        sender = {"from": people["stranger"].account}
        return reputation.claim(escrow, [each.packed for each in opened], sender)

    return send


@pytest.fixture
def units(reputation, people):
    """What seller and buyer have."""
    return lambda: SimpleNamespace(
        seller=reputation.unitsOf(people["seller"].address),
        buyer=reputation.unitsOf(people["buyer"].address),
    )


@pytest.mark.parametrize("status", [ACCEPTED, LAPSED], ids=["accepted", "lapsed"])
def test_a_tranche_paid_in_full_earns_half_its_fee_for_each_side(
    market, claim, units, reputation, status
):
    opened = in_status(market, status, goods(AMOUNT))
    closed_at = int(market.escrow.tranchesOf(opened.packed)[1][0][1])
    claim(opened)
    expected = POINTS * index_after(closed_at - reputation.start())
    assert vars(units()) == {"seller": expected, "buyer": expected}


def test_a_split_earns_by_the_fee_of_the_performers_share(market, claim, units):
    claim(in_status(market, SPLIT, goods(AMOUNT)))
    expected = POINTS // 2 * index_after(0)
    assert vars(units()) == {"seller": expected, "buyer": expected}


@pytest.mark.parametrize(
    "status",
    [REFUNDED, MISSED, RULED, DEFAULTED],
    ids=["refunded", "missed", "ruled", "defaulted"],
)
def test_a_tranche_with_a_fault_or_without_a_fee_earns_nothing(market, claim, units, status):
    claim(in_status(market, status, goods(AMOUNT)))
    assert vars(units()) == {"seller": 0, "buyer": 0}


def test_a_deposit_earns_nothing(market, claim, units):
    claim(in_status(market, ACCEPTED, bond(AMOUNT)))
    assert vars(units()) == {"seller": 0, "buyer": 0}


@pytest.mark.parametrize(
    "status", [OPEN, PERFORMED, DISPUTED], ids=["open", "performed", "disputed"]
)
def test_a_trade_is_not_claimed_before_it_is_closed(market, claim, status):
    opened = in_status(market, status, goods(AMOUNT))
    with reverts("Reputation_NotClosed", opened.id):
        claim(opened)


def test_every_tranche_has_to_be_closed(market, claim, units):
    opened = in_status(market, ACCEPTED, goods(AMOUNT), goods(AMOUNT))
    with reverts("Reputation_NotClosed", opened.id):
        claim(opened)
    perform(market, opened, 1)
    accept(market, opened, 1)
    claim(opened)
    assert units().seller == 2 * POINTS * index_after(0)


def test_a_trade_earns_nothing_before_its_start(market, claim, units, reputation):
    """Its end would count from the start, when a vote is worth more units than now."""
    starts_at = market.now + 9 * WEEK
    opened = in_status(market, ACCEPTED, goods(AMOUNT), starts_at=starts_at)
    market.mine_at(starts_at - 2)
    with reverts("Reputation_NotClosed", opened.id):
        claim(opened)
    market.mine_at(starts_at)
    claim(opened)
    expected = POINTS * index_after(starts_at - reputation.start())
    assert vars(units()) == {"seller": expected, "buyer": expected}


def test_a_trade_is_claimed_once(market, claim, escrow):
    opened = in_status(market, ACCEPTED, goods(AMOUNT))
    claim(opened)
    with reverts("Reputation_AlreadyClaimed", escrow, opened.id):
        claim(opened)


@pytest.mark.parametrize("altered", ["asset", "parties", "opened_at", "fee_bps"])
def test_nobody_claims_with_other_facts(market, claim, people, token, reputation, escrow, altered):
    """E16: another asset's rate, other accounts, another time or fee."""
    opened = in_status(market, ACCEPTED, goods(AMOUNT))
    others = {
        "asset": token.address,
        "parties": (people["stranger"].address, people["buyer"].address),
        "opened_at": opened.opened_at + WEEK,
        "fee_bps": 1_000,
    }
    trade = opened.altered(**{altered: others[altered]})
    with pytest.raises(Exception, match="Escrow_UnknownTrade"):
        reputation.claim(escrow, [trade], {"from": people["stranger"].account})


def test_a_claim_costs_the_escrow_nothing(market, claim, escrow):
    """The claim is off the hot path: the Escrow is read, and not written."""
    opened = in_status(market, ACCEPTED, goods(AMOUNT))
    before = escrow.wordOf(opened.id)
    receipt = claim(opened)
    assert escrow.wordOf(opened.id) == before
    assert receipt.gas_used < 500_000


@pytest.fixture
def owed(reputation, people):
    """What seller and buyer owe: neither of them has anything."""
    return lambda: tuple(reputation.owedOf(people[who].address) for who in ("seller", "buyer"))


@pytest.mark.parametrize(
    ("bps", "seller", "buyer"), [(0, 1, 0), (2_500, 0.5, 0), (5_000, 0, 0), (10_000, 0, 1)]
)
def test_a_ruling_costs_the_side_at_fault_what_both_would_have_earned(
    market, claim, reputation, owed, bps, seller, buyer
):
    opened = in_status(market, DISPUTED, goods(AMOUNT))
    rule(market, opened, bps=bps)
    claim(opened)
    ruled_at = int(market.escrow.tranchesOf(opened.packed)[1][0][1])
    both = 2 * POINTS * index_after(ruled_at - reputation.start())
    assert owed() == (both * seller, both * buyer)


def test_a_ruling_on_a_deposit_costs_as_if_it_had_been_paid_for(market, claim, reputation, owed):
    """The buyer's deposit: its performer funded it, and would have paid no fee."""
    opened = in_status(market, DISPUTED, bond(AMOUNT))
    rule(market, opened, bps=10_000)
    claim(opened)
    assert owed() == (2 * POINTS * index_after(0), 0)


def test_only_the_tranche_that_was_ruled_on_costs(market, claim, units, owed):
    opened = in_status(market, DISPUTED, goods(AMOUNT), goods(3 * AMOUNT))
    rule(market, opened, bps=0)
    perform(market, opened, 1)
    accept(market, opened, 1)
    claim(opened)
    assert (units().seller, units().buyer) == (POINTS * index_after(0), 3 * POINTS * index_after(0))
    assert owed() == (0, 0)
