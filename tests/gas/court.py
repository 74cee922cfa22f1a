"""A court with jurors drawn from a pool of a thousand by bonded seeds, and what people do in it."""

from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak
from web3.contract import Contract

from backend.terms.offer import Trade
from scripts.parameters.jury import LIVE
from tests.gas.chain import Chain
from tests.gas.jurors import JURORS, LISTED, Jury
from tests.gas.market import CHAIN_ID, DAY, Market, without_zeros

RULING_PERIOD = 28 * DAY
DEFAULT_PERFORMER_BPS = 5_000
# The first of the `live` profile, as far as the bounds of this rule book let them.
JURY = replace(LIVE, conflict_period=60 * DAY)
FEE = JURY.juror_fee * JURY.jurors
PERFORMER, CHECKER = 1, 2
WORDS_BELOW = (
    4  # of the tree's six words on the way to a juror, those that differ from juror to juror
)
STEPS = 11  # cells passed over on the way to a juror, on average


@dataclass
class Courtroom:
    """The deployed court, and the weights its jurors are drawn by."""

    market: Market
    jury: Jury
    court: Contract
    weights: list[int]
    epoch: int
    used: set[int] = field(default_factory=set)

    @property
    def chain(self) -> Chain:
        return self.market.chain

    def performed(self) -> "Hearing":
        """A tranche for bob to dispute, whose case's id has no zero byte, as most have none."""
        while True:
            trade = self.market.sell("bob")
            hearing = Hearing(self, trade, self._case_id(trade))
            if 0 not in hearing.id:
                break
        self.market.do("perform", trade, "alice")
        return hearing

    def dispute(self) -> "Hearing":
        """A tranche that bob disputes."""
        hearing = self.performed()
        self.market.do("dispute", hearing.trade, "bob")
        return hearing

    def seed_for(self, case: bytes, round_: int, jurors: int, first: int | None = None) -> bytes:
        """A seed that draws so many jurors, all new, by ways of average length through the tree."""
        total, words = sum(self.weights), _words_on_average(jurors)
        for attempt in count():
            seed = without_zeros(f"Seed {attempt} of {case.hex()}, {round_}")
            drawn = [self._drawn(seed, case, round_, i, total) for i in range(jurors)]
            if self.used.intersection(drawn) or len(set(drawn)) < jurors:
                continue
            if first is not None and drawn[0] != first:
                continue
            if first is None and (_steps(drawn) != STEPS * jurors or _words(drawn) != words):
                continue
            if all(0 not in bytes.fromhex(self.juror(one)[2:]) for one in drawn):
                self.used.update(drawn)
                return seed
        raise AssertionError

    def juror(self, position: int) -> str:
        return str(self.jury.pool.functions.jurorAt(position, self.epoch).call())

    def _drawn(self, seed: bytes, case: bytes, round_: int, draw: int, total: int) -> int:
        types = ["bytes32", "bytes32", "uint256", "uint256", "uint256"]
        number = int.from_bytes(keccak(encode(types, [seed, case, round_, 0, draw])), "big") % total
        for position, weight in enumerate(self.weights):
            if number < weight:
                return position
            number -= weight
        raise AssertionError

    def _case_id(self, trade: Trade) -> bytes:
        trade_id, _ = self.market.escrow.functions.tranchesOf(trade.pack()).call()
        return bytes(keccak(encode(["bytes32", "uint256"], [trade_id, 0])))


@dataclass
class Hearing:
    """A case; what is done in it, with `line`, is a line of the snapshot."""

    room: Courtroom
    trade: Trade
    id: bytes
    round: int = 0

    @property
    def functions(self) -> Any:
        return self.room.court.functions

    @property
    def chain(self) -> Chain:
        return self.room.chain

    def send(self, sender: str, call: Any, value: int = 0, line: str | None = None) -> None:
        self.chain.send(sender, call, value, line)

    # deposits

    def open(self, line: str | None = None) -> None:
        self.send("bob", self.functions.openCase(self.trade.pack(), 0), FEE, line)

    def join(self, line: str | None = None) -> None:
        self.send("alice", self.functions.join(self.id), FEE, line)

    def submit(self, who: str, line: str | None = None) -> None:
        uri = "ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"
        call = self.functions.submitEvidence(self.id, without_zeros(f"Evidence of {who}"), uri)
        self.send(who, call, line=line)

    # the panel

    def panel(self) -> Any:
        return self.functions.panelOf(self.id, self.round, 0).call()

    def give_seed(self, *, first: int | None = None) -> None:
        """The round of seed-givers, from commitments to a seed that is chosen: see Courtroom."""
        jury, panel = self.room.jury, self.panel()[0]
        number, jurors = panel[0], panel[4]
        if jury.seeds.functions.seedOf(number).call() == 0:
            jury.commit_all(number)
            jury.settle_target()
            jury.reveal_all(number)
        jury.set_seed(number, self.room.seed_for(self.id, self.round, jurors, first))

    def draw(self, most: int = 31, line: str | None = None) -> None:
        self.send("frank", self.functions.draw(self.id, most), line=line)

    def jurors(self) -> list[str]:
        """Who sits, seat by seat: accounts without code, as most are."""
        seated = [str(seat[0]) for seat in self.panel()[1]]
        for juror in seated:
            self.chain.node.rpc("anvil_setCode", juror, "0x")
            self.chain.impersonate(juror)
            self.chain.give(juror, 10)
        return seated

    def end_period(self) -> None:
        """The next transaction comes after the deadline."""
        deadline = self.functions.caseOf(self.id).call()[1]
        self.chain.wait(max(0, deadline + 1 - self.chain.now))

    # votes

    def salt(self, seat: int, juror: str, bps: int) -> tuple[bytes, bytes]:
        """A salt, and what it makes the juror commit to: no byte of either is zero."""
        types = ["uint256", "address", "bytes32", "uint256", "uint256", "address", "uint256"]
        for attempt in count():
            salt = without_zeros(f"Salt {attempt} of {seat} in {self.id.hex()}, {self.round}")
            values = [CHAIN_ID, self.room.court.address, self.id, self.round, 0, juror, bps, salt]
            commitment = bytes(keccak(encode([*types, "bytes32"], values)))
            if 0 not in commitment:
                return salt, commitment
        raise AssertionError

    def commit(self, seat: int, juror: str, bps: int, line: str | None = None) -> None:
        _, commitment = self.salt(seat, juror, bps)
        self.send(juror, self.functions.commit(self.id, seat, commitment), line=line)

    def reveal(self, seat: int, juror: str, bps: int, line: str | None = None) -> None:
        salt, _ = self.salt(seat, juror, bps)
        self.send(juror, self.functions.reveal(self.id, seat, bps, salt), line=line)

    # the end

    def fund(self, who: str, side: int, value: int, line: str | None = None) -> None:
        self.send(who, self.functions.fundAppeal(self.id, side), value, line)

    def advance(self, line: str | None = None) -> None:
        self.send("frank", self.functions.advance(self.id), line=line)

    def execute(self, line: str | None = None) -> None:
        self.send("frank", self.functions.execute(self.id, self.trade.pack()), line=line)

    def settle(self, round_: int = 0, line: str | None = None) -> None:
        self.send("frank", self.functions.settleRound(self.id, round_, 0), line=line)

    def withdraw(self, account: str, line: str | None = None) -> None:
        owner = self.chain.address(account) if account in self.chain.keys else account
        self.send(account, self.functions.withdraw(owner, owner), line=line)


def open_court(market: Market, jury: Jury) -> Courtroom:
    """Deploys a court and has the members vote it in."""
    chain = market.chain
    parts = (market.escrow.address, jury.pool.address, jury.seeds.address, market.timelock.address)
    court = chain.deploy("Court", *parts, line="deploy: Court")
    timelock = chain.impersonate(market.timelock.address)
    chain.send(timelock, jury.pool.functions.setCaller(court.address, LISTED))
    dispute_rules = (court.address, RULING_PERIOD, DEFAULT_PERFORMER_BPS)
    chain.send(timelock, market.rule_book.functions.setDisputeRules(dispute_rules))
    chain.send(timelock, market.rule_book.functions.setJuryRules(JURY.pack()))
    chain.wait(4 * DAY)
    chain.node.rpc("evm_mine", hex(chain.now))
    epoch = jury.pool.functions.currentEpoch().call() - 1
    return Courtroom(market, jury, court, _weights(jury, epoch), epoch)


def _weights(jury: Jury, epoch: int) -> list[int]:
    """Every position's weight; nobody comes or leaves."""
    pool = jury.pool.functions
    holders = [pool.jurorAt(position, epoch).call() for position in range(JURORS)]
    weights = [int(pool.weightOf(holder).call()) for holder in holders]
    assert sum(weights) == pool.totalWeightAt(epoch).call()
    return weights


def _steps(positions: list[int]) -> int:
    """How many cells of the tree are passed over on the way to these positions."""
    return sum(int(digit) for position in positions for digit in f"{position:o}")


def _words(positions: list[int]) -> int:
    """How many words of the tree, below the two upmost, these positions take to read."""
    return sum(len({position >> 3 * level for position in positions}) for level in range(4))


def _words_on_average(jurors: int) -> int:
    """Of a thousand jurors: two words of the third level, sixteen of the fourth, and so on."""
    return {1: 4, 3: 11, 7: 22}[jurors]
