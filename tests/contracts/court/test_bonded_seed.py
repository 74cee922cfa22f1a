"""Whole cases with jurors drawn by a real BondedSeed: everybody does its duty, somebody does not,
nobody does. What the logs say is derived anew each time.
"""

from dataclasses import replace

import pytest
from brownie import chain, web3

from scripts.recompute import Addresses, Replay, read
from tests.contracts.court.conftest import LISTED
from tests.contracts.court.giving import BOND, COMMIT_PERIOD, DEPTH, GIVERS, REVEAL_PERIOD, Round
from tests.contracts.court.world import (
    CHECKER,
    CLOSED,
    COMMIT,
    DECLINED,
    EVIDENCE,
    FEE,
    JURY,
    MISSING,
    NO_PANEL,
    PERFORMER,
    SEATED,
    SLASH,
    STAKE,
)
from tests.contracts.escrow.market import DEFAULTED
from tests.contracts.expect import event, reverts, until


@pytest.fixture
def seated(room, elsewhere, BondedSeed):
    """A room whose court draws by a BondedSeed of the same pool."""
    deployer, timelock = room.people["deployer"].account, room.people["timelock"].account
    treasury = room.people["treasury"].address
    setup = (room.pool, treasury, GIVERS, BOND, COMMIT_PERIOD, REVEAL_PERIOD, DEPTH)
    seeds = deployer.deploy(BondedSeed, setup)
    room.pool.setCaller(seeds, LISTED, {"from": timelock})
    return elsewhere(seeds)


@pytest.fixture
def dispute(seated):
    """A case in its evidence period, whose round of seeds has begun."""
    made = seated.dispute()
    made.to_evidence()
    return made


def logs_of(room):
    url = str(web3.provider.endpoint_uri)
    return read(url, Addresses.of_court(url, room.court.address))


def replay(room, logs):
    made = Replay(chain.id, room.court.address, room.randomness.address)
    return made, made.run(logs)


def agrees(room):
    """What the logs say is what they must say; how often each kind was compared."""
    made, differences = replay(room, logs_of(room))
    assert differences == []
    return made.checked


def vote(dispute, *choices):
    """From the drawn panel to the ruling."""
    dispute.past()
    assert dispute.status == COMMIT
    for seat, bps in enumerate(choices):
        dispute.commit(seat, bps)
    for seat, bps in enumerate(choices):
        dispute.reveal(seat, bps)


def end(dispute, rounds):
    """To the last coin."""
    dispute.past()
    dispute.execute()
    for round_ in rounds:
        dispute.settle(round_, 0)
    assert dispute.status == CLOSED


def held(room):
    """What court and pool hold beyond what they owe."""
    owed = sum(room.credit(one) for one in room.people.values())
    stakes = sum(room.stake(one)[0] + room.pool.creditOf(one.address) for one in room.jurors)
    treasury = room.pool.creditOf(room.people["treasury"].address)
    return room.court.balance() - owed, room.pool.balance() - stakes - treasury


def test_a_whole_case_with_an_appeal(seated, dispute):
    first = Round.of(dispute)
    with reverts("Court_NoSeed", first.number):
        dispute.draw()
    first.run()
    dispute.draw()
    assert [seat["state"] for seat in dispute.panel()[1]] == [SEATED] * 3
    vote(dispute, 2_000, 2_100, 2_200)
    dispute.appeal(PERFORMER)

    second = Round.of(dispute)
    assert second.number == first.number + 1
    second.run()
    dispute.draw()
    vote(dispute, *[2_000] * 7)
    end(dispute, rounds=(0, 1))
    assert all(seated.stake(juror) == (STAKE, 0) for juror in seated.jurors)
    checked = agrees(seated)
    assert checked["RoundOpened"] == checked["SeedSet"] == 2
    assert checked["SecretRevealed"] == 2 * GIVERS
    assert checked["JurorDrawn"] == 2 * (3 + 7)  # juror and seat of each
    dispute.claim(0, CHECKER, dispute.checker)  # the ruling did not move: the defender won
    assert held(seated) == (0, 0)


def test_two_cases_share_a_round(seated, dispute):
    other = seated.dispute()
    other.to_evidence()
    assert Round.of(other) == Round.of(dispute)
    Round.of(dispute).run()
    for one in (dispute, other):
        one.draw()
    checked = agrees(seated)
    assert (checked["SeedSet"], checked["JurorDrawn"]) == (1, 2 * (3 + 3))


def test_a_seed_giver_who_does_not_reveal_J9(seated, dispute):
    """The seed comes without its secret, when its time is over; its bond is lost."""
    seeds = Round.of(dispute)
    aborting = seeds.givers[2]
    seeds.commit(0, 1, 2)
    seeds.reveal(0, 1)
    with reverts("Court_NoSeed", seeds.number):
        dispute.draw()
    with reverts("BondedSeed_NotDue", seeds.number, seeds.state["deadline"]):
        seeds.seeds.finish(seeds.number, {"from": seated.stranger})
    seeds.finish()
    assert dispute.status == EVIDENCE
    assert seated.stake(aborting) == (STAKE - BOND, 0)
    assert seated.pool.creditOf(seated.people["treasury"].address) == BOND

    dispute.draw()
    vote(dispute, 5_000, 5_000, 5_000)
    end(dispute, rounds=(0,))
    checked = agrees(seated)
    assert (checked["SecretCommitted"], checked["SecretRevealed"]) == (3, 2)
    assert held(seated) == (0, 0)


def test_a_seed_giver_who_does_not_commit_J9(seated, dispute):
    """Those who did their duty get its bond."""
    seeds = Round.of(dispute)
    silent, *others = (seeds.givers[seat] for seat in (1, 0, 2))
    seeds.commit(0, 2)
    seeds.close()
    seeds.reveal(0, 2)
    assert seated.stake(silent) == (STAKE - BOND, 0)
    assert [seated.stake(one) for one in others] == [(STAKE + BOND // 2, 0)] * 2
    dispute.draw()
    vote(dispute, 5_000, 5_000, 5_000)
    end(dispute, rounds=(0,))
    assert agrees(seated)["SecretRevealed"] == 2


def test_no_seed_giver_does_anything_J9(seated, dispute):
    """The target's hash alone is the seed; the case goes on."""
    seeds = Round.of(dispute)
    seeds.close()
    seeds.settle_target()
    seeds.seeds.finish(seeds.number, {"from": seated.stranger})
    assert seeds.seed != 0
    dispute.draw()
    assert dispute.panel()[0]["seated"] == 3
    vote(dispute, 10_000, 10_000, 10_000)
    end(dispute, rounds=(0,))
    checked = agrees(seated)
    assert (checked["TargetMixed"], checked["SecretRevealed"]) == (1, 0)
    assert seated.pool.creditOf(seated.people["treasury"].address) == GIVERS * BOND
    assert held(seated) == (0, 0)


def test_nobody_finishes_a_round_J6(seated, dispute):
    """Twice no panel in time: the Escrow's default holds, and both have their deposit."""
    for attempt in (0, 1):
        until(dispute.deadline + JURY.commit_period + 1)
        moved = dispute.advance()
        failed = event(moved, "PanelFailed")
        assert (failed["attempt"], failed["state"]) == (attempt, MISSING)
    assert dispute.case["decision"] == NO_PANEL
    executed = dispute.execute()
    assert event(executed, "CaseClosed")["how"] == DECLINED
    assert seated.market.status(dispute.opened) == DEFAULTED
    assert seated.credit(dispute.performer) == seated.credit(dispute.checker) == FEE
    assert agrees(seated)["PanelFailed"] == 4


def test_a_giver_may_sit_on_the_panel(seated, dispute):
    """Bond and seat are locked side by side, and come free one by one."""
    seeds = Round.of(dispute)
    seeds.commit(0, 1, 2)
    seeds.reveal(0, 1)
    assert {seated.stake(giver)[1] for giver in seeds.givers} == {0, BOND}
    seeds.finish()
    dispute.draw()
    locked = sum(seated.stake(juror)[1] for juror in seated.jurors)
    assert locked == 3 * JURY.seat_stake > 3 * SLASH


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("SeedSet", {"seed": 7}),
        ("SecretRevealed", {"secret": bytes(31) + b"\7"}),
        ("SecretCommitted", {"commitment": bytes(32)}),
        ("TargetMixed", {"blockHash": bytes(32)}),
        ("RoundOpened", {"base": 7}),
    ],
)
def test_forged_log_of_a_seed(seated, dispute, name, changed):
    Round.of(dispute).run()
    dispute.draw()
    logs = logs_of(seated)
    assert replay(seated, logs)[1] == []
    number = next(n for n, log in enumerate(logs) if log.name == name)
    forged = replace(logs[number], values=logs[number].values | changed)
    assert replay(seated, [*logs[:number], forged, *logs[number + 1 :]])[1]
