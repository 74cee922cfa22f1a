"""What jurors and seed-givers pay, in a pool of a thousand."""

from dataclasses import dataclass
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak
from web3 import Web3
from web3.contract import Contract

from backend.terms.offer import ZERO_ADDRESS
from tests.gas.chain import Chain
from tests.gas.market import COIN, DAY, HOUR, POINT, Market

JURORS, AT_ONCE = 1_000, 50
UNIT = COIN // 100
BOND = SEAT = 2 * UNIT
LISTED = 2
SEEDS_SLOT = 1  # where a BondedSeed keeps its seeds
TIERS = ((0, 1), (100 * POINT, 2), (1_000 * POINT, 4))


@dataclass
class Jury:
    """A pool, what draws from it, and what gives it seeds; `court` may ask for them."""

    chain: Chain
    pool: Contract
    seeds: Contract
    crowd: Contract
    court: str

    def commit(self, number: int, seat: int, line: str | None = None) -> None:
        giver = self._giver(number, seat)
        given = self.seeds.functions.commitmentOf(number, giver, secret(number, seat)).call()
        self.chain.send(giver, self.seeds.functions.commit(number, seat, given), line=line)

    def reveal(self, number: int, seat: int, line: str | None = None) -> None:
        call = self.seeds.functions.reveal(number, seat, secret(number, seat))
        self.chain.send(self._giver(number, seat), call, line=line)

    def commit_all(self, number: int) -> None:
        for seat in range(3):
            self.commit(number, seat)

    def reveal_all(self, number: int) -> None:
        for seat in range(3):
            self.reveal(number, seat)

    def settle_target(self) -> None:
        """Mines until the target is deep enough."""
        for _ in range(3):
            self.chain.now += 1
            self.chain.node.rpc("evm_mine", hex(self.chain.now))

    def request(self, line: str | None = None) -> int:
        self.chain.send(self.court, self.seeds.functions.request(), line=line)
        return int(self.seeds.functions.currentRound().call())

    def set_seed(self, number: int, seed: bytes) -> None:
        """In place of the seed, which comes of a random hash: so the next draws never differ."""
        slot = Web3.to_hex(keccak(encode(["uint256", "uint256"], [number, SEEDS_SLOT])))
        assert int(self.seeds.functions.seedOf(number).call()) != 0
        chosen: Any = Web3.to_hex(seed)
        self.chain.node.rpc("anvil_setStorageAt", self.seeds.address, slot, chosen)
        assert self.seeds.functions.seedOf(number).call() == int.from_bytes(seed, "big")

    def _giver(self, number: int, seat: int) -> str:
        giver = str(self.seeds.functions.roundOf(number).call()[7][seat])
        self.chain.give(giver, 10)
        return self.chain.impersonate(giver)


def secret(number: int, seat: int) -> bytes:
    """32 bytes without a zero."""
    return keccak(text=f"Secret {seat} of {number}").replace(b"\0", b"\1")


def measure_jurors(market: Market) -> Jury:
    """Stakes, seats and seeds."""
    jury = _deploy(market)
    _stakes(jury)
    _fill(jury)
    _seats(jury)
    _seeds(jury)
    return jury


def _deploy(market: Market) -> Jury:
    chain, court = market.chain, market.chain.address("mallory")
    crowd = chain.deploy("StubJurors")
    setup = (
        ZERO_ADDRESS,
        UNIT,
        100,
        market.reputation.address,
        DAY,
        7 * DAY,
        market.timelock.address,
        TIERS,
        [court, crowd.address],
    )
    pool = chain.deploy("JurorPool", setup, line="deploy: JurorPool")
    seed = (pool.address, market.timelock.address, 3, BOND, 12 * HOUR, 6 * HOUR, 2)
    seeds = chain.deploy("BondedSeed", seed, line="deploy: BondedSeed")
    chain.give(market.timelock.address, 10)
    timelock = chain.impersonate(market.timelock.address)
    chain.send(timelock, pool.functions.setCaller(seeds.address, LISTED))
    return Jury(chain, pool, seeds, crowd, court)


def _stake(jury: Jury, who: str, units: int, line: str | None = None) -> None:
    call = jury.pool.functions.stake(units * UNIT)
    jury.chain.send(who, call, units * UNIT, line=line)


def _stakes(jury: Jury) -> None:
    _stake(jury, "heidi", 10)
    _stake(jury, "grace", 10, "stake: a juror's first")
    _stake(jury, "grace", 5, "stake: more, in the same epoch")
    jury.chain.wait(DAY)
    _stake(jury, "grace", 5, "stake: more, the first change of an epoch")
    call = jury.pool.functions.requestLeave(5 * UNIT)
    jury.chain.send("grace", call, line="requestLeave")
    jury.chain.wait(8 * DAY)
    jury.chain.send("grace", jury.pool.functions.withdraw(), line="withdraw, stake")


def _fill(jury: Jury) -> None:
    amounts = [(10 + i % 40) * UNIT for i in range(JURORS - 2)]
    for first in range(0, len(amounts), AT_ONCE):
        some = amounts[first : first + AT_ONCE]
        call = jury.crowd.functions.fill(jury.pool.address, some)
        jury.chain.send("deployer", call, sum(some))
    jury.chain.wait(DAY)
    # Calls see the time of the newest block.
    jury.chain.node.rpc("evm_mine", hex(jury.chain.now))


def _seats(jury: Jury) -> None:
    epoch = jury.pool.functions.currentEpoch().call() - 1
    for count in (1, 3, 7):
        numbers = [int.from_bytes(secret(count, i), "big") for i in range(count)]
        call = jury.crowd.functions.lockAll(jury.pool.address, epoch, numbers, SEAT)
        jurors = "juror" if count == 1 else "jurors"
        jury.chain.send("deployer", call, line=f"draw and lock {count} {jurors} of {JURORS:,}")


def _seeds(jury: Jury) -> None:
    first = jury.request()
    jury.commit_all(first)
    jury.settle_target()
    jury.reveal_all(first)
    jury.set_seed(first, secret(first, 100))

    second = jury.request("request: opens a round of three")
    jury.request("request: joins a round")
    for seat, line in enumerate(("first", "", "last")):
        jury.commit(second, seat, f"commit to a secret{line and ': ' + line}")
    jury.settle_target()
    for seat, line in enumerate(("first", "", "last")):
        jury.reveal(second, seat, f"reveal a secret{line and ': ' + line}")
    jury.set_seed(second, secret(second, 100))

    third = jury.request()
    jury.commit(third, 0)
    jury.commit(third, 1)
    jury.chain.wait(DAY)
    jury.chain.send("frank", jury.seeds.functions.close(third), line="close: one did not commit")
    jury.settle_target()
    jury.reveal(third, 1)
    jury.chain.wait(DAY)
    call = jury.seeds.functions.finish(third)
    jury.chain.send("frank", call, line="finish: one of two did not reveal")
    jury.set_seed(third, secret(third, 100))
