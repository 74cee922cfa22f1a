"""What it takes to strike a juror: a trade, and a call."""

from typing import Any

from tests.contracts.court.world import Dispute, Room
from tests.contracts.escrow.market import Opened, Person


def trade_between(room: Room, seller: Person, buyer: Person) -> Opened:
    market = room.market
    offer = market.offer(parties=(seller, None))
    return market.opened(offer, market.take(offer, market.sign(offer, seller), buyer))


def strike(dispute: Dispute, seat: int, trade: Opened) -> Any:
    return dispute.court.strike(dispute.id, seat, trade.packed, {"from": dispute.room.stranger})
