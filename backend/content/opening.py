"""The store that a setting names."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from backend.content.bucket import Bucket
from backend.content.folder import Folder
from backend.content.ipfs import IpfsNode
from backend.content.store import Store, StoreError


def open_store(place: str) -> Store:
    """A folder, ``s3://BUCKET/PREFIX?endpoint=https://...`` or ``ipfs+http://HOST:PORT``.

    Raises StoreError for anything else that looks like an address.
    """
    scheme, found, rest = place.partition("://")
    if not found:
        return Folder(Path(place))
    if scheme == "s3":
        parts = urlsplit(place)
        given = parse_qs(parts.query)
        if not parts.netloc or set(given) - {"endpoint"}:
            raise StoreError(f"a bucket is s3://BUCKET/PREFIX?endpoint=https://..., not {place}")
        return Bucket.open(parts.netloc, parts.path.lstrip("/"), given.get("endpoint", [None])[0])
    if scheme in ("ipfs+http", "ipfs+https"):
        return IpfsNode(f"{scheme.removeprefix('ipfs+')}://{rest.rstrip('/')}")
    raise StoreError(f"content is kept in a folder, at s3:// or at ipfs+http://, not at {place}")
