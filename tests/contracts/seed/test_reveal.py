"""Secrets: shown after the target, by who committed to them, in time; and what they make."""

import pytest
from brownie import chain, web3

from tests.contracts.expect import event, next_at, plain, reverts
from tests.contracts.seed.conftest import (
    BOND,
    COMMITTING,
    DEPTH,
    DONE,
    REVEAL,
    REVEALING,
    UNIT,
    Round,
)


@pytest.fixture
def committed(a_round):
    """All have committed, and the target is deep enough."""
    a_round.commit_all()
    a_round.settle_target()
    return a_round


def test_seed_is_of_the_target_and_all_secrets(committed, seeds, pool):
    assert seeds.seedOf(1) == 0
    first = committed.reveal(1)
    target = committed.state["target"]
    assert event(first, "TargetMixed") == {
        "round": 1,
        "target": target,
        "blockHash": bytes(web3.eth.get_block(target)["hash"]),
    }
    assert event(first, "SecretRevealed") == {
        "round": 1,
        "giver": committed.givers[1].address,
        "seat": 1,
        "secret": committed.secrets[1],
    }
    assert plain(pool.stakeOf(committed.givers[1]))[:2] == (10 * UNIT, 0)
    last = committed.reveal(0, 2)
    expected = committed.seed(0, 1, 2)
    assert event(last, "SeedSet") == {"requestId": 1, "seed": expected}
    assert seeds.seedOf(1) == expected
    assert committed.state["phase"] == DONE
    assert pool.slashedBy(seeds) == 0


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_order_of_the_secrets_does_not_matter(committed, seeds, order):
    committed.reveal(*order)
    assert seeds.seedOf(1) == committed.seed(0, 1, 2)


@pytest.mark.parametrize("early", [0, 1])
def test_secret_before_the_target_is_deep_enough_reverts(a_round, seeds, early):
    a_round.commit_all()
    reveal_from = a_round.state["target"] + DEPTH
    while web3.eth.block_number + 1 < reveal_from - early:
        chain.mine(1)
    if early:
        with reverts("BondedSeed_TooEarly", 1, reveal_from):
            a_round.reveal(0)
    else:
        a_round.reveal(0)


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_secret_around_the_deadline(committed, late):
    deadline = committed.state["deadline"]
    next_at(deadline + late)
    if late <= 0:
        committed.reveal(0)
        return
    with reverts("BondedSeed_TooLate", 1, deadline):
        committed.reveal(0)


def test_another_secret_reverts(committed, seeds):
    giver, other = committed.givers[:2]
    for seat, secret, sender in (
        (0, b"\1" * 32, giver),
        (0, committed.secrets[0], other),
        (1, committed.secrets[0], giver),
        (7, committed.secrets[0], giver),
    ):
        with reverts("BondedSeed_BadSecret", 1, seat):
            seeds.reveal(1, seat, secret, {"from": sender})
    committed.reveal(0)
    with reverts("BondedSeed_BadSecret", 1, 0):
        committed.reveal(0)


def test_J1_copied_commitment_cannot_be_opened(a_round, seeds, pool, people):
    """The copy names another giver: not even the secret itself opens it, and the bond is lost."""
    a_round.commit(0)
    copy = a_round.commitment(0)
    copier = a_round.givers[1]
    seeds.commit(1, 1, copy, {"from": copier})
    a_round.commit(2)
    a_round.settle_target()
    a_round.reveal(0)
    with reverts("BondedSeed_BadSecret", 1, 1):
        seeds.reveal(1, 1, a_round.secrets[0], {"from": copier})
    a_round.reveal(2)
    next_at(a_round.state["deadline"] + 1)
    seeds.finish(1, {"from": people.stranger})
    assert seeds.seedOf(1) == a_round.seed(0, 2)
    assert plain(pool.stakeOf(copier))[:2] == (10 * UNIT - BOND, 0)


def test_secret_out_of_its_phase_reverts(a_round, seeds, people):
    with reverts("BondedSeed_WrongPhase", 1, COMMITTING):
        a_round.reveal(0)
    a_round.run()
    with reverts("BondedSeed_WrongPhase", 1, DONE):
        a_round.reveal(0)
    with reverts("BondedSeed_WrongPhase", 1, DONE):
        seeds.finish(1, {"from": people.stranger})
    with reverts("BondedSeed_WrongPhase", 1, DONE):
        seeds.close(1, {"from": people.stranger})


def test_J9_giver_who_aborts_pays_its_bond_for_one_other_seed(committed, seeds, pool, people):
    """The last to reveal knows both seeds, and may choose: that is all, and it costs the bond.

    None of it goes to the other givers: they might be its own.
    """
    committed.reveal(0, 1)
    with_it, without = committed.seed(0, 1, 2), committed.seed(0, 1)
    deadline = committed.state["deadline"]
    next_at(deadline)
    with reverts("BondedSeed_NotDue", 1, deadline):
        seeds.finish(1, {"from": people.stranger})
    next_at(deadline + 1)
    receipt = seeds.finish(1, {"from": people.stranger})
    assert event(receipt, "BondForfeited") == {
        "round": 1,
        "giver": committed.givers[2].address,
        "seat": 2,
        "committed": True,
    }
    assert seeds.seedOf(1) == without != with_it
    assert plain(pool.stakeOf(committed.givers[2]))[:2] == (10 * UNIT - BOND, 0)
    assert pool.stakeOf(committed.givers[0])[0] == 10 * UNIT
    assert pool.creditOf(people.treasury) == BOND


def test_nobody_reveals_and_the_target_alone_is_the_seed(committed, seeds, pool, people):
    next_at(committed.state["deadline"] + 1)
    seeds.finish(1, {"from": people.stranger})
    assert seeds.seedOf(1) == committed.seed()
    assert pool.creditOf(people.treasury) == 3 * BOND


def test_bonds_that_cannot_be_shared_equally_leave_the_rest_to_the_treasury(deploy, pool, people):
    seeds = deploy(pool, givers=5, bond=BOND + 1)
    five = Round(seeds, people.court, people.jurors)
    five.commit(0, 1, 2)
    five.close_late(people.stranger)
    five.settle_target()
    five.reveal(0, 1)
    next_at(five.state["deadline"] + 1)
    seeds.finish(1, {"from": people.stranger})
    shared = 2 * (BOND + 1)
    assert pool.stakeOf(five.givers[0])[0] == 10 * UNIT + shared // 2
    assert pool.creditOf(people.treasury) == BOND + 1 + shared % 2
    assert pool.slashedBy(seeds) == 0


def test_mixing_early_keeps_the_target(a_round, seeds, people):
    """Anyone: then its hash cannot be lost however long it takes."""
    a_round.commit_all()
    reveal_from = a_round.state["target"] + DEPTH
    with reverts("BondedSeed_TooEarly", 1, reveal_from):
        seeds.mix(1, {"from": people.stranger})
    a_round.settle_target()
    receipt = seeds.mix(1, {"from": people.stranger})
    assert event(receipt, "TargetMixed")["target"] == a_round.state["target"]
    assert not seeds.mix(1, {"from": people.stranger}).events
    mine_many(300)
    a_round.reveal(0, 1, 2)
    assert seeds.seedOf(1) == a_round.seed(0, 1, 2)


def test_lost_target_is_replaced_before_any_secret_is_shown(a_round, seeds, people):
    a_round.commit_all()
    lost = a_round.state["target"]
    mine_many(260)
    with reverts("BondedSeed_TargetLost", 1, lost):
        a_round.reveal(0)
    receipt = seeds.mix(1, {"from": people.stranger})
    state = a_round.state
    assert event(receipt, "TargetSet")["target"] == state["target"] == receipt.block_number + 1
    assert state["phase"] == REVEALING
    a_round.settle_target()
    a_round.reveal(0, 1, 2)
    assert seeds.seedOf(1) == a_round.seed(0, 1, 2)


def test_lost_target_of_who_never_reveals_is_replaced_by_finishing(a_round, seeds, people):
    receipt = a_round.commit_all()
    mine_many(260)
    next_at(receipt.timestamp + REVEAL + 1)
    told = seeds.finish(1, {"from": people.stranger})
    assert event(told, "TargetSet")["target"] == told.block_number + 1
    assert seeds.seedOf(1) == 0
    a_round.settle_target()
    seeds.finish(1, {"from": people.stranger})
    assert seeds.seedOf(1) == a_round.seed()


@pytest.mark.parametrize("known_again", [False, True])
def test_round_ends_though_the_pool_no_longer_knows_the_seeds(
    a_round, seeds, pool, people, known_again
):
    a_round.commit(0, 1)
    pool.setCaller(seeds, 0, {"from": people.timelock})
    a_round.close_late(people.stranger)
    a_round.settle_target()
    a_round.reveal(0)
    if known_again:
        pool.setCaller(seeds, 1, {"from": people.timelock})
    a_round.reveal(1)
    assert seeds.seedOf(1) == a_round.seed(0, 1)


def mine_many(blocks: int) -> None:
    """Within seconds of chain time."""
    web3.provider.make_request("anvil_mine", [hex(blocks), "0x1"])
