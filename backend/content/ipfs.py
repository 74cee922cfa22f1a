"""A node of IPFS, by the RPC of Kubo (https://docs.ipfs.tech/reference/kubo/rpc/).

Content is one raw block under its SHA2-256, so that the node's CID is the one reckoned from the
chain. Blocks have at most 2 MiB there.
"""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from backend.content.store import StoreError, checked
from backend.terms.cid import cid_of

_SECONDS = 20.0
_NOT_FOUND_SECONDS = "5s"  # how long the node looks for a block that it does not have


@dataclass(frozen=True, slots=True)
class IpfsNode:
    """`address` is that of the RPC, such as http://127.0.0.1:5001."""

    address: str

    def put(self, digest: bytes, data: bytes) -> None:
        options = {"cid-codec": "raw", "mhtype": "sha2-256", "pin": "true"}
        answer = self._ask("block/put", options, files={"data": data})
        found = answer.json().get("Key") if answer.is_success else None
        if found != cid_of(digest):
            raise StoreError(f"the node of IPFS did not keep {cid_of(digest)}: {answer.text[:200]}")

    def get(self, digest: bytes) -> bytes | None:
        answer = self._ask("block/get", {"arg": cid_of(digest), "timeout": _NOT_FOUND_SECONDS})
        if answer.is_success:
            return checked(digest, answer.content)
        if "not found" in answer.text or "deadline exceeded" in answer.text:
            return None
        raise StoreError(f"the node of IPFS gave nothing: {answer.text[:200]}")

    def _ask(
        self, command: str, options: dict[str, str], files: dict[str, bytes] | None = None
    ) -> httpx.Response:
        try:
            return httpx.post(
                f"{self.address}/api/v0/{command}", params=options, files=files, timeout=_SECONDS
            )
        except httpx.HTTPError as error:
            raise StoreError(f"the node of IPFS at {self.address} does not answer") from error
