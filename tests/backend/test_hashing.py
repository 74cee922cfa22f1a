"""Which code hashes: it is asked for tens of thousands of times in a second."""

from eth_hash.auto import keccak


def test_keccak_is_that_of_the_compiled_library() -> None:
    assert keccak(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert "pysha3" in keccak.hasher.__module__
