"""A chain on which the same transactions always cost the same, and the ledger of what they cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from web3 import Web3
from web3.contract import Contract

from scripts.deploy.site import address_of
from scripts.toolchain.network import load_project, start_anvil
from scripts.toolchain.node import Anvil

MNEMONIC = "test test test test test test test test test test test junk"
NAMES = [
    "deployer",
    "alice",
    "bob",
    "carol",
    "dave",
    "erin",
    "frank",
    "grace",
    "heidi",
    "ivan",
    "judy",
    "mallory",
]
GENESIS = 1_800_000_000
PACE = 60  # seconds from one transaction to the next
GAS = 16_000_000
PRICE = 10**10

# In front of the compiler's hash of the sources, which any comment changes.
SOURCE_HASH = bytes.fromhex("a2646970667358221220")


@dataclass(frozen=True, slots=True)
class Cost:
    """Gas of one transaction: all of it, and the part that is due before any code runs."""

    total: int
    intrinsic: int

    @property
    def execution(self) -> int:
        """What the code used, less refunds."""
        return self.total - self.intrinsic


@dataclass(frozen=True, slots=True)
class Step:
    """Of a whole dispute: what was done, by whom, how often, and the gas of all times together."""

    name: str
    who: str
    times: int
    total: int


@dataclass(frozen=True, slots=True)
class WayCost:
    """Of a way of trading: what is reached, whose calls, how many, and the gas of all of them."""

    way: str
    what: str
    who: str
    times: int
    total: int


@dataclass
class Chain:
    """Sends one transaction per block, a minute apart, from a genesis that never changes."""

    node: Anvil
    web3: Web3
    keys: dict[str, LocalAccount]
    builds: dict[str, Any]
    now: int = GENESIS
    costs: dict[str, Cost] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    sent: list[tuple[str, Cost]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    hashes_of_steps: list[str] = field(default_factory=list)
    ways: list[WayCost] = field(default_factory=list)

    def address(self, name: str) -> str:
        return self.keys[name].address

    def sign(self, name: str, message: Any) -> bytes:
        return bytes(self.keys[name].sign_message(message).signature)

    def deploy(self, name: str, *arguments: Any, line: str | None = None) -> Contract:
        """Deploys; with `line`, the gas and the size of the code are noted."""
        build = self.builds[name]
        code = without_source_hash(bytes.fromhex(build["bytecode"].removeprefix("0x")))
        blank = self.web3.eth.contract(abi=build["abi"], bytecode=code)
        data = blank.constructor(*arguments).data_in_transaction
        receipt = self._send(self.address("deployer"), None, data, 0)
        if line is not None:
            self.costs[line] = Cost(receipt["gasUsed"], intrinsic(data, creation=True))
            self.sizes[line] = len(self.web3.eth.get_code(receipt["contractAddress"]))
        address = Web3.to_checksum_address(receipt["contractAddress"])
        return self.web3.eth.contract(address=address, abi=build["abi"])

    def next_address(self, after: int) -> str:
        """Of the contract that is deployed next, or after so many others."""
        deployer = self.address("deployer")
        return address_of(deployer, self.web3.eth.get_transaction_count(deployer) + after)

    def send(self, sender: str, call: Any, value: int = 0, line: str | None = None) -> Any:
        """Sends a contract call from a name or an address; with `line`, its gas is noted."""
        data = call._encode_transaction_data()
        origin = self.address(sender) if sender in self.keys else sender
        receipt = self._send(origin, call.address, data, value)
        cost = Cost(receipt["gasUsed"], intrinsic(data))
        self.sent.append((receipt["transactionHash"].to_0x_hex(), cost))
        if line is not None:
            if line in self.costs:
                raise ValueError(f"measured twice: {line}")
            self.costs[line] = cost
            self.hashes[line] = receipt["transactionHash"].to_0x_hex()
        return receipt

    @contextmanager
    def step(self, name: str, who: str) -> Iterator[None]:
        """Whatever is sent meanwhile is a step of the whole dispute."""
        before = len(self.sent)
        yield
        sent = self.sent[before:]
        self.steps.append(Step(name, who, len(sent), sum(cost.total for _, cost in sent)))
        self.hashes_of_steps += [transaction for transaction, _ in sent]

    def give(self, account: str, coins: int) -> None:
        """Sets an account's balance (whole coins)."""
        self.node.rpc("anvil_setBalance", account, hex(coins * 10**18))

    def impersonate(self, account: str) -> str:
        self.node.rpc("anvil_impersonateAccount", account)
        return account

    def wait(self, seconds: int) -> None:
        """The next transaction comes this much later."""
        self.now += seconds

    def settle_hash(self) -> None:
        """Mines until the newest block's hash begins with eight bytes that are not zero.

        The hash is random, and a trade takes its salt from it: a zero byte would be cheaper.
        """
        while b"\0" in bytes(self.web3.eth.get_block("latest")["hash"][:8]):
            self.now += 1
            self.node.rpc("evm_mine", hex(self.now))

    def _send(self, sender: str, to: str | None, data: str, value: int) -> Any:
        self.now += PACE - self.now % PACE
        transaction = {
            "from": sender,
            "data": data,
            "value": hex(value),
            "gas": hex(GAS),
            "gasPrice": hex(PRICE),
        }
        if to is not None:
            transaction["to"] = to
        self.node.rpc("evm_setNextBlockTimestamp", hex(self.now))
        sent = self.node.rpc("eth_sendTransaction", transaction)
        receipt = self.web3.eth.wait_for_transaction_receipt(sent, timeout=30, poll_latency=0.002)
        if receipt["status"] != 1:
            trace = self.node.rpc("debug_traceTransaction", sent, {"tracer": "callTracer"})
            raise RuntimeError(f"reverted: {trace.get('output')} {trace.get('error')}")
        return receipt


def intrinsic(data: str, *, creation: bool = False) -> int:
    """What a transaction costs before it runs (Cancun): base, calldata, words of init code."""
    raw = bytes.fromhex(data.removeprefix("0x"))
    zeros = raw.count(0)
    extra = 32_000 + 2 * (-(-len(raw) // 32)) if creation else 0
    return 21_000 + 4 * zeros + 16 * (len(raw) - zeros) + extra


def without_source_hash(code: bytes) -> bytes:
    """The code with 32 equal bytes for the hash of its sources."""
    at = code.find(SOURCE_HASH)
    while at >= 0:
        first = at + len(SOURCE_HASH)
        code = code[:first] + b"\x11" * 32 + code[first + 32 :]
        at = code.find(SOURCE_HASH, first)
    return code


@contextmanager
def measuring_chain(*, steps_tracing: bool = False) -> Iterator[Chain]:
    """A new chain with its named accounts and the compiled contracts."""
    Account.enable_unaudited_hdwallet_features()
    path = "m/44'/60'/0'/0/{}"
    keys = {
        name: Account.from_mnemonic(MNEMONIC, account_path=path.format(index))
        for index, name in enumerate(NAMES)
    }
    builds = {str(name): build for name, build in load_project()._build.items()}
    with start_anvil(base_fee=PRICE // 10, timestamp=GENESIS, steps_tracing=steps_tracing) as node:
        yield Chain(node, Web3(Web3.HTTPProvider(node.url)), keys, builds)
