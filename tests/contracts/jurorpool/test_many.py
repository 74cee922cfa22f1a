"""Ten thousand jurors: inserted, updated and drawn; and whether draws follow the weights.

A fixed seed throughout, so that the frequencies are the same in every run.
"""

import random

import pytest
from brownie import web3
from eth_utils.crypto import keccak

from tests.contracts.expect import plain, reverts
from tests.contracts.jurorpool.conftest import CAP, COIN, POINT, TIERS
from tests.model.juror_pool import JurorPool as Model

JURORS, AT_ONCE = 10_000, 150
DRAWS = 10_000
POSITIONS = 32_768
USED_SLOT = 4  # where the pool counts the positions it has given out
GAS = 30_000_000
UNIT = COIN // 1000  # one account pays for all

# Chi-square with 39 degrees of freedom goes beyond this once in a thousand times.
FEW, THRESHOLD = 40, 72.055


def numbers(count: int, of: str) -> list[int]:
    return [int.from_bytes(keccak(text=f"{of} {i}"), "big") for i in range(count)]


def addresses_made_by(maker: str, count: int) -> list[str]:
    """Of the contracts that a contract makes, one after another (RLP of address and nonce)."""
    made = []
    for nonce in range(1, count + 1):
        raw = nonce.to_bytes((nonce.bit_length() + 7) // 8, "big")
        tail = raw if nonce < 0x80 else bytes([0x80 + len(raw)]) + raw
        body = b"\x94" + bytes.fromhex(maker[2:]) + tail
        made.append(web3.to_checksum_address(keccak(bytes([0xC0 + len(body)]) + body)[12:]))
    return made


def batches(items: list, size: int = AT_ONCE) -> list[list]:
    return [items[i : i + size] for i in range(0, len(items), size)]


@pytest.fixture
def open_pool(JurorPool, people, setup):
    """Whose first tier takes no points."""
    return people.deployer.deploy(JurorPool, setup(stake_unit=UNIT, tiers=((0, 1), *TIERS[1:])))


@pytest.fixture
def jurors(StubJurors, people):
    return people.deployer.deploy(StubJurors)


def send(people, to, data: str, value: int = 0) -> None:
    """Without Brownie, which takes a slow transaction for a dropped one."""
    transaction = {"from": people.deployer.address, "to": to.address, "data": data}
    sent = web3.eth.send_transaction(transaction | {"value": value, "gas": GAS})
    assert web3.eth.wait_for_transaction_receipt(sent, poll_latency=0.02)["status"] == 1


def fill(jurors, pool, people, units: list[int]) -> None:
    for some in batches(units):
        amounts = [each * UNIT for each in some]
        send(people, jurors, jurors.fill.encode_input(pool, amounts), sum(amounts))


def drawn(jurors, pool, epoch: int, chosen: list[int]) -> list[str]:
    found: list[str] = []
    for some in batches(chosen, 500):
        found += plain(jurors.drawAll(pool, epoch, some))
    return found


def test_ten_thousand_jurors_are_drawn_as_the_model_draws(
    open_pool, jurors, points, people, next_epoch
):
    pool, model, chance = open_pool, Model(UNIT, CAP, ((0, 1), *TIERS[1:])), random.Random(1)
    units = [chance.randint(1, CAP + 5) for _ in range(JURORS)]
    fill(jurors, pool, people, units)
    accounts = addresses_made_by(jurors.address, JURORS)
    for account, count in zip(accounts, units, strict=True):
        model.juror(account).stake = count * UNIT
        model.reweigh(1, account, 0)
    first = next_epoch()

    raised = chance.sample(accounts, 300)
    send(people, points, points.set.encode_input(raised, 100 * POINT))
    for some in batches(raised):
        send(people, jurors, jurors.refreshAll.encode_input(pool, some))
    for account in raised:
        model.reweigh(2, account, 100 * POINT)
    second = next_epoch()

    for epoch in (first, second):
        assert pool.totalWeightAt(epoch) == model.total(epoch)
        laid_out = [name for _, (name, w) in sorted(model.at(epoch).items()) for _ in range(w)]
        chosen = numbers(500, "ten thousand")
        expected = [laid_out[number % len(laid_out)] for number in chosen]
        assert drawn(jurors, pool, epoch, chosen) == expected
    assert model.total(second) > model.total(first)


def test_frequencies_follow_the_weights(open_pool, jurors, people, next_epoch):
    pool, chance = open_pool, random.Random(2)
    units = [chance.randint(1, CAP) for _ in range(FEW)]
    fill(jurors, pool, people, units)
    found = drawn(jurors, pool, next_epoch(), numbers(DRAWS, "frequencies"))
    accounts = addresses_made_by(jurors.address, FEW)
    expected = [DRAWS * each / sum(units) for each in units]
    seen = [found.count(account) for account in accounts]
    assert sum(seen) == DRAWS
    deviation = sum((s - e) ** 2 / e for s, e in zip(seen, expected, strict=True))
    assert min(expected) >= 5
    assert deviation < THRESHOLD


def test_pool_with_every_position_taken_takes_nobody_until_one_is_freed(pool, people, stake):
    """The count of positions is written by hand: 32,768 jurors would take long."""
    stake(people.alice, 1)
    assert int(web3.eth.get_storage_at(pool.address, USED_SLOT).hex(), 16) == 1
    full = "0x" + POSITIONS.to_bytes(32, "big").hex()
    web3.provider.make_request("anvil_setStorageAt", [pool.address, hex(USED_SLOT), full])
    with reverts("JurorPool_Full"):
        stake(people.bob, 1)
    stake(people.alice, 1)
    pool.setDrawable(False, {"from": people.alice})
    pool.refresh(people.alice, {"from": people.stranger})
    stake(people.bob, 1)
    assert pool.positionOf(people.bob) == 0
