"""The pause of opening: who may start it, how long it lasts, and that it ends by itself."""

import pytest

from tests.contracts.expect import DAY, ZERO, event, next_at, now, plain, reverts, until
from tests.contracts.rulebook.conftest import MAX_PAUSE


@pytest.fixture
def pause(book, people):
    return lambda who, duration: book.pauseOpening(duration, {"from": getattr(people, who)})


@pytest.fixture
def resume(book, people):
    return lambda: book.resumeOpening({"from": people.timelock})


@pytest.mark.parametrize("who", ["timelock", "guardian"])
def test_pause_opening_lasts_up_to_its_last_second(book, people, pause, who):
    receipt = pause(who, DAY)
    end = receipt.timestamp + DAY
    assert book.pausedUntil() == end
    assert event(receipt, "OpeningPaused") == {"by": getattr(people, who).address, "until": end}
    for time in (end - 1, end):
        until(time)
        with reverts("RuleBook_OpeningIsPaused", end):
            book.quote(1, ZERO)
    until(end + 1)
    assert plain(book.quote(1, ZERO)) == (1, 100)


@pytest.mark.parametrize("who", ["timelock", "guardian"])
def test_pause_opening_takes_no_more_than_the_longest(pause, who):
    for duration in (MAX_PAUSE + 1, 2**40 - 1):
        with reverts("RuleBook_PauseTooLong", duration, MAX_PAUSE):
            pause(who, duration)
    pause(who, MAX_PAUSE)


def test_pause_opening_of_zero_lasts_one_second(book, pause):
    end = pause("timelock", 0).timestamp
    assert book.pausedUntil() == end
    until(end + 1)
    assert plain(book.quote(1, ZERO)) == (1, 100)


@pytest.mark.parametrize("who", ["deployer", "arbitrator", "stranger"])
def test_pause_opening_is_for_timelock_and_guardian(people, pause, who):
    with reverts("RuleBook_NotGuardian", getattr(people, who)):
        pause(who, DAY)


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_pause_opening_by_the_guardian_ends_with_its_time(book, people, pause, late):
    """D12."""
    next_at(book.guardianUntil() + late)
    if late <= 0:
        pause("guardian", DAY)
        return
    with reverts("RuleBook_NotGuardian", people.guardian):
        pause("guardian", DAY)


def test_pause_opening_by_the_timelock_outlives_the_guardian(book, pause):
    next_at(book.guardianUntil() + DAY)
    pause("timelock", DAY)


def test_pause_opening_can_be_renewed_by_the_timelock(book, pause):
    first = pause("timelock", MAX_PAUSE)
    next_at(first.timestamp + DAY)
    pause("timelock", MAX_PAUSE)
    assert book.pausedUntil() == first.timestamp + DAY + MAX_PAUSE == now() + MAX_PAUSE


@pytest.mark.parametrize("shorter", [0, 1, DAY])
def test_pause_opening_refuses_to_end_no_later(pause, shorter):
    start = pause("timelock", 2 * DAY).timestamp
    next_at(start + DAY)
    with reverts("RuleBook_NothingChanged"):
        pause("timelock", DAY - shorter)


@pytest.mark.parametrize("who", ["timelock", "guardian"])
@pytest.mark.parametrize("late", [-1, 0, 1])
def test_pause_opening_by_the_guardian_waits_after_any_pause(pause, who, late):
    """The guardian alone cannot hold the market shut."""
    end = pause(who, DAY).timestamp + DAY
    next_at(end + MAX_PAUSE + late)
    if late > 0:
        pause("guardian", DAY)
        return
    with reverts("RuleBook_GuardianMustWait", end + MAX_PAUSE):
        pause("guardian", DAY)


def test_pause_opening_by_the_guardian_is_not_renewed(pause):
    end = pause("guardian", DAY).timestamp + DAY
    with reverts("RuleBook_GuardianMustWait", end + MAX_PAUSE):
        pause("guardian", MAX_PAUSE)


def test_pause_opening_by_the_timelock_needs_no_wait(book, pause):
    pause("guardian", DAY)
    pause("timelock", MAX_PAUSE)
    assert book.pausedUntil() == now() + MAX_PAUSE


def test_resume_opening_works_within_the_same_second(book, people, pause, resume):
    start = pause("guardian", DAY).timestamp
    next_at(start + 60)
    receipt = resume()
    assert book.pausedUntil() == start + 59
    assert plain(book.quote(1, ZERO)) == (1, 100)
    assert event(receipt, "OpeningResumed") == {"by": people.timelock.address}


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_resume_opening_needs_a_pause(pause, resume, late):
    end = pause("timelock", DAY).timestamp + DAY
    next_at(end + late)
    if late <= 0:
        resume()
        return
    with reverts("RuleBook_NotPaused"):
        resume()


def test_resume_opening_refuses_before_any_pause(resume):
    with reverts("RuleBook_NotPaused"):
        resume()


@pytest.mark.parametrize("who", ["deployer", "guardian", "arbitrator", "stranger"])
def test_resume_opening_is_for_the_timelock(book, people, pause, who):
    pause("guardian", DAY)
    account = getattr(people, who)
    with reverts("RuleBook_NotTimelock", account):
        book.resumeOpening({"from": account})


def test_resume_opening_starts_the_wait_of_the_guardian(pause, resume):
    start = pause("guardian", DAY).timestamp
    next_at(start + 60)
    resume()
    next_at(start + 59 + MAX_PAUSE)
    with reverts("RuleBook_GuardianMustWait", start + 59 + MAX_PAUSE):
        pause("guardian", DAY)
    next_at(start + 60 + MAX_PAUSE)
    pause("guardian", DAY)
