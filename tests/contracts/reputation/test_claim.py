"""What closed trades earn, to whom, and only once."""

import brownie
import pytest

from tests.contracts.expect import DAY, ZERO, event, next_at, now, plain, reverts, until
from tests.contracts.reputation.conftest import INDEX, POINT, WEEK, Tranche
from tests.contracts.rulebook.conftest import RATE_NOTICE, RATES, TOKEN
from tests.model.reputation import (
    ACCEPTED,
    DEFAULTED,
    LAPSED,
    MISSED,
    REFUNDED,
    RULED,
    SPLIT,
    index_after,
)

OPEN = 1


def test_claim_gives_half_to_the_performer_and_half_to_the_funder(
    reputation, people, market, claim, start
):
    claim(market.trade(Tranche("dave", "erin", start, fee=2 * POINT)))
    for name in ("dave", "erin"):
        account = getattr(people, name)
        assert reputation.pointsOf(account) == POINT
        assert reputation.unitsOf(account) == POINT * INDEX
        assert reputation.getVotes(account) == POINT * INDEX
    assert reputation.totalUnits() == 1_002 * POINT * INDEX


def test_claim_tells_what_was_earned_and_minted(people, escrow, market, claim, start):
    trade = market.trade(Tranche("dave", "erin", start, fee=2 * POINT))
    receipt = claim(trade)
    assert event(receipt, "TradeClaimed") == {"escrow": escrow.address, "tradeId": trade[3]}
    both = [people.dave.address, people.erin.address]
    assert [plain(dict(found)) for found in receipt.events["ReputationEarned"]] == [
        {
            "account": account,
            "counterparty": counterparty,
            "tradeId": trade[3],
            "escrow": escrow.address,
            "tranche": 0,
            "points": POINT,
            "units": POINT * INDEX,
        }
        for account, counterparty in (both, both[::-1])
    ]
    assert [plain(dict(found)) for found in receipt.events["ReputationMinted"]] == [
        {"account": account, "units": POINT * INDEX, "held": 0} for account in both
    ]


@pytest.mark.parametrize("status", [ACCEPTED, LAPSED, SPLIT])
def test_claim_counts_tranches_closed_without_fault(market, claim, units, start, status):
    claim(market.trade(Tranche("dave", "erin", start, status=status)))
    assert units("dave") == units("erin") == POINT * INDEX


@pytest.mark.parametrize("status", [REFUNDED, MISSED, RULED, DEFAULTED])
def test_claim_counts_no_other_tranches(reputation, escrow, market, claim, start, status):
    trade = market.trade(Tranche("dave", "erin", start, status=status))
    receipt = claim(trade)
    assert "ReputationEarned" not in receipt.events
    assert reputation.isClaimed(escrow, trade[3])


@pytest.mark.parametrize("status", range(4))
@pytest.mark.parametrize("place", [0, 1])
def test_claim_needs_every_tranche_to_be_final(
    reputation, escrow, market, claim, start, status, place
):
    tranches = [Tranche("dave", "erin", start)] * 2
    tranches[place] = Tranche("dave", "erin", start, status=status)
    trade = market.trade(*tranches)
    with reverts("Reputation_NotClosed", trade[3]):
        claim(trade)
    assert not reputation.isClaimed(escrow, trade[3])


def test_claim_refuses_a_trade_claimed_before(escrow, market, claim, start):
    trade = market.trade(Tranche("dave", "erin", start))
    claim(trade)
    with reverts("Reputation_AlreadyClaimed", escrow, trade[3]):
        claim(trade)


def test_claim_passes_over_trades_claimed_before(reputation, escrow, market, claim, units, start):
    """Nobody stops a batch by claiming a part of it first."""
    first, second, third = (market.trade(Tranche("dave", "erin", start)) for _ in range(3))
    claim(second)
    receipt = claim(first, second, third)
    told = [plain(dict(found))["tradeId"] for found in receipt.events["TradeClaimed"]]
    assert told == [first[3], third[3]]
    assert units("dave") == units("erin") == 3 * POINT * INDEX
    assert all(reputation.isClaimed(escrow, trade[3]) for trade in (first, second, third))


def test_claim_passes_over_a_trade_twice_in_one_batch(market, claim, units, start):
    trade = market.trade(Tranche("dave", "erin", start))
    claim(trade, trade)
    assert units("dave") == units("erin") == POINT * INDEX


def test_claim_refuses_a_batch_in_which_nothing_is_left(escrow, market, claim, start):
    trades = [market.trade(Tranche("dave", "erin", start)) for _ in range(3)]
    claim(*trades)
    with reverts("Reputation_AlreadyClaimed", escrow, trades[1][3]):
        claim(trades[0], trades[1])


def test_claim_needs_all_that_is_left_to_be_final(reputation, escrow, market, claim, units, start):
    claimed, ripe = (market.trade(Tranche("dave", "erin", start)) for _ in range(2))
    still_open = market.trade(Tranche("dave", "erin", start, status=OPEN))
    claim(claimed)
    with reverts("Reputation_NotClosed", still_open[3]):
        claim(claimed, ripe, still_open)
    assert not reputation.isClaimed(escrow, ripe[3])
    assert units("dave") == POINT * INDEX


def test_claim_mints_once_to_each_account(people, market, claim, start):
    """However many tranches and trades of the batch it had a part in, on either side."""
    receipt = claim(
        market.trade(Tranche("dave", "erin", start), Tranche("erin", "dave", start)),
        market.trade(Tranche("carol", "dave", start, fee=6 * POINT)),
    )
    assert len(receipt.events["ReputationEarned"]) == 6
    minted = [("dave", 5), ("erin", 2), ("carol", 3)]
    assert [plain(dict(found)) for found in receipt.events["ReputationMinted"]] == [
        {"account": getattr(people, name).address, "units": points * POINT * INDEX, "held": 0}
        for name, points in minted
    ]
    assert len(receipt.events["DelegateVotesChanged"]) == 3


def test_claim_takes_a_batch(market, claim, units, start):
    claim(*(market.trade(Tranche("dave", name, start)) for name in ("erin", "carol", "bob")))
    assert units("dave") == 3 * POINT * INDEX
    assert units("erin") == units("carol") == units("bob") == POINT * INDEX


def test_claim_of_nothing_does_nothing(claim):
    assert len(claim().events) == 0


def test_claim_counts_each_tranche_by_itself(market, claim, units, start):
    """Rent and deposit, a bond, three parties: roles are those of the tranche."""
    claim(
        market.trade(
            Tranche("dave", "erin", start, fee=6 * POINT),
            Tranche("erin", "erin", start, fee=0),
            Tranche("carol", "erin", start, fee=4 * POINT),
            Tranche("dave", "erin", start, fee=8 * POINT, status=RULED),
        )
    )
    assert units("dave") == 3 * POINT * INDEX
    assert units("carol") == 2 * POINT * INDEX
    assert units("erin") == 5 * POINT * INDEX


def test_claim_counts_nothing_for_a_trade_with_oneself(market, claim, start):
    """E8, D10: no escrow should let it happen."""
    receipt = claim(market.trade(Tranche("dave", "dave", start)))
    assert "ReputationEarned" not in receipt.events


@pytest.mark.parametrize(("fee", "points"), [(0, 0), (1, 0), (2, 1), (3, 1), (5, 2)])
def test_claim_rounds_down(market, claim, units, start, fee, points):
    claim(market.trade(Tranche("dave", "erin", start, fee=fee)))
    assert units("dave") == units("erin") == points * INDEX


def test_claim_follows_the_rate_of_the_asset(market, claim, units, start):
    rate = RATES[ZERO][1]
    claim(market.trade(Tranche("dave", "erin", start, fee=10**16), asset=ZERO))
    assert units("dave") == 10**16 * rate // 10**18 // 2 * INDEX


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_claim_follows_the_rate_when_the_trade_was_opened(
    book, people, market, claim, units, start, late
):
    """E11: a vote changes nothing for an open trade."""
    doubled = book.setAssetRule(TOKEN, (False, RATES[TOKEN][1] * 6 // 5), {"from": people.timelock})
    changed_at = doubled.timestamp + RATE_NOTICE
    closed_at = changed_at + DAY
    until(closed_at)
    tranche = Tranche("dave", "erin", closed_at, fee=2 * POINT)
    claim(market.trade(tranche, opened_at=changed_at + late))
    points = POINT if late < 0 else POINT * 6 // 5
    assert units("dave") == points * index_after(closed_at - start)


def test_claim_counts_nothing_in_an_asset_not_listed_then(market, claim, start):
    trade = market.trade(Tranche("dave", "erin", start), opened_at=start - 365 * DAY)
    assert "ReputationEarned" not in claim(trade).events


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_claim_counts_nothing_closed_before_the_start(market, claim, units, start, late):
    trade = market.trade(Tranche("dave", "erin", start + late))
    next_at(start + 1)
    claim(trade)
    assert units("dave") == (0 if late < 0 else POINT * INDEX)


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_claim_uses_the_index_of_the_closing(market, claim, units, start, late):
    """D11: claiming later, here by half a year, changes nothing."""
    closed_at = start + 9 * WEEK + late
    next_at(closed_at + 26 * WEEK)
    claim(market.trade(Tranche("dave", "erin", closed_at)))
    assert units("dave") == POINT * index_after(9 * WEEK + late)


def test_claim_refuses_an_escrow_not_listed(reputation, people, market, start):
    trade = market.trade(Tranche("dave", "erin", start))
    with reverts("Reputation_EscrowNotListed", people.stranger):
        reputation.claim(people.stranger, [trade], {"from": people.stranger})


def test_claim_refuses_a_trade_unknown_to_the_escrow(claim, market, start):
    trade = market.trade(Tranche("dave", "erin", start))
    with reverts("StubEscrow_UnknownTrade", b"\1" * 32):
        claim((*trade[:3], b"\1" * 32, trade[4]))


def test_claim_leaves_an_escrow_no_way_back_in(reputation, people, escrow, market, claim, start):
    """E1, E2: the escrow is only read."""
    escrow.callBack(reputation, {"from": people.deployer})
    trade = market.trade(Tranche("dave", "erin", start))
    with brownie.reverts():
        claim(trade)
    assert not reputation.isClaimed(escrow, trade[3])


def test_claim_works_while_opening_is_paused(book, people, market, claim, units):
    book.pauseOpening(DAY, {"from": people.timelock})
    claim(market.trade(Tranche("dave", "erin", now())))
    assert units("dave") == POINT * INDEX
