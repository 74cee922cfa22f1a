"""Versions follow one another, and what was in force never changes (E11)."""

import pytest

from tests.contracts.expect import DAY, ZERO, next_at, plain, reverts, until
from tests.contracts.rulebook.conftest import NOTICE, PERIOD, SHARE, with_fee, with_jury

FEE_WAIT = NOTICE["feeBps"]
DISPUTE_WAIT = NOTICE["rulingPeriod"]


@pytest.fixture
def write(people):
    return {"from": people.timelock}


@pytest.mark.parametrize("version", [0, 2, 2**32 - 1])
def test_versions_that_do_not_exist_are_unknown(book, version):
    for read in (book.effectiveAt, book.feeRules, book.disputeRules, book.juryRules):
        with reverts("RuleBook_UnknownVersion", version):
            read(version)


def test_versions_are_known_before_they_are_in_force(book, write):
    book.setFeeRules(with_fee(1, 120), write)
    assert plain(book.feeRules(2)) == with_fee(1, 120)


def test_a_version_never_overtakes_the_one_before(book, people, write, start):
    next_at(start + DAY)
    book.setDisputeRules((people.stranger, PERIOD, SHARE), write)
    next_at(start + 2 * DAY)
    book.setFeeRules(with_fee(1, 120), write)
    late = start + DAY + DISPUTE_WAIT
    assert start + 2 * DAY + FEE_WAIT < late
    assert book.effectiveAt(2) == book.effectiveAt(3) == late
    until(late - 1)
    assert book.currentVersion() == 1
    until(late)
    assert book.currentVersion() == 3


def test_a_version_has_its_own_notice_where_nothing_is_pending_for_longer(book, people, write):
    first = book.setFeeRules(with_fee(1, 120), write).timestamp
    second = book.setDisputeRules((people.stranger, PERIOD, SHARE), write).timestamp
    assert book.effectiveAt(2) == first + FEE_WAIT
    assert book.effectiveAt(3) == second + DISPUTE_WAIT


def test_four_pending_versions_come_into_force_one_by_one(book, write, start):
    fees = [100, 101, 102, 103, 104]
    for number, fee in enumerate(fees[1:], start=1):
        next_at(start + number * DAY)
        book.setFeeRules(with_fee(1, fee), write)
    for number, fee in enumerate(fees[1:], start=1):
        effective_at = start + number * DAY + FEE_WAIT
        until(effective_at - 1)
        assert plain(book.quote(1, ZERO)) == (number, fees[number - 1])
        assert book.currentVersion() == number
        until(effective_at)
        assert plain(book.quote(1, ZERO)) == (number + 1, fee)
        assert book.currentVersion() == number + 1


def test_a_vote_changes_no_version_that_a_trade_has_pinned(book, people, write):
    """E11."""
    before = (book.feeRules(1), book.disputeRules(1), book.juryRules(1), book.effectiveAt(1))
    book.setFeeRules(with_fee(1, 120), write)
    receipt = book.setDisputeRules((people.stranger, PERIOD - 1, SHARE), write)
    book.setJuryRules(with_jury(jurors=3), write)
    until(receipt.timestamp + 2 * DISPUTE_WAIT)
    assert book.currentVersion() == 4
    now = (book.feeRules(1), book.disputeRules(1), book.juryRules(1), book.effectiveAt(1))
    assert now == before
