"""Words and pictures that hashes on the chain speak of, kept under those hashes.

content = accept(uploaded)            # what it is, checked and cleaned
store = open_store("var/content")
store.put(content.digest, content.data)
"""

from backend.content.accepted import Accepted, Refused, accept
from backend.content.kinds import Kind
from backend.content.opening import open_store
from backend.content.store import Altered, Store, StoreError

__all__ = ["Accepted", "Altered", "Kind", "Refused", "Store", "StoreError", "accept", "open_store"]
