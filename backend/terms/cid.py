"""Names of content: the 32 bytes on the chain, and the same as a CID.

The hash on the chain is the SHA2-256 of the content's bytes, so that the CID can be reckoned from
the chain alone: version 1, codec raw, written in base32 (https://github.com/multiformats/cid).
"""

from __future__ import annotations

import base64
import hashlib

SIZE = 32  # bytes of a digest
_BEFORE = bytes([0x01, 0x55, 0x12, SIZE])  # version 1, raw, sha2-256, its length
_LENGTH = 1 + len(base64.b32encode(_BEFORE + bytes(SIZE)).rstrip(b"="))


def content_hash(content: bytes | str) -> bytes:
    """What the chain keeps of these bytes, or of this text in UTF-8."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).digest()


def cid_of(digest: bytes) -> str:
    """ValueError unless it has 32 bytes."""
    if len(digest) != SIZE:
        raise ValueError(f"a content hash has {SIZE} bytes, not {len(digest)}")
    return "b" + base64.b32encode(_BEFORE + digest).decode().rstrip("=").lower()


def digest_of(cid: str) -> bytes:
    """The hash on the chain. ValueError: another version, codec, hash or base than ours."""
    if len(cid) != _LENGTH or not cid.startswith("b"):
        raise ValueError("a CID of this market begins with bafkrei and has 59 letters and digits")
    padded = cid[1:].upper() + "=" * (-(_LENGTH - 1) % 8)
    try:
        found = base64.b32decode(padded)
    except ValueError:
        raise ValueError("a CID is written in base32: a to z and 2 to 7") from None
    digest = found[len(_BEFORE) :]
    if not found.startswith(_BEFORE) or cid_of(digest) != cid:
        raise ValueError("only raw content under its SHA2-256 has a CID here (bafkrei...)")
    return digest
