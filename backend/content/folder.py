"""A local folder."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from backend.content.store import StoreError, checked
from backend.terms.cid import cid_of


@dataclass(frozen=True, slots=True)
class Folder:
    """One file for each content, named by its CID, in folders by its last two letters."""

    path: Path

    def put(self, digest: bytes, data: bytes) -> None:
        """Written beside and then moved, so that no half file is ever found."""
        place = self._place(digest)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
                try:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                    os.replace(file.name, place)
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise StoreError(f"{place} cannot be written: {error.strerror or error}") from error

    def get(self, digest: bytes) -> bytes | None:
        place = self._place(digest)
        try:
            data = place.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{place} cannot be read: {error.strerror or error}") from error
        return checked(digest, data)

    def _place(self, digest: bytes) -> Path:
        cid = cid_of(digest)
        return self.path / cid[-2:] / cid
