"""A real court on Anvil and its plain model: one call goes to both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from backend.terms.offer import ZERO_ADDRESS, Listing, Offer, Terms, Trade, Tranche
from backend.terms.typed_data import signable_offer
from tests.contracts.escrow.market import DAY, FEE, GOODS, Person
from tests.contracts.machine.calls import Call, Coins, Face, plain
from tests.contracts.machine.wire import Wire
from tests.model.court import Court
from tests.model.escrow import OpenedTrade

CHAIN_ID = 31_337
AMOUNT = 1_000_003


@dataclass
class World(Wire):
    """The contracts, their people, and the model of them all as it is after the deployment."""

    port: int
    escrow: Face
    rules: Face
    points: Face
    randomness: Face
    pool: Face
    court: Face
    people: dict[str, Person]
    pristine: Court
    start: int
    now: int = 0
    model: Court = field(init=False)
    gas_paid: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ran: Counter[str] = field(default_factory=Counter)
    compared: Counter[str] = field(default_factory=Counter)
    offers: int = 0

    def __post_init__(self) -> None:
        self.connect()
        self.faces = (self.court, self.escrow, self.pool, self.rules)
        self.jurors = [p.address for name, p in self.people.items() if name.startswith("juror")]
        self.stranger = self.people["stranger"].address
        self.snapshot = self.ask("evm_snapshot")
        self.restart()

    def restart(self) -> None:
        """Back to the deployment, and to a model that nothing has happened to."""
        assert self.ask("evm_revert", self.snapshot)
        self.snapshot = self.ask("evm_snapshot")
        self.model = deepcopy(self.pristine)
        self.now = self.start

    def both(
        self, name: str, sender: str, call: Call, model: Callable[[], Any], value: int = 0
    ) -> Any:
        """Sends in the next second and does the same to the model; both succeed, or fail with the
        same error, after which the model is what it was before."""
        self.now += 1
        before = deepcopy(self.model)
        try:
            result, wanted = model(), None
        except Exception as error:
            if not type(error).__module__.startswith("tests.model"):
                raise
            result, wanted = None, (type(error).__name__, plain(error.args))
            self.model.__dict__.update(before.__dict__)
        found = self.send(sender, call, value)
        assert found == wanted, f"{name}: contract {found}, model {wanted}"
        self.ran[name if wanted is None else f"{name} refused: {wanted[0]}"] += 1
        return result

    def trade(self, seller: Person, buyer: Person) -> OpenedTrade:
        """The buyer takes the seller's offer and pays in coin."""
        self.offers += 1
        terms = Terms(
            ZERO_ADDRESS,
            (seller.address, buyer.address),
            (Tranche(1, 0, 1, AMOUNT, 7 * DAY, 3 * DAY),),
        )
        conditions = (bytes(32), GOODS, FEE, self.now, self.now + DAY, 1, self.offers)
        offer = Offer(terms, Listing(*conditions))
        message = signable_offer(CHAIN_ID, self.escrow.address, offer)
        signature = bytes(seller.key.sign_message(message).signature)
        salt, escrow = self.salt(), self.model.escrow
        opened = self.both(
            "open trade",
            buyer.address,
            self.escrow.openTrade(offer.pack(), 0, [signature]),
            lambda: escrow.open(self.now, buyer.address, offer, 0, [seller.address], AMOUNT, salt),
            AMOUNT,
        )
        assert isinstance(opened, OpenedTrade)
        return opened

    def at_escrow(self, action: str, trade: Trade, who: str) -> Any:
        """An action on the only tranche of a trade."""
        call = getattr(self.escrow, action)(trade.pack(), 0)
        method = getattr(self.model.escrow, action)
        if action == "expire":
            return self.both(action, who, call, lambda: method(self.now, trade, 0))
        return self.both(action, who, call, lambda: method(self.now, who, trade, 0))

    def coins(self) -> tuple[int, int]:
        """What the court and the pool hold."""
        court, pool = self.read([Coins(self.court.address), Coins(self.pool.address)])
        return int(court), int(pool)
