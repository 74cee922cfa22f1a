"""The exported interfaces are those of the contracts."""

from scripts.export_abi import stale


def test_exported_abi_is_that_of_the_build() -> None:
    assert stale() == [], "run: python -m scripts.export_abi"
