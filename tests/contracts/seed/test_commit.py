"""Commitments: by seed-givers, once, in time."""

import pytest

from tests.contracts.expect import event, next_at, plain, reverts
from tests.contracts.seed.conftest import (
    BOND,
    COMMITTING,
    DEPTH,
    NO_PHASE,
    REVEAL,
    REVEALING,
    UNIT,
)


def test_commitment_is_told(a_round, seeds):
    receipt = a_round.commit(1)
    assert event(receipt, "SecretCommitted") == {
        "round": 1,
        "giver": a_round.givers[1].address,
        "seat": 1,
        "commitment": a_round.commitment(1),
    }
    assert a_round.state["committed"] == 0b010
    given = seeds.commitmentOf(1, a_round.givers[1], a_round.secrets[1])
    assert bytes(given) == a_round.commitment(1)


def test_last_commitment_sets_the_target(a_round):
    receipt = a_round.commit_all()
    target = receipt.block_number + 1
    assert event(receipt, "TargetSet") == {
        "round": 1,
        "target": target,
        "revealFrom": target + DEPTH,
        "revealUntil": receipt.timestamp + REVEAL,
    }
    state = a_round.state
    assert (state["phase"], state["target"]) == (REVEALING, target)


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_commitment_around_the_deadline(a_round, seeds, late):
    next_at(a_round.until + late)
    if late <= 0:
        a_round.commit(0)
        return
    with reverts("BondedSeed_TooLate", 1, a_round.until):
        a_round.commit(0)


def test_commitment_by_who_has_not_the_seat_reverts(a_round, seeds, people):
    other = a_round.givers[1]
    for seat, sender in ((0, other), (0, people.stranger), (3, a_round.givers[0])):
        with reverts("BondedSeed_NotGiver", 1, seat, sender):
            seeds.commit(1, seat, b"\1" * 32, {"from": sender})


def test_commitment_twice_or_empty_reverts(a_round, seeds):
    with reverts("BondedSeed_BadCommitment", 1, 0):
        seeds.commit(1, 0, b"\0" * 32, {"from": a_round.givers[0]})
    a_round.commit(0)
    with reverts("BondedSeed_BadCommitment", 1, 0):
        a_round.commit(0)


def test_commitment_out_of_its_phase_reverts(a_round, seeds):
    with reverts("BondedSeed_WrongPhase", 2, NO_PHASE):
        seeds.commit(2, 0, b"\1" * 32, {"from": a_round.givers[0]})
    a_round.commit_all()
    with reverts("BondedSeed_WrongPhase", 1, REVEALING):
        a_round.commit(0)


def test_closing_before_the_deadline_reverts(a_round, seeds, people):
    a_round.commit(0)
    next_at(a_round.until)
    with reverts("BondedSeed_NotDue", 1, a_round.until):
        seeds.close(1, {"from": people.stranger})
    with reverts("BondedSeed_WrongPhase", 1, COMMITTING):
        seeds.finish(1, {"from": people.stranger})
    with reverts("BondedSeed_WrongPhase", 1, COMMITTING):
        seeds.mix(1, {"from": people.stranger})


def test_who_does_not_commit_pays_those_who_reveal(a_round, seeds, pool, people):
    a_round.commit(0, 2)
    receipt = a_round.close_late(people.stranger)
    silent = a_round.givers[1]
    assert event(receipt, "BondForfeited") == {
        "round": 1,
        "giver": silent.address,
        "seat": 1,
        "committed": False,
    }
    assert pool.stakeOf(silent)[0] == 10 * UNIT - BOND
    a_round.settle_target()
    a_round.reveal(2, 0)
    assert seeds.seedOf(1) == a_round.seed(0, 2)
    for seat in (0, 2):
        assert plain(pool.stakeOf(a_round.givers[seat]))[:2] == (10 * UNIT + BOND // 2, 0)
    assert pool.creditOf(people.treasury) == 0
    assert pool.slashedBy(seeds) == 0


def test_nobody_commits_and_the_target_alone_is_the_seed(a_round, seeds, pool, people):
    a_round.close_late(people.stranger)
    a_round.settle_target()
    seeds.finish(1, {"from": people.stranger})
    assert seeds.seedOf(1) == a_round.seed()
    assert pool.creditOf(people.treasury) == 3 * BOND
    assert pool.slashedBy(seeds) == 0
