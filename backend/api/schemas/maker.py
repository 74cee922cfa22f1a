"""What is known of who makes an offer."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from backend.api.schemas.base import Shape
from backend.api.schemas.label import LabelOut, labels_out
from backend.api.schemas.review import RatingOut
from backend.queries.labels import Label
from backend.terms.rating import Rating


class MakerOut(Shape):
    """A maker of an offer: `/members/{account}/profile` tells more."""

    account: str
    rating: RatingOut | None = Field(description="Null: nobody has reviewed it.")
    labels: list[LabelOut] = Field(description="Those that it has now.")


def maker_of(account: str, rating: Rating | None, labels: Sequence[Label]) -> MakerOut:
    return MakerOut(account=account, rating=RatingOut.of(rating), labels=labels_out(labels))
