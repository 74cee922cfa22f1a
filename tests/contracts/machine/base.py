"""What the rules of the machine share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, ClassVar

from hypothesis.stateful import RuleBasedStateMachine

from backend.terms.offer import ZERO_ADDRESS, Offer
from tests.contracts.machine.world import Models, World

CHAIN_ID = 31_337
TAKE, REFUSE = 0, 1  # moods of the payee


class Base(RuleBasedStateMachine):
    """One history of the market, from its first block."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.world.restart()
        self.offers: list[Offer] = []
        self.trades: list[bytes] = []
        self.claimed: set[bytes] = set()
        self.funded: dict[tuple[str, str], int] = defaultdict(int)
        self.is_broken = False

    @property
    def models(self) -> Models:
        return self.world.models

    @property
    def keeper(self) -> str:
        """Somebody who has no part in anything."""
        return self.world.people["keeper"].address

    def both(
        self, name: str, sender: str, call: Any, model: Callable[[], Any], value: int = 0
    ) -> Any:
        """See `World.both`."""
        self.is_broken = True
        result = self.world.both(name, sender, call, model, value)
        self.is_broken = False
        return result

    def send(self, sender: str, call: Any) -> None:
        """Changes something of the world that no model knows."""
        self.world.now += 1
        assert self.world.send(sender, call) is None

    def sign(self, account: str, message: Any) -> bytes:
        """The signature of an account; the payee's is its owner's."""
        if account == self.world.payee.address:
            account = self.world.people["carol"].address
        (signer,) = (p for p in self.world.people.values() if p.address == account)
        return bytes(signer.key.sign_message(message).signature)

    def refuse(self, account: str, asset: str, refuses: bool) -> None:
        """From now on this account cannot be paid in this asset, or can again."""
        if asset == ZERO_ADDRESS:
            call = self.world.payee.setMood(REFUSE if refuses else TAKE)
        else:
            call = self.world.odd.setDenied(account, refuses)
        self.send(self.keeper, call)
        if refuses:
            self.models.escrow.refuses.add((account, asset))
        else:
            self.models.escrow.refuses.discard((account, asset))

    def allow_funders(self, offer: Offer, caller: str) -> None:
        """A denied account could not fund either: the token's own refusal, not the Escrow's."""
        if offer.terms.asset != self.world.odd.address:
            return
        for account in (*offer.terms.parties, caller):
            if (account, offer.terms.asset) in self.models.escrow.refuses:
                self.refuse(account, offer.terms.asset, False)
