"""Contents filled up to a few sizes, so that how long a message is tells little."""

from __future__ import annotations

from backend.messages.errors import BadMessage

BUCKETS = (256, 1_024, 4_096, 16_384)  # octets, the mark of the end included
LARGEST = BUCKETS[-1] - 1
_END = b"\x80"


def pad(content: bytes) -> bytes:
    """ISO/IEC 7816-4, up to the smallest bucket. BadMessage: larger than the largest."""
    for bucket in BUCKETS:
        if len(content) < bucket:
            return (content + _END).ljust(bucket, b"\0")
    raise BadMessage(f"a message holds {LARGEST} octets, and this is {len(content)}")


def unpad(padded: bytes) -> bytes:
    """BadMessage: not what `pad` makes of anything."""
    content = padded.rstrip(b"\0")[:-1]
    if len(padded) not in BUCKETS or pad(content) != padded:
        raise BadMessage("the padding is not as it must be")
    return content
