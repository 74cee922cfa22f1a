"""New dispute rules: who may set them, within which limits, and from when on they hold."""

import pytest

from tests.contracts.expect import DAY, ZERO, event, plain, reverts, until, word
from tests.contracts.rulebook.conftest import JURY, NOTICE, PERIOD, SHARE, with_fee, with_jury

WAIT = max(NOTICE["rulingPeriod"], NOTICE["defaultPerformerBps"])


@pytest.fixture
def set_disputes(book, people):
    def send(arbitrator=people.arbitrator, period=PERIOD, share=SHARE):
        return book.setDisputeRules((arbitrator, period, share), {"from": people.timelock})

    return send


@pytest.mark.parametrize(
    "change", [{"period": PERIOD + 1}, {"share": SHARE - 1}], ids=["period", "share"]
)
def test_set_dispute_rules_takes_effect_after_the_longer_notice(book, set_disputes, change):
    receipt = set_disputes(**change)
    effective_at = receipt.timestamp + WAIT
    assert receipt.return_value == 2
    assert book.effectiveAt(2) == effective_at
    until(effective_at - 1)
    assert book.currentVersion() == 1
    until(effective_at)
    assert book.currentVersion() == 2


def test_set_dispute_rules_gives_the_same_notice_of_another_arbitrator(book, people, set_disputes):
    receipt = set_disputes(arbitrator=people.stranger)
    assert book.effectiveAt(2) == receipt.timestamp + WAIT
    assert plain(book.disputeRules(2)) == (people.stranger.address, PERIOD, SHARE)
    assert plain(book.disputeRules(1)) == (people.arbitrator.address, PERIOD, SHARE)


def test_set_dispute_rules_keeps_all_other_rules(book, set_disputes, people):
    book.setFeeRules(with_fee(1, 120), {"from": people.timelock})
    book.setJuryRules(with_jury(jurors=3), {"from": people.timelock})
    set_disputes(period=PERIOD + 1)
    assert plain(book.feeRules(4)) == with_fee(1, 120)
    assert plain(book.juryRules(4)) == with_jury(jurors=3)


def test_set_dispute_rules_leaves_time_for_the_longest_case(book, set_disputes):
    longest = JURY.longest_case()
    set_disputes(period=longest)
    with reverts("RuleBook_RulingPeriodTooShort", longest - 1, longest):
        set_disputes(period=longest - 1)
    assert plain(book.disputeRules(2))[1] == longest


def test_set_dispute_rules_tells_of_old_and_new(people, set_disputes):
    receipt = set_disputes(period=PERIOD + 1)
    assert event(receipt, "DisputeRulesSet") == {
        "version": 2,
        "effectiveAt": receipt.timestamp + WAIT,
        "oldRules": (people.arbitrator.address, PERIOD, SHARE),
        "newRules": (people.arbitrator.address, PERIOD + 1, SHARE),
    }


@pytest.mark.parametrize("change", [7 * DAY, -7 * DAY])
def test_set_dispute_rules_changes_the_period_by_a_whole_step(book, set_disputes, change):
    set_disputes(period=PERIOD + change)
    assert plain(book.disputeRules(2))[1] == PERIOD + change


@pytest.mark.parametrize("change", [7 * DAY + 1, -7 * DAY - 1])
def test_set_dispute_rules_refuses_more_than_a_step_of_the_period(set_disputes, change):
    values = (word("rulingPeriod"), PERIOD, PERIOD + change, 7 * DAY)
    with reverts("RuleBook_StepTooLarge", *values):
        set_disputes(period=PERIOD + change)


@pytest.mark.parametrize("share", [4_000, 6_000])
def test_set_dispute_rules_changes_the_share_by_a_whole_step(book, set_disputes, share):
    set_disputes(share=share)
    assert plain(book.disputeRules(2))[2] == share


@pytest.mark.parametrize("share", [3_999, 6_001])
def test_set_dispute_rules_refuses_more_than_a_step_of_the_share(set_disputes, share):
    with reverts("RuleBook_StepTooLarge", word("defaultPerformerBps"), SHARE, share, 1_000):
        set_disputes(share=share)


@pytest.mark.parametrize("period", [DAY - 1, 30 * DAY + 1, 2**40 - 1])
def test_set_dispute_rules_refuses_a_period_out_of_bounds(set_disputes, period):
    with reverts("RuleBook_OutOfBounds", word("rulingPeriod"), period, DAY, 30 * DAY):
        set_disputes(period=period)


@pytest.mark.parametrize("share", [1_999, 8_001, 2**16 - 1])
def test_set_dispute_rules_refuses_a_share_out_of_bounds(set_disputes, share):
    with reverts("RuleBook_OutOfBounds", word("defaultPerformerBps"), share, 2_000, 8_000):
        set_disputes(share=share)


def test_set_dispute_rules_refuses_a_zero_arbitrator(set_disputes):
    with reverts("RuleBook_ZeroAddress"):
        set_disputes(arbitrator=ZERO)


def test_set_dispute_rules_refuses_the_newest_rules_again(set_disputes):
    with reverts("RuleBook_NothingChanged"):
        set_disputes()


@pytest.mark.parametrize("caller", ["deployer", "guardian", "arbitrator", "stranger"])
def test_set_dispute_rules_is_for_the_timelock(book, people, caller):
    account = getattr(people, caller)
    with reverts("RuleBook_NotTimelock", account):
        book.setDisputeRules((people.stranger, PERIOD, SHARE), {"from": account})


def test_set_dispute_rules_counts_towards_the_pending_versions(book, people, set_disputes):
    for fee in (101, 102, 103, 104):
        book.setFeeRules(with_fee(1, fee), {"from": people.timelock})
    with reverts("RuleBook_TooManyPending", 4):
        set_disputes(period=PERIOD + 1)
