"""Seeds from bonded commitments, with a pool of eight jurors to draw seed-givers from."""

from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from brownie import chain, web3
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from tests.contracts.expect import DAY, ZERO, event, plain, until

UNIT = 10**17
BOND = 2 * UNIT
GIVERS, DEPTH = 3, 2
COMMIT, REVEAL, HOUR = 7_200, 3_600, 3_600
EPOCH, LEAVE = DAY, 4 * DAY
LISTED = 2
NO_PHASE, COMMITTING, REVEALING, DONE = range(4)
NAMES = ("deployer", "timelock", "court", "treasury", "stranger")
JURORS = 8
POOL = (ZERO, UNIT, 50, None, EPOCH, LEAVE, None, ((0, 1),))


def parameters(pool: Any, people: Any, **changed: Any) -> tuple[Any, ...]:
    """What a BondedSeed is deployed with, with some of it changed."""
    values = {
        "pool": pool,
        "treasury": people.treasury,
        "givers": GIVERS,
        "bond": BOND,
        "commit_period": COMMIT,
        "reveal_period": REVEAL,
        "depth": DEPTH,
    }
    assert not changed.keys() - values.keys()
    return tuple((values | changed).values())


@pytest.fixture(autouse=True)
def isolation(fn_isolation):
    """Each test starts from the same chain."""


@pytest.fixture(scope="module")
def people(accounts):
    """The first five have names; the next eight are jurors."""
    named = dict(zip(NAMES, accounts, strict=False))
    return SimpleNamespace(**named, jurors=accounts[len(NAMES) : len(NAMES) + JURORS])


@pytest.fixture(scope="module")
def empty_pool(JurorPool, StubPoints, people):
    """Nobody has staked, and the second epoch has begun."""
    points = people.deployer.deploy(StubPoints)
    setup = (*POOL[:3], points, *POOL[4:6], people.timelock, POOL[7], [people.court])
    made = people.deployer.deploy(JurorPool, setup)
    until(int(made.start()) + EPOCH)
    return made


@pytest.fixture(scope="module")
def setup(people):
    return partial(parameters, people=people)


@pytest.fixture
def pool(empty_pool, people):
    """Each juror has staked ten units, and the next epoch has begun."""
    for juror in people.jurors:
        empty_pool.stake(10 * UNIT, {"from": juror, "value": 10 * UNIT})
    until(int(empty_pool.start()) + 2 * EPOCH)
    return empty_pool


@pytest.fixture
def deploy(BondedSeed, people, setup):
    """Deploys and lists it."""

    def send(pool: Any, **changed: Any) -> Any:
        made = people.deployer.deploy(BondedSeed, setup(pool, **changed))
        pool.setCaller(made, LISTED, {"from": people.timelock})
        return made

    return send


@pytest.fixture
def seeds(deploy, pool):
    return deploy(pool)


class Round:
    """A round as its seed-givers see it: who they are, and what each keeps secret."""

    def __init__(self, seeds: Any, court: Any, accounts: Any) -> None:
        self.seeds, self.court = seeds, court
        self.opened = seeds.request({"from": court})
        told = event(self.opened, "RoundOpened")
        self.number: int = told["round"]
        self.base, self.epoch = told["base"], told["epoch"]
        self.until: int = told["commitUntil"]
        by_address = {account.address: account for account in accounts}
        self.givers = [by_address[address] for address in told["givers"]]
        self.secrets = [keccak(text=f"{self.number} {seat}") for seat in range(len(self.givers))]

    def commitment(self, seat: int, secret: bytes | None = None) -> bytes:
        giver, hidden = self.givers[seat].address, secret or self.secrets[seat]
        types = ["uint256", "address", "uint256", "address", "bytes32"]
        values = [chain.id, self.seeds.address, self.number, giver, hidden]
        return keccak(encode(types, values))

    def commit(self, *seats: int) -> Any:
        for seat in seats:
            made = self.commitment(seat)
            receipt = self.seeds.commit(self.number, seat, made, {"from": self.givers[seat]})
        return receipt

    def commit_all(self) -> Any:
        return self.commit(*range(len(self.givers)))

    def close_late(self, by: Any) -> Any:
        until(self.until + 1)
        return self.seeds.close(self.number, {"from": by})

    def settle_target(self) -> None:
        """Mines until secrets may be shown by the next transaction."""
        reveal_from = self.state["target"] + DEPTH
        while web3.eth.block_number + 1 < reveal_from:
            chain.mine(1)

    def reveal(self, *seats: int) -> Any:
        for seat in seats:
            secret = self.secrets[seat]
            receipt = self.seeds.reveal(self.number, seat, secret, {"from": self.givers[seat]})
        return receipt

    def seed(self, *seats: int) -> int:
        """What the seed must be if these showed their secrets."""
        mixed = int.from_bytes(web3.eth.get_block(self.state["target"])["hash"], "big")
        for seat in seats:
            shown = encode(["address", "bytes32"], [self.givers[seat].address, self.secrets[seat]])
            mixed ^= int.from_bytes(keccak(shown), "big")
        types = ["uint256", "address", "uint256", "bytes32"]
        values = [chain.id, self.seeds.address, self.number, mixed.to_bytes(32, "big")]
        return int.from_bytes(keccak(encode(types, values)), "big")

    def run(self) -> Any:
        """Everybody commits and reveals."""
        self.commit_all()
        self.settle_target()
        return self.reveal(*range(len(self.givers)))

    @property
    def state(self) -> dict[str, Any]:
        names = ("phase", "deadline", "target", "openedIn", "drawnFrom", "committed", "revealed")
        return dict(zip((*names, "givers"), plain(self.seeds.roundOf(self.number)), strict=True))


@pytest.fixture
def start_round(seeds, people):
    return lambda: Round(seeds, people.court, people.jurors)


@pytest.fixture
def a_round(start_round):
    return start_round()


def next_epoch(pool: Any) -> None:
    """The next epoch begins."""
    until(int(pool.start()) + int(pool.currentEpoch()) * EPOCH)
