"""What wallets show of all that is signed here: ERC-7730 descriptors of one deployment.

Made of the same types and ABIs that are signed and called; only the words are written by hand
(`words.py`, `messages.py`, `calls.py`). Source: https://eips.ethereum.org/EIPS/eip-7730, version 1.
"""

from backend.descriptors.files import descriptors_of

__all__ = ["descriptors_of"]
