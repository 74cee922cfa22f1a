"""New jury rules: who may set them, within which limits, and from when on they hold."""

from dataclasses import fields

import pytest

from tests.contracts.expect import DAY, event, plain, reverts, until, word
from tests.contracts.rulebook.conftest import (
    HOUR,
    JURY,
    JURY_BOUNDS,
    JURY_NOTICE,
    PERIOD,
    SHARE,
    with_fee,
    with_jury,
)
from tests.model.jury_rules import JuryRules

# The name in the contract and the name in Python of each field.
FIELDS = list(zip(JURY_BOUNDS, (one.name for one in fields(JuryRules)), strict=True))
EACH = pytest.mark.parametrize(("name", "attribute"), FIELDS, ids=JURY_BOUNDS)


@pytest.fixture
def set_jury(book, people):
    return lambda **changed: book.setJuryRules(with_jury(**changed), {"from": people.timelock})


def test_set_jury_rules_takes_effect_after_the_longest_notice(book, set_jury):
    receipt = set_jury(jurors=3)
    effective_at = receipt.timestamp + JURY_NOTICE
    assert receipt.return_value == 2
    assert (book.latestVersion(), book.currentVersion()) == (2, 1)
    assert book.effectiveAt(2) == effective_at
    assert plain(book.juryRules(2)) == with_jury(jurors=3)
    assert plain(book.juryRules(1)) == with_jury()
    until(effective_at - 1)
    assert book.currentVersion() == 1
    until(effective_at)
    assert book.currentVersion() == 2


@EACH
def test_set_jury_rules_gives_the_notice_of_any_field(RuleBook, people, setup, name, attribute):
    """Whichever of them changes."""
    limits = (*JURY_BOUNDS[name][:3], 20 * DAY)
    book = people.deployer.deploy(RuleBook, setup(**{f"{name}_bounds": limits}))
    receipt = book.setJuryRules(with_jury(jurors=3), {"from": people.timelock})
    assert book.effectiveAt(2) == receipt.timestamp + 20 * DAY


def test_set_jury_rules_keeps_all_other_rules(book, people, set_jury):
    book.setFeeRules(with_fee(1, 120), {"from": people.timelock})
    book.setDisputeRules((people.stranger, PERIOD + 1, SHARE), {"from": people.timelock})
    set_jury(jurors=3)
    assert plain(book.feeRules(4)) == with_fee(1, 120)
    assert plain(book.disputeRules(4)) == (people.stranger.address, PERIOD + 1, SHARE)


def test_set_jury_rules_tells_of_old_and_new(set_jury):
    receipt = set_jury(jurors=3, slash_bps=2_500)
    assert event(receipt, "JuryRulesSet") == {
        "version": 2,
        "effectiveAt": receipt.timestamp + JURY_NOTICE,
        "oldRules": with_jury(),
        "newRules": with_jury(jurors=3, slash_bps=2_500),
    }


@EACH
@pytest.mark.parametrize("direction", [1, -1])
def test_set_jury_rules_changes_any_field_by_a_whole_step(
    book, set_jury, name, attribute, direction
):
    new = getattr(JURY, attribute) + direction * JURY_BOUNDS[name][2]
    set_jury(**{attribute: new})
    assert plain(book.juryRules(2)) == with_jury(**{attribute: new})


@EACH
@pytest.mark.parametrize("direction", [1, -1])
def test_set_jury_rules_refuses_more_than_a_step(set_jury, name, attribute, direction):
    low, high, step, _ = JURY_BOUNDS[name]
    old = getattr(JURY, attribute)
    new = old + direction * (step + 1)
    if new < low:  # the one appeal: there is one step to go down, but two to go up
        assert (name, low) == ("maxAppeals", 0)
        set_jury(max_appeals=0)
        old, new = 0, step + 1
    assert low <= new <= high
    with reverts("RuleBook_StepTooLarge", word(name), old, new, step):
        set_jury(**{attribute: new})


@EACH
def test_set_jury_rules_refuses_what_is_out_of_bounds(set_jury, name, attribute):
    low, high = JURY_BOUNDS[name][:2]
    for value in (low - 1, high + 1) if low else (high + 1,):
        with reverts("RuleBook_OutOfBounds", word(name), value, low, high):
            set_jury(**{attribute: value})


def test_set_jury_rules_measures_the_step_from_the_newest_version(book, set_jury):
    set_jury(slash_bps=3_000)
    with reverts("RuleBook_StepTooLarge", word("slashBps"), 3_000, 1_999, 1_000):
        set_jury(slash_bps=1_999)
    set_jury(slash_bps=4_000)
    assert plain(book.juryRules(3)) == with_jury(slash_bps=4_000)


@pytest.mark.parametrize("jurors", [4, 6])
def test_set_jury_rules_refuses_an_even_jury(set_jury, jurors):
    with reverts("RuleBook_EvenJury", jurors):
        set_jury(jurors=jurors)


def test_set_jury_rules_limits_the_last_panel(book, set_jury):
    """7, 15 and 31 jurors; from there, neither one more nor one appeal more."""
    set_jury(jurors=7, max_appeals=2)
    with reverts("RuleBook_PanelTooLarge", 39, 31):
        set_jury(jurors=9, max_appeals=2)
    with reverts("RuleBook_PanelTooLarge", 63, 31):
        set_jury(jurors=7, max_appeals=3)
    assert plain(book.juryRules(2))[8:10] == (7, 2)


def test_set_jury_rules_fits_the_longest_case_into_the_ruling_period(book, people, set_jury):
    set_jury(max_appeals=2)
    longest = 2 * 12 * HOUR + 4 * 32 * HOUR + 3 * DAY
    book.setDisputeRules((people.arbitrator, longest, SHARE), {"from": people.timelock})
    with reverts("RuleBook_RulingPeriodTooShort", longest, longest + 2):
        set_jury(max_appeals=2, deposit_period=12 * HOUR + 1)
    set_jury(max_appeals=2, deposit_period=12 * HOUR - 1)


def test_set_jury_rules_counts_every_period_of_the_longest_case(RuleBook, people, setup):
    """With no second to spare, each period but one has none to give."""
    book = people.deployer.deploy(
        RuleBook, setup(disputes=(people.arbitrator, JURY.longest_case(), SHARE))
    )
    seconds = {  # by which a case grows with each
        "deposit_period": 2,
        "evidence_period": 3,
        "commit_period": 6,
        "reveal_period": 3,
        "appeal_period": 2,
    }
    for attribute, more in seconds.items():
        new = {attribute: getattr(JURY, attribute) + 1}
        with reverts("RuleBook_RulingPeriodTooShort", 7 * DAY, 7 * DAY + more):
            book.setJuryRules(with_jury(**new), {"from": people.timelock})
    book.setJuryRules(with_jury(conflict_period=61 * DAY), {"from": people.timelock})


def test_set_jury_rules_grows_after_the_ruling_period_and_shrinks_before_it(book, people, set_jury):
    """As one proposal may: each call leaves a version that is sound in itself."""
    sender = {"from": people.timelock}
    longer = {
        "deposit_period": 18 * HOUR,
        "evidence_period": 14 * HOUR,
        "commit_period": 11 * HOUR,
        "reveal_period": 13 * HOUR,
        "appeal_period": 35 * HOUR,
        "max_appeals": 2,
    }
    needed = (2 * 18 + 4 * (14 + 2 * 11 + 13) + 3 * 35) * HOUR
    assert needed > PERIOD
    with reverts("RuleBook_RulingPeriodTooShort", PERIOD, needed):
        set_jury(**longer)
    book.setDisputeRules((people.arbitrator, needed, SHARE), sender)
    set_jury(**longer)

    with reverts("RuleBook_RulingPeriodTooShort", PERIOD, needed):
        book.setDisputeRules((people.arbitrator, PERIOD, SHARE), sender)
    set_jury()
    book.setDisputeRules((people.arbitrator, PERIOD, SHARE), sender)
    assert plain(book.juryRules(5)) == with_jury()


def test_set_jury_rules_refuses_the_newest_rules_again(set_jury):
    with reverts("RuleBook_NothingChanged"):
        set_jury()


@pytest.mark.parametrize("caller", ["deployer", "guardian", "arbitrator", "stranger"])
def test_set_jury_rules_is_for_the_timelock(book, people, caller):
    account = getattr(people, caller)
    with reverts("RuleBook_NotTimelock", account):
        book.setJuryRules(with_jury(jurors=3), {"from": account})


def test_set_jury_rules_counts_towards_the_pending_versions(book, people, set_jury):
    for fee in (101, 102, 103, 104):
        book.setFeeRules(with_fee(1, fee), {"from": people.timelock})
    with reverts("RuleBook_TooManyPending", 4):
        set_jury(jurors=3)
