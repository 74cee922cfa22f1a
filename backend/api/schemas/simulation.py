"""What would happen if a proposal were executed now."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from backend.api.schemas.base import BlockOut, Shape


class ValueOut(Shape):
    """A value of a contract's error."""

    name: str
    value: str


class ErrorOut(Shape):
    """Why a call was refused. `name` is the contract's error, null where it is not known here."""

    name: str | None
    values: list[ValueOut]
    text: str


class SimulatedEventOut(Shape):
    """What one of our contracts would log."""

    contract: str
    name: str
    args: dict[str, Any]


class SimulatedCallOut(Shape):
    """One call, in the order of the proposal. Calls after one that is refused are not reached: the
    timelock makes all or none."""

    outcome: Literal["succeeded", "refused", "notReached"]
    error: ErrorOut | None
    events: list[SimulatedEventOut]
    warning: str | None = Field(description="The call succeeds and yet does not do what it says.")


class SimulationOut(Shape):
    """Every call, made by the timelock in the block that is being made now, without a trace.

    The execution itself comes later, and finds what others did until then. `together`: each call
    found what the one before left; otherwise the node could try each by itself only, and tells no
    events.
    """

    number: int = Field(description="The block that is being made.")
    time: int = Field(description="Its time, unix seconds.")
    together: bool
    succeeded: bool
    calls: list[SimulatedCallOut]


class SimulationAtOut(Shape):
    """The simulation of a proposal that was made."""

    simulation: SimulationOut
    as_of: BlockOut
