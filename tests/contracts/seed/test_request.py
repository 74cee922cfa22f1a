"""Requests: who joins a round, and who is drawn to give its seed (J9)."""

import pytest
from brownie import web3
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from tests.contracts.expect import event, next_at, now, plain, reverts
from tests.contracts.seed.conftest import (
    BOND,
    COMMIT,
    COMMITTING,
    DONE,
    EPOCH,
    GIVERS,
    REVEALING,
    UNIT,
    Round,
    next_epoch,
)


def expected_givers(pool, base: int, number: int, epoch: int) -> list[str]:
    """The first three jurors that the numbers of the base fall on."""
    found: list[str] = []
    for n in range(12):
        drawn = int.from_bytes(keccak(encode(["uint256"] * 3, [base, number, n])), "big")
        juror = plain(pool.draw(epoch, drawn))[0]
        if juror not in found and len(found) < GIVERS:
            found.append(juror)
    return found


def test_request_opens_a_round_and_bonds_its_givers(a_round, pool, people, seeds):
    assert a_round.number == seeds.currentRound() == 1
    assert a_round.until == a_round.opened.timestamp + COMMIT
    state = a_round.state
    assert (state["phase"], state["deadline"]) == (COMMITTING, a_round.until)
    assert (state["openedIn"], state["drawnFrom"]) == (3, 2)
    assert state["givers"] == tuple(giver.address for giver in a_round.givers)
    assert len(set(a_round.givers)) == GIVERS
    for juror in people.jurors:
        assert pool.stakeOf(juror)[1] == (BOND if juror in a_round.givers else 0)
    told = event(a_round.opened, "SeedRequested")
    assert told == {"requestId": 1, "by": people.court.address}


def test_request_draws_the_first_givers_by_the_block_before(a_round, pool):
    before = web3.eth.get_block(a_round.opened.block_number - 1)["hash"]
    assert a_round.base == int.from_bytes(before, "big")
    assert a_round.epoch == 2
    expected = expected_givers(pool, a_round.base, 1, 2)
    assert [giver.address for giver in a_round.givers] == expected


def test_request_by_a_stranger_reverts(seeds, people):
    with reverts("BondedSeed_NotListed", people.stranger):
        seeds.request({"from": people.stranger})


def test_request_joins_the_round_that_collects(a_round, seeds, people):
    a_round.commit(0, 1)
    next_at(a_round.until)
    receipt = seeds.request({"from": people.court})
    assert receipt.return_value == a_round.number
    assert "RoundOpened" not in receipt.events


def test_request_after_the_last_commitment_opens_another(a_round, seeds, people):
    a_round.commit_all()
    assert seeds.request({"from": people.court}).return_value == 2
    assert a_round.state["phase"] == REVEALING


def test_request_after_the_time_to_commit_opens_another(a_round, seeds, people):
    next_at(a_round.until + 1)
    assert seeds.request({"from": people.court}).return_value == 2


def test_two_rounds_run_side_by_side(a_round, start_round, seeds):
    a_round.commit_all()
    second = start_round()
    second.run()
    assert seeds.seedOf(2) == second.seed(0, 1, 2)
    a_round.settle_target()
    a_round.reveal(0, 1, 2)
    assert seeds.seedOf(1) == a_round.seed(0, 1, 2)


@pytest.mark.parametrize("wait", [0, 1, 2 * EPOCH])
def test_J9_givers_are_drawn_by_the_seed_before_whenever_the_request_comes(
    a_round, pool, people, seeds, wait
):
    """Neither the time of the request nor a block's hash chooses them; nor does new stake."""
    a_round.run()
    assert a_round.state["phase"] == DONE
    expected = expected_givers(pool, seeds.seedOf(1), 2, 2)
    pool.stake(40 * UNIT, {"from": people.jurors[0], "value": 40 * UNIT})
    next_at(now() + 1 + wait)
    made = Round(seeds, people.court, people.jurors)
    assert (made.base, made.epoch) == (seeds.seedOf(1), 2)
    assert [giver.address for giver in made.givers] == expected


def test_request_passes_over_who_cannot_bond(a_round, pool, people, seeds):
    a_round.run()
    first, *_ = expected_givers(pool, seeds.seedOf(1), 2, 2)
    pool.lock(first, 10 * UNIT - BOND + 1, {"from": people.court})
    second = Round(seeds, people.court, people.jurors)
    assert first not in [giver.address for giver in second.givers]
    assert len(second.givers) == GIVERS


def test_request_when_nobody_is_in_the_pool_needs_no_giver(deploy, empty_pool, people):
    seeds = deploy(empty_pool)
    alone = Round(seeds, people.court, people.jurors)
    assert alone.givers == []
    assert alone.state["phase"] == REVEALING
    with reverts("BondedSeed_TooEarly", 1, alone.state["target"] + 2):
        seeds.finish(1, {"from": people.stranger})
    alone.settle_target()
    seeds.finish(1, {"from": people.stranger})
    assert seeds.seedOf(1) == alone.seed()


def test_request_looks_at_newer_weights_where_there_were_none(deploy, empty_pool, people):
    """The first round found nobody; jurors who came since are drawn for the second."""
    seeds = deploy(empty_pool)
    alone = Round(seeds, people.court, people.jurors)
    alone.settle_target()
    seeds.finish(1, {"from": people.stranger})
    for juror in people.jurors[:2]:
        empty_pool.stake(10 * UNIT, {"from": juror, "value": 10 * UNIT})
    next_epoch(empty_pool)
    second = Round(seeds, people.court, people.jurors)
    assert sorted(map(str, second.givers)) == sorted(map(str, people.jurors[:2]))
    assert second.epoch == 2


def test_request_when_the_pool_does_not_know_the_seeds_needs_no_giver(seeds, pool, people):
    pool.setCaller(seeds, 0, {"from": people.timelock})
    alone = Round(seeds, people.court, people.jurors)
    assert alone.givers == []
