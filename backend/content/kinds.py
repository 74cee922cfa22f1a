"""What can be kept."""

from __future__ import annotations

from enum import StrEnum

MAX_WORDS = 100_000  # bytes
MAX_UPLOAD = 12_000_000  # bytes of a picture as it is sent
MAX_SIDE = 10_000  # pixels
MAX_PIXELS = 40_000_000
KEPT_SIDE = 2_048  # pixels: larger pictures are made smaller


class Kind(StrEnum):
    """Each with the media type it is served as."""

    WORDS = "text/plain"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"

    @property
    def media_type(self) -> str:
        return "text/plain; charset=utf-8" if self is Kind.WORDS else self.value
