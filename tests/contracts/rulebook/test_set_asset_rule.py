"""Assets: which may be traded, what they earn, and that the past is kept."""

import pytest

from tests.contracts.expect import DAY, ZERO, event, next_at, plain, reverts, until, word
from tests.contracts.rulebook.conftest import RATE_NOTICE, RATES, TOKEN, UNKNOWN

RATE = RATES[TOKEN][1]
STEP = RATE // 5  # 2,000 basis points
FORBIDDEN, NEVER = (False, RATE), (False, 0)


@pytest.fixture
def set_asset(book, people):
    return lambda asset, rule: book.setAssetRule(asset, rule, {"from": people.timelock})


@pytest.mark.parametrize("asset", [ZERO, TOKEN], ids=["coin", "token"])
def test_set_asset_rule_forbids_after_the_notice(book, set_asset, asset):
    rule = (False, RATES[asset][1])
    effective_at = set_asset(asset, rule).timestamp + RATE_NOTICE
    until(effective_at - 1)
    assert plain(book.assetRule(asset)) == RATES[asset]
    assert plain(book.quote(1, asset))[0] == 1
    for time in (effective_at, effective_at + 1):
        until(time)
        assert plain(book.assetRule(asset)) == rule
        with reverts("RuleBook_AssetNotAllowed", asset.lower()):
            book.quote(1, asset)


@pytest.mark.parametrize("asset", [ZERO, TOKEN], ids=["coin", "token"])
def test_set_asset_rule_allows_again_after_the_notice(book, set_asset, asset):
    rate = RATES[asset][1]
    effective_at = set_asset(asset, (False, rate)).timestamp + RATE_NOTICE
    next_at(effective_at)
    allowed_at = set_asset(asset, (True, rate)).timestamp + RATE_NOTICE
    until(allowed_at - 1)
    with reverts("RuleBook_AssetNotAllowed", asset.lower()):
        book.quote(1, asset)
    until(allowed_at)
    assert plain(book.quote(1, asset)) == (1, 100)


@pytest.mark.parametrize("rate", [10**6, 10**24], ids=["smallest", "largest"])
def test_set_asset_rule_lists_a_new_asset_at_any_rate(book, set_asset, rate):
    effective_at = set_asset(UNKNOWN, (True, rate)).timestamp + RATE_NOTICE
    until(effective_at - 1)
    assert plain(book.assetRule(UNKNOWN)) == NEVER
    with reverts("RuleBook_AssetNotAllowed", UNKNOWN.lower()):
        book.quote(1, UNKNOWN)
    until(effective_at)
    assert plain(book.assetRule(UNKNOWN)) == (True, rate)
    assert plain(book.quote(1, UNKNOWN)) == (1, 100)


@pytest.mark.parametrize("asset", [TOKEN, UNKNOWN], ids=["listed", "new"])
@pytest.mark.parametrize("rate", [0, 10**6 - 1, 10**24 + 1, 2**96 - 1])
def test_set_asset_rule_refuses_a_rate_out_of_bounds(set_asset, asset, rate):
    with reverts("RuleBook_OutOfBounds", word("rate"), rate, 10**6, 10**24):
        set_asset(asset, (True, rate))


@pytest.mark.parametrize("rate", [RATE + STEP, RATE - STEP])
def test_set_asset_rule_changes_the_rate_by_a_whole_step(book, set_asset, rate):
    receipt = set_asset(TOKEN, (True, rate))
    assert plain(book.assetRuleAt(TOKEN, receipt.timestamp + RATE_NOTICE)) == (True, rate)


@pytest.mark.parametrize("rate", [RATE + STEP + 1, RATE - STEP - 1])
def test_set_asset_rule_refuses_more_than_a_step(set_asset, rate):
    with reverts("RuleBook_StepTooLarge", word("rate"), RATE, rate, STEP):
        set_asset(TOKEN, (True, rate))


def test_set_asset_rule_keeps_the_step_of_a_forbidden_asset(set_asset):
    next_at(set_asset(TOKEN, FORBIDDEN).timestamp + RATE_NOTICE)
    with reverts("RuleBook_StepTooLarge", word("rate"), RATE, 10**24, STEP):
        set_asset(TOKEN, (True, 10**24))


@pytest.mark.parametrize("asset", [ZERO, TOKEN], ids=["coin", "token"])
def test_set_asset_rule_refuses_a_second_pending_change(set_asset, asset):
    rate = RATES[asset][1]
    effective_at = set_asset(asset, (False, rate)).timestamp + RATE_NOTICE
    next_at(effective_at - 1)
    with reverts("RuleBook_AssetChangePending", asset.lower(), effective_at):
        set_asset(asset, (True, rate + 1))
    next_at(effective_at)
    set_asset(asset, (True, rate + 1))


def test_set_asset_rule_of_one_asset_leaves_the_others(book, set_asset):
    receipt = set_asset(ZERO, (False, RATES[ZERO][1]))
    set_asset(UNKNOWN, (True, RATE))
    until(receipt.timestamp + RATE_NOTICE)
    assert plain(book.assetRule(TOKEN)) == RATES[TOKEN]
    assert plain(book.quote(1, TOKEN)) == (1, 100)


def test_set_asset_rule_refuses_the_rule_in_force(set_asset):
    with reverts("RuleBook_NothingChanged"):
        set_asset(TOKEN, RATES[TOKEN])


@pytest.mark.parametrize("caller", ["deployer", "guardian", "arbitrator", "stranger"])
def test_set_asset_rule_is_for_the_timelock(book, people, caller):
    account = getattr(people, caller)
    with reverts("RuleBook_NotTimelock", account):
        book.setAssetRule(TOKEN, FORBIDDEN, {"from": account})


def test_set_asset_rule_tells_of_old_and_new(set_asset):
    receipt = set_asset(TOKEN, FORBIDDEN)
    assert event(receipt, "AssetRuleSet") == {
        "asset": TOKEN,
        "effectiveAt": receipt.timestamp + RATE_NOTICE,
        "oldRule": RATES[TOKEN],
        "newRule": FORBIDDEN,
    }


def test_asset_rule_at_remembers_every_rule(book, set_asset, start):
    """E11: what a trade earns is looked up at the time it was opened."""
    first = set_asset(TOKEN, (True, RATE + 1)).timestamp + RATE_NOTICE
    next_at(first + 3 * DAY)
    second = set_asset(TOKEN, FORBIDDEN).timestamp + RATE_NOTICE
    expected = {
        0: NEVER,
        start - 1: NEVER,
        start: RATES[TOKEN],
        first - 1: RATES[TOKEN],
        first: (True, RATE + 1),
        second - 1: (True, RATE + 1),
        second: FORBIDDEN,
        2**40 - 1: FORBIDDEN,
    }
    for time, rule in expected.items():
        assert plain(book.assetRuleAt(TOKEN, time)) == rule
    until(second)
    for time, rule in expected.items():
        assert plain(book.assetRuleAt(TOKEN, time)) == rule


def test_set_asset_rule_keeps_versions_and_pause(book, people, set_asset):
    book.pauseOpening(DAY, {"from": people.timelock})
    before = (book.latestVersion(), book.pausedUntil(), book.feeRules(1))
    set_asset(ZERO, (False, RATES[ZERO][1]))
    assert (book.latestVersion(), book.pausedUntil(), book.feeRules(1)) == before
