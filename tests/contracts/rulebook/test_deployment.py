"""What a rule book is deployed with, and what it refuses."""

import pytest

from tests.contracts.expect import DAY, ZERO, event, now, plain, reverts, word
from tests.contracts.rulebook.conftest import (
    ALL_BOUNDS,
    FEES,
    GUARDED,
    JURY,
    JURY_BOUNDS,
    MAX_PAUSE,
    PERIOD,
    RATES,
    SHARE,
    TOKEN,
    UNKNOWN,
    with_fee,
    with_jury,
)

PERIODS = [name for name in JURY_BOUNDS if name.endswith("Period")]
CEILINGS = {
    "feeBps": 1_000,
    "rulingPeriod": 365 * DAY,
    "defaultPerformerBps": 10_000,
    "rate": 2**96 - 1,
    "jurorFee": 2**96 - 1,
    "seatStake": 2**96 - 1,
    **dict.fromkeys(PERIODS, 365 * DAY),
    "jurors": 31,
    "maxAppeals": 4,
    "appealMultiplierBps": 50_000,
    "slashBps": 5_000,
    "coherenceBps": 10_000,
}
OF_96_BITS = ("rate", "jurorFee", "seatStake")  # nothing is above their ceiling


@pytest.fixture
def deploy(RuleBook, people, setup):
    return lambda **changed: people.deployer.deploy(RuleBook, setup(**changed))


def test_deployment_makes_version_1_effective_at_once(book, people, start):
    assert book.latestVersion() == book.currentVersion() == 1
    assert book.effectiveAt(1) == start
    assert plain(book.feeRules(1)) == (FEES,)
    assert plain(book.disputeRules(1)) == (people.arbitrator.address, PERIOD, SHARE)
    assert plain(book.juryRules(1)) == with_jury()
    for asset, rule in RATES.items():
        assert plain(book.assetRule(asset)) == rule
    assert plain(book.assetRule(UNKNOWN)) == (False, 0)


def test_deployment_fixes_what_no_vote_changes(book, people, start):
    assert book.timelock() == people.timelock
    assert book.guardian() == people.guardian
    assert book.guardianUntil() <= start + GUARDED
    assert book.maxPause() == MAX_PAUSE
    assert book.pausedUntil() == 0
    for name, bounds in ALL_BOUNDS.items():
        assert plain(book.boundsOf(word(name))) == bounds
    assert plain(book.boundsOf(word("other"))) == (0, 0, 0, 0)


def test_deployment_tells_of_the_first_rules(book, people, start):
    assert event(book.tx, "FeeRulesSet") == {
        "version": 1,
        "effectiveAt": start,
        "oldRules": ((0,) * 10,),
        "newRules": (FEES,),
    }
    assert event(book.tx, "DisputeRulesSet") == {
        "version": 1,
        "effectiveAt": start,
        "oldRules": (ZERO, 0, 0),
        "newRules": (people.arbitrator.address, PERIOD, SHARE),
    }
    assert event(book.tx, "JuryRulesSet") == {
        "version": 1,
        "effectiveAt": start,
        "oldRules": (0,) * 13,
        "newRules": with_jury(),
    }
    assert [plain(dict(found)) for found in book.tx.events["AssetRuleSet"]] == [
        {"asset": asset, "effectiveAt": start, "oldRule": (False, 0), "newRule": rule}
        for asset, rule in RATES.items()
    ]


def test_deployment_without_a_guardian(deploy):
    assert deploy(guardian=ZERO, guardian_until=0).guardian() == ZERO


def test_deployment_refuses_a_zero_timelock(deploy):
    with reverts("RuleBook_ZeroAddress"):
        deploy(timelock=ZERO)


def test_deployment_refuses_a_zero_arbitrator(deploy):
    with reverts("RuleBook_ZeroAddress"):
        deploy(disputes=(ZERO, PERIOD, SHARE))


@pytest.mark.parametrize("pause", [0, 30 * DAY + 1])
def test_deployment_refuses_a_bad_longest_pause(deploy, pause):
    with reverts("RuleBook_BadBounds", word("maxPause")):
        deploy(max_pause=pause)


def test_deployment_limits_the_guardian_to_730_days(deploy, chain):
    at = now() + 10
    chain.mine(timestamp=at)
    with reverts("RuleBook_BadBounds", word("guardianUntil")):
        deploy(guardian_until=at + 730 * DAY + 10)
    deploy(guardian_until=now() + 730 * DAY)


@pytest.mark.parametrize("name", ALL_BOUNDS)
def test_deployment_takes_bounds_up_to_the_ceiling(deploy, name):
    low, _, step, notice = ALL_BOUNDS[name]
    deploy(**{f"{name}_bounds": (low, CEILINGS[name], step, notice)})


@pytest.mark.parametrize("name", sorted(ALL_BOUNDS.keys() - set(OF_96_BITS)))
def test_deployment_refuses_bounds_above_the_ceiling(deploy, name):
    low, _, step, notice = ALL_BOUNDS[name]
    with reverts("RuleBook_BadBounds", word(name)):
        deploy(**{f"{name}_bounds": (low, CEILINGS[name] + 1, step, notice)})


@pytest.mark.parametrize("name", ALL_BOUNDS)
def test_deployment_refuses_a_smallest_above_the_largest(deploy, name):
    _, high, step, notice = ALL_BOUNDS[name]
    with reverts("RuleBook_BadBounds", word(name)):
        deploy(**{f"{name}_bounds": (high + 1, high, step, notice)})


@pytest.mark.parametrize("name", ALL_BOUNDS)
def test_deployment_refuses_a_step_of_zero(deploy, name):
    low, high, _, notice = ALL_BOUNDS[name]
    with reverts("RuleBook_BadBounds", word(name)):
        deploy(**{f"{name}_bounds": (low, high, 0, notice)})


def test_deployment_takes_a_number_that_never_changes(deploy):
    deploy(rulingPeriod_bounds=(PERIOD, PERIOD, 0, DAY))


@pytest.mark.parametrize("name", ALL_BOUNDS)
@pytest.mark.parametrize("notice", [0, 365 * DAY + 1])
def test_deployment_refuses_a_bad_notice(deploy, name, notice):
    low, high, step, _ = ALL_BOUNDS[name]
    with reverts("RuleBook_BadBounds", word(name)):
        deploy(**{f"{name}_bounds": (low, high, step, notice)})


@pytest.mark.parametrize(
    "name", ["rulingPeriod", "rate", "jurorFee", "seatStake", *PERIODS, "jurors"]
)
def test_deployment_refuses_a_smallest_of_zero(deploy, name):
    _, high, step, notice = ALL_BOUNDS[name]
    with reverts("RuleBook_BadBounds", word(name)):
        deploy(**{f"{name}_bounds": (0, high, step, notice)})


def test_deployment_lets_no_appeal_be_paid_for_in_part(deploy):
    _, high, step, notice = JURY_BOUNDS["appealMultiplierBps"]
    with reverts("RuleBook_BadBounds", word("appealMultiplierBps")):
        deploy(appealMultiplierBps_bounds=(9_999, high, step, notice))
    deploy(appealMultiplierBps_bounds=(10_000, high, step, notice))


def test_deployment_refuses_a_jury_that_could_never_change(deploy):
    """From one odd number to the next it is two."""
    with reverts("RuleBook_BadBounds", word("jurors")):
        deploy(jurors_bounds=(1, 9, 1, DAY))
    deploy(jurors_bounds=(5, 5, 0, DAY))


def test_deployment_refuses_a_rate_that_could_never_change(deploy):
    with reverts("RuleBook_BadBounds", word("rate")):
        deploy(rate_bounds=(4, 10**24, 2_000, DAY))
    deploy(rate_bounds=(5, 10**24, 2_000, DAY))


@pytest.mark.parametrize(("fee", "sane"), [(9, False), (10, True), (500, True), (501, False)])
@pytest.mark.parametrize("kind", [1, 10])
def test_deployment_checks_every_fee(deploy, kind, fee, sane):
    if sane:
        book = deploy(fees=with_fee(kind, fee))
        assert plain(book.feeRules(1)) == with_fee(kind, fee)
        return
    with reverts("RuleBook_OutOfBounds", word("feeBps"), fee, 10, 500):
        deploy(fees=with_fee(kind, fee))


@pytest.mark.parametrize("period", [DAY - 1, 30 * DAY + 1])
def test_deployment_checks_the_ruling_period(deploy, people, period):
    with reverts("RuleBook_OutOfBounds", word("rulingPeriod"), period, DAY, 30 * DAY):
        deploy(disputes=(people.arbitrator, period, SHARE))


@pytest.mark.parametrize("share", [1_999, 8_001])
def test_deployment_checks_the_default_split(deploy, people, share):
    with reverts("RuleBook_OutOfBounds", word("defaultPerformerBps"), share, 2_000, 8_000):
        deploy(disputes=(people.arbitrator, PERIOD, share))


@pytest.mark.parametrize("name", JURY_BOUNDS)
def test_deployment_checks_every_number_of_the_jury(deploy, name):
    place = list(JURY_BOUNDS).index(name)
    low, high = JURY_BOUNDS[name][:2]
    for value in (low - 1, high + 1) if low else (high + 1,):
        rules = (*with_jury()[:place], value, *with_jury()[place + 1 :])
        with reverts("RuleBook_OutOfBounds", word(name), value, low, high):
            deploy(jury=rules)


def test_deployment_checks_the_jury_as_a_whole(deploy):
    with reverts("RuleBook_EvenJury", 4):
        deploy(jury=with_jury(jurors=4))
    with reverts("RuleBook_PanelTooLarge", 47, 31):
        deploy(jury=with_jury(max_appeals=3))


def test_deployment_needs_time_for_the_longest_case(deploy, people):
    longest = JURY.longest_case()
    assert longest == 7 * DAY  # 1 to deposit, 3 rounds of 32 hours, 2 appeals of 1
    with reverts("RuleBook_RulingPeriodTooShort", longest - 1, longest):
        deploy(disputes=(people.arbitrator, longest - 1, SHARE))
    deploy(disputes=(people.arbitrator, longest, SHARE))


@pytest.mark.parametrize("rate", [10**6 - 1, 10**24 + 1])
def test_deployment_checks_every_rate(deploy, rate):
    with reverts("RuleBook_OutOfBounds", word("rate"), rate, 10**6, 10**24):
        deploy(asset_rules=[(True, 10**9), (True, rate)])


def test_deployment_refuses_assets_without_rules(deploy):
    with reverts("RuleBook_LengthMismatch", 2, 1):
        deploy(asset_rules=[(True, 10**9)])


def test_deployment_refuses_an_asset_listed_twice_alike(deploy):
    with reverts("RuleBook_NothingChanged"):
        deploy(assets=[TOKEN, TOKEN], asset_rules=[(True, 10**9), (True, 10**9)])
