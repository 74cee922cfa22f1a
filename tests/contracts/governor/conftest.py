"""A governor with its timelock and votes, and a driver that walks proposals through it."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from eth_utils import keccak

from tests.contracts.rulebook.conftest import parameters as rule_book_setup

ZERO = "0x" + "00" * 20
POINT = 10**6
MINUTE, HOUR, DAY = 60, 3600, 86400
AGAINST, FOR, ABSTAIN, FRACTIONAL = 0, 1, 2, 255
PENDING, ACTIVE, CANCELED, DEFEATED, SUCCEEDED, QUEUED, EXPIRED, EXECUTED = range(8)

FEES, DISPUTE_RULES, ASSETS_AND_ARBITRATOR, TREASURY, ANYTHING = 1, 2, 4, 8, 16

DELAY = 2 * DAY  # of the timelock
GRACE = 7 * DAY
GUARDED = 180 * DAY
FLOOR = 200 * POINT

# smallest, largest, step, notice
BOUNDS = {
    "votingDelay": (HOUR, 7 * DAY, DAY, 0),
    "votingPeriod": (DAY, 14 * DAY, 2 * DAY, 0),
    "proposalThreshold": (10 * POINT, 1000 * POINT, 50 * POINT, 0),
    "lateQuorumVoteExtension": (HOUR, 4 * DAY, DAY, 0),
}
SETTINGS = {
    "votingDelay": DAY,
    "votingPeriod": 5 * DAY,
    "proposalThreshold": 100 * POINT,
    "lateQuorumVoteExtension": 2 * DAY,
}
# smallest, largest, step, notice: longer than the voting delay can be
NOTICE = 8 * DAY
TERMS_BOUNDS = {
    "quorumBps": (400, 4_000, 500, NOTICE),
    "approvalBps": (5_000, 8_000, 500, NOTICE),
    "delay": (HOUR, 30 * DAY, 7 * DAY, NOTICE),
}
# Quorum, approval and delay; the types differ in the files that are about them.
TERMS = ((2_000, 5_000, DAY),) * 5
POINTS = {"alice": 600, "bob": 300, "carol": 100, "dave": 50}


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        return str(bytes(value))
    return value.address.lower() if hasattr(value, "address") else str(value)


@dataclass(frozen=True)
class Proposal:
    """The calls of a proposal and its description."""

    targets: list[Any]
    values: list[int]
    calldatas: list[Any]
    description: str
    id: int = field(default=0)

    @property
    def calls(self) -> tuple[Any, ...]:
        """What queue, execute and cancel take."""
        return self.targets, self.values, self.calldatas, keccak(text=self.description)

    @property
    def operation(self) -> tuple[Any, ...]:
        """What the timelock takes, but for the salt."""
        return self.targets, self.values, self.calldatas, b"\0" * 32


class Driver:
    """Walks proposals through the governor's states."""

    def __init__(self, governor: Any, chain: Any, web3: Any, members: SimpleNamespace) -> None:
        self.governor, self.chain, self.web3, self.members = governor, chain, web3, members
        self.made = 0

    def next_at(self, time: int) -> None:
        """The next transaction is mined in this second."""
        answer = self.web3.provider.make_request("evm_setNextBlockTimestamp", [hex(time)])
        assert "error" not in answer, answer

    def settle(self) -> None:
        """Lets a second pass: what was earned or delegated before now counts."""
        self.until(self.chain[-1].timestamp + 2)

    def until(self, time: int) -> None:
        """Mines a block at this time: views see it as now."""
        self.chain.mine(timestamp=time)

    def draft(self, *calls: tuple[Any, ...], description: str | None = None) -> Proposal:
        """A proposal not yet made, of calls (target, data and, if any, value); without calls, one
        that pays the stranger one unit."""
        self.made += 1
        targets = [target for target, *_ in calls] or [self.members.stranger]
        values = [rest[0] if rest else 0 for _, _, *rest in calls] or [1]
        calldatas = [data for _, data, *_ in calls] or [b""]  # Brownie reads "0x" as a zero byte
        text = f"Proposal {self.made}" if description is None else description
        unnumbered = Proposal(targets, values, calldatas, text)
        number = self.governor.hashProposal(*unnumbered.calls)
        return Proposal(targets, values, calldatas, text, int(number))

    def submit(self, proposal: Proposal, proposer: Any = None) -> Any:
        return self.governor.propose(
            proposal.targets,
            proposal.values,
            proposal.calldatas,
            proposal.description,
            {"from": proposer or self.members.alice},
        )

    def pending(self, *calls: tuple[Any, ...], description: str | None = None) -> Proposal:
        proposal = self.draft(*calls, description=description)
        self.submit(proposal)
        return proposal

    def active(self, *calls: tuple[Any, ...], description: str | None = None) -> Proposal:
        proposal = self.pending(*calls, description=description)
        self.until(self.governor.proposalSnapshot(proposal.id) + 1)
        return proposal

    def succeeded(self, *calls: tuple[Any, ...], description: str | None = None) -> Proposal:
        proposal = self.active(*calls, description=description)
        self.governor.castVote(proposal.id, FOR, {"from": self.members.alice})
        self.until(self.governor.proposalDeadline(proposal.id) + 1)
        return proposal

    def queued(self, *calls: tuple[Any, ...], description: str | None = None) -> Proposal:
        proposal = self.succeeded(*calls, description=description)
        self.governor.queue(*proposal.calls, {"from": self.members.stranger})
        return proposal

    def ready(self, *calls: tuple[Any, ...], description: str | None = None) -> Proposal:
        proposal = self.queued(*calls, description=description)
        self.until(self.governor.proposalEta(proposal.id))
        return proposal

    def executed(self, *calls: tuple[Any, ...], description: str | None = None) -> Any:
        proposal = self.ready(*calls, description=description)
        return self.governor.execute(*proposal.calls, {"from": self.members.stranger})

    def state(self, proposal: Proposal) -> int:
        return int(self.governor.state(proposal.id))


def salt_of(governor: Any, proposal: Proposal) -> bytes:
    """The salt under which the governor schedules a proposal in the timelock."""
    mask = bytes.fromhex(governor.address[2:]) + b"\0" * 12
    return bytes(a ^ b for a, b in zip(mask, keccak(text=proposal.description), strict=True))


def bitmap(*states: int) -> bytes:
    """The states that would have been allowed, as `GovernorUnexpectedProposalState` tells."""
    return sum(1 << state for state in states).to_bytes(32, "big")


def parameters(guardian: Any, guardian_until: int, **changed: Any) -> tuple[Any, ...]:
    """The governor's deployment parameters, with some changed; bounds as `<setting>_bounds`."""
    bounds = tuple(changed.pop(f"{name}_bounds", BOUNDS[name]) for name in BOUNDS)
    settings = tuple(changed.pop(name, SETTINGS[name]) for name in SETTINGS)
    floor, grace = changed.pop("floor", FLOOR), changed.pop("grace", GRACE)
    assert not changed, changed
    return (*settings, floor, grace, guardian, guardian_until, bounds)


def types_setup(timelock: Any, rule_book: Any, escrow: Any, **changed: Any) -> tuple[Any, ...]:
    """What the types are deployed with; bounds as `<number>_bounds`."""
    bounds = tuple(changed.pop(f"{name}_bounds", TERMS_BOUNDS[name]) for name in TERMS_BOUNDS)
    terms = changed.pop("terms", TERMS)
    assert not changed, changed
    return (timelock, rule_book, escrow, *bounds, terms)


@pytest.fixture(autouse=True)
def isolation(fn_isolation):
    """Each test starts from the same chain."""


@pytest.fixture(scope="module")
def members(accounts):
    names = ("deployer", "alice", "bob", "carol", "dave", "guardian", "stranger")
    return SimpleNamespace(**dict(zip(names, accounts, strict=False)))


@pytest.fixture(scope="module")
def votes(StubVotes, members):
    stub = members.deployer.deploy(StubVotes)
    for name, points in POINTS.items():
        stub.mint(getattr(members, name), points * POINT, {"from": members.deployer})
    return stub


@pytest.fixture(scope="module")
def reputation(Reputation, members, timelock):
    """The real votes, with the same points; a file that wants them has `votes` return this."""
    accounts = [getattr(members, name) for name in POINTS]
    allotted = [points * POINT for points in POINTS.values()]
    caps = (10 * POINT, 40 * POINT, 10_000)
    nobody = members.deployer  # as rule book: no trade is claimed here
    return members.deployer.deploy(Reputation, timelock, nobody, caps, [], accounts, allotted)


@pytest.fixture(scope="module")
def timelock(MarketTimelock, members):
    bounds = (DAY, 14 * DAY, 2 * DAY, 0)
    deployer = members.deployer
    made = deployer.deploy(MarketTimelock, DELAY, [], [], deployer, bounds)
    deployer.transfer(made, 10**18)
    return made


@pytest.fixture(scope="module")
def guardian_until(chain):
    return chain[-1].timestamp + GUARDED


@pytest.fixture(scope="module")
def rule_book(RuleBook, members, timelock):
    people = SimpleNamespace(timelock=timelock, guardian=members.guardian, arbitrator=members.dave)
    return members.deployer.deploy(RuleBook, rule_book_setup(people))


@pytest.fixture(scope="module")
def escrow(Escrow, members, timelock, rule_book):
    return members.deployer.deploy(Escrow, rule_book, timelock, timelock, "0x" + "00" * 20)


@pytest.fixture(scope="module")
def terms():
    """What each type of proposal takes; a file that is about it has its own."""
    return TERMS


@pytest.fixture(scope="module")
def types(ProposalTypes, members, timelock, rule_book, escrow, terms):
    setup = types_setup(timelock, rule_book, escrow, terms=terms)
    return members.deployer.deploy(ProposalTypes, setup)


@pytest.fixture(scope="module")
def governor(MarketGovernor, members, votes, timelock, types, guardian_until, chain):
    made = members.deployer.deploy(
        MarketGovernor, votes, timelock, types, parameters(members.guardian, guardian_until)
    )
    sender = {"from": members.deployer}
    for role in ("PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"):
        timelock.grantRole(getattr(timelock, role)(), made, sender)
    timelock.renounceRole(timelock.DEFAULT_ADMIN_ROLE(), members.deployer, sender)
    chain.mine(timestamp=chain[-1].timestamp + MINUTE)  # past votes are read before this second
    return made


@pytest.fixture
def drive(governor, chain, web3, members):
    return Driver(governor, chain, web3, members)
