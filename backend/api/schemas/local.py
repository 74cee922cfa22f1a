"""What a chain on one's own machine has besides."""

from __future__ import annotations

from pydantic import Field

from backend.api.schemas.base import AmountOut, BlockOut, Shape


class PersonOut(Shape):
    """Somebody who is there to try things out as."""

    name: str
    account: str
    role: str = Field(description="What they mostly do: trader, member, juror or operator.")


class LocalOut(Shape):
    """The node signs and sends for these people: nobody's key is given out, here or anywhere."""

    rpc_url: str = Field(description="The node, as a browser on this machine reaches it.")
    coin: AmountOut = Field(description="One of the chain's own coin.")
    people: list[PersonOut]
    as_of: BlockOut
