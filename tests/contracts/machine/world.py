"""A real market on Anvil, and the plain models beside it: one call goes to both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.market import Person
from tests.contracts.machine.calls import Call, Coins, Face, plain
from tests.contracts.machine.wire import Wire
from tests.model.escrow import Escrow
from tests.model.reputation import Reputation
from tests.model.rulebook import RuleBook


@dataclass
class Models:
    """What the contracts should be like."""

    rule_book: RuleBook
    escrow: Escrow
    reputation: Reputation


@dataclass
class World(Wire):
    """The contracts, their people, and what was spent on gas since the snapshot."""

    port: int
    escrow: Face
    rule_book: Face
    reputation: Face
    token: Face
    odd: Face
    payee: Face
    labels: Face
    people: dict[str, Person]
    pristine: Models
    start: int
    now: int = 0
    models: Models = field(init=False)
    gas_paid: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ran: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.connect()
        self.faces = (self.escrow, self.rule_book, self.reputation, self.odd)
        self.assets = (ZERO_ADDRESS, self.token.address, self.odd.address)
        self.traders = [self.people[name].address for name in ("alice", "bob", "carol", "dave")]
        self.traders.append(self.payee.address)
        self.treasury = self.people["timelock"].address
        self.watched = (*self.traders, self.treasury, self.people["keeper"].address)
        # The holders and assets of `first`, in the order of `balances`.
        self.holdings = [(h, a) for h in (*self.watched, self.escrow.address) for a in self.assets]
        self.snapshot = self.ask("evm_snapshot")
        self.restart()
        self.first = self.owned(self.read(self.balances()))

    def restart(self) -> None:
        """Back to the first block, and to models that nothing has happened to."""
        assert self.ask("evm_revert", self.snapshot)
        self.snapshot = self.ask("evm_snapshot")
        self.models = deepcopy(self.pristine)
        self.gas_paid.clear()
        self.now = self.start

    # What is done

    def both(
        self, name: str, sender: str, call: Call, model: Callable[[], Any], value: int = 0
    ) -> Any:
        """Sends to the contract, does to the model, and compares what went wrong if anything.

        The time is the next second; returns what the model returned, or None after an error.
        """
        self.now += 1
        before = deepcopy(self.models.escrow)
        try:
            result, wanted = model(), None
        except Exception as error:
            if not type(error).__module__.startswith("tests.model"):
                raise
            result, wanted = None, (type(error).__name__, plain(error.args))
            assert before == self.models.escrow, "a model that raises has changed nothing"
        found = self.send(sender, call, value)
        assert found == wanted, f"{name}: contract {found}, model {wanted}"
        self.ran[name if wanted is None else f"{name} refused: {wanted[0]}"] += 1
        return result

    # What is read

    def balances(self) -> list[Call | Coins]:
        tokens = {token.address: token for token in (self.token, self.odd)}
        return [
            tokens[asset].balanceOf(holder) if asset in tokens else Coins(holder)
            for holder, asset in self.holdings
        ]

    def owned(self, answers: Sequence[int]) -> dict[tuple[str, str], int]:
        """The answers to `balances` by holder and asset, gas paid given back."""
        owned = dict(zip(self.holdings, answers, strict=True))
        for holder, paid in self.gas_paid.items():
            if (holder, ZERO_ADDRESS) in owned:
                owned[holder, ZERO_ADDRESS] += paid
        return owned
