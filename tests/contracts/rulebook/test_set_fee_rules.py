"""New fees: who may set them, within which limits, and from when on they hold."""

import pytest

from tests.contracts.expect import event, next_at, now, plain, reverts, until, word
from tests.contracts.rulebook.conftest import FEES, NOTICE, with_fee

KIND = 3  # its fee is 120


@pytest.fixture
def set_fees(book, people):
    return lambda rules: book.setFeeRules(rules, {"from": people.timelock})


def test_set_fee_rules_takes_effect_after_the_notice(book, set_fees):
    receipt = set_fees(with_fee(KIND, 150))
    effective_at = receipt.timestamp + NOTICE["feeBps"]
    assert receipt.return_value == 2
    assert (book.latestVersion(), book.currentVersion()) == (2, 1)
    assert book.effectiveAt(2) == effective_at
    assert plain(book.feeRules(2)) == with_fee(KIND, 150)
    assert plain(book.feeRules(1)) == (FEES,)

    until(effective_at - 1)
    assert book.currentVersion() == 1
    until(effective_at)
    assert book.currentVersion() == 2
    until(effective_at + 1)
    assert book.currentVersion() == 2


def test_set_fee_rules_keeps_all_other_rules(book, set_fees):
    set_fees(with_fee(KIND, 150))
    assert book.disputeRules(2) == book.disputeRules(1)
    assert book.juryRules(2) == book.juryRules(1)


def test_set_fee_rules_tells_of_old_and_new(set_fees):
    receipt = set_fees(with_fee(KIND, 150))
    assert event(receipt, "FeeRulesSet") == {
        "version": 2,
        "effectiveAt": receipt.timestamp + NOTICE["feeBps"],
        "oldRules": (FEES,),
        "newRules": with_fee(KIND, 150),
    }


@pytest.mark.parametrize("kind", range(1, 11))
def test_set_fee_rules_changes_any_kind_by_a_whole_step(book, set_fees, kind):
    old = FEES[kind - 1]
    set_fees(with_fee(kind, old + 50))
    set_fees(with_fee(kind, old))
    assert plain(book.feeRules(2)) == with_fee(kind, old + 50)
    assert plain(book.feeRules(3)) == (FEES,)


@pytest.mark.parametrize("kind", [1, 10])
@pytest.mark.parametrize("change", [51, -51])
def test_set_fee_rules_refuses_more_than_a_step(set_fees, kind, change):
    old = FEES[kind - 1]
    with reverts("RuleBook_StepTooLarge", word("feeBps"), old, old + change, 50):
        set_fees(with_fee(kind, old + change))


def test_set_fee_rules_measures_the_step_from_the_newest_version(book, set_fees):
    set_fees(with_fee(KIND, 170))
    with reverts("RuleBook_StepTooLarge", word("feeBps"), 170, 110, 50):
        set_fees(with_fee(KIND, 110))
    set_fees(with_fee(KIND, 220))
    assert plain(book.feeRules(3)) == with_fee(KIND, 220)


@pytest.mark.parametrize("fee", [9, 501])
def test_set_fee_rules_refuses_what_is_out_of_bounds(set_fees, fee):
    with reverts("RuleBook_OutOfBounds", word("feeBps"), fee, 10, 500):
        set_fees(with_fee(KIND, fee))


def test_set_fee_rules_refuses_the_newest_rules_again(set_fees):
    with reverts("RuleBook_NothingChanged"):
        set_fees((FEES,))


def test_set_fee_rules_refuses_what_is_pending_already(set_fees):
    set_fees(with_fee(KIND, 150))
    with reverts("RuleBook_NothingChanged"):
        set_fees(with_fee(KIND, 150))


@pytest.mark.parametrize("caller", ["deployer", "guardian", "arbitrator", "stranger"])
def test_set_fee_rules_is_for_the_timelock(book, people, caller):
    account = getattr(people, caller)
    with reverts("RuleBook_NotTimelock", account):
        book.setFeeRules(with_fee(KIND, 150), {"from": account})


def test_set_fee_rules_takes_no_fifth_pending_version(book, set_fees):
    first = set_fees(with_fee(KIND, 121)).timestamp + NOTICE["feeBps"]
    next_at(now() + 2)
    for fee in (122, 123, 124):
        set_fees(with_fee(KIND, fee))
    next_at(first - 1)
    with reverts("RuleBook_TooManyPending", 4):
        set_fees(with_fee(KIND, 125))
    next_at(first)
    set_fees(with_fee(KIND, 125))
    assert (book.latestVersion(), book.currentVersion()) == (6, 2)
    assert now() == first
