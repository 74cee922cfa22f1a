"""The reviews of a trade, as the contract tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend import abi
from backend.chain import CallReverted, Contract, Node
from backend.cli.offer.trade import Known
from backend.cli.terminal import CommandError
from backend.settings import Deployment
from backend.terms.offer import Tranche
from backend.terms.reverts import read_revert
from backend.terms.reviews import ReviewStatus, Sides


@dataclass(frozen=True, slots=True)
class Standing:
    """A review as it stands; what belongs to another status is zero."""

    status: ReviewStatus
    commit_until: int
    commitment: bytes
    rating: int
    revealed_at: int
    replied: bool


@dataclass(frozen=True, slots=True)
class Windows:
    """The last seconds (unix) in which reviews of the trade are committed to, and revealed."""

    commit_until: int
    reveal_until: int


class Reader:
    """The contract's views."""

    def __init__(self, node: Node, market: Deployment) -> None:
        self.contract = Contract(node, "Reviews", market.address("Reviews"), abi.load("Reviews"))

    def state(self, sides: Sides) -> Standing:
        found = self.contract.call("reviewOf", sides.trade_id, sides.author, sides.subject)
        status, commit_until, commitment, rating, revealed_at, replied = found
        hidden = bytes.fromhex(commitment[2:])
        return Standing(
            ReviewStatus(status), commit_until, hidden, rating, revealed_at, bool(replied)
        )

    def other(self, sides: Sides) -> Standing:
        """The review that the subject wrote of the author."""
        return self.state(Sides(sides.trade_id, sides.subject, sides.author))

    def windows(self, known: Known) -> Windows:
        """Raises CommandError for a trade that is not over."""
        try:
            _, commit_until, reveal_until = self.contract.call("windowsOf", known.call)
        except CallReverted as error:
            said = read_revert(error.data)
            if said.name == "Reviews_NotClosed":
                raise CommandError(
                    "Too early: a trade is reviewed once all of it is closed, and has begun."
                ) from None
            raise CommandError(f"The Reviews refuse this trade: {said.text}") from None
        return Windows(commit_until, reveal_until)


def pairs_of(known: Known) -> list[tuple[str, str]]:
    """Author and subject: accounts that one tranche has both among its three."""
    sides: list[set[Any]] = []
    for word in known.call[2]:
        tranche = Tranche.unpack(word)
        seats = (tranche.funder, tranche.performer, tranche.checker)
        sides.append({known.parties[seat] for seat in seats})
    return [
        (author, subject)
        for author in known.parties
        for subject in known.parties
        if author != subject and any({author, subject} <= side for side in sides)
    ]


def stars(rating: int) -> str:
    return f"{rating} star{'s' * (rating != 1)}"


def read_trade(text: str) -> str:
    """Its id. Raises CommandError."""
    found = text.lower()
    if len(found) != 66 or not found.startswith("0x") or set(found[2:]) - set("0123456789abcdef"):
        raise CommandError(f"{text} is not the id of a trade: 0x and 64 hexadecimal digits.")
    return found
