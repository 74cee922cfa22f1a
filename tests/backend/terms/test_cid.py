"""CIDs against names that are known everywhere, and for every digest there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.terms.cid import cid_of, content_hash, digest_of

# Empty content, known by every node of IPFS under this name, and the SHA2-256 of "hello world".
EMPTY = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"
HELLO = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"


def test_known_content_has_its_known_name() -> None:
    assert cid_of(content_hash("")) == EMPTY
    assert digest_of(EMPTY) == content_hash(b"")
    assert content_hash("hello world").hex() == HELLO


@given(st.binary(min_size=32, max_size=32))
def test_a_name_leads_back_to_the_hash(digest: bytes) -> None:
    assert digest_of(cid_of(digest)) == digest


@pytest.mark.parametrize("length", [0, 31, 33])
def test_other_lengths_have_no_name(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        cid_of(bytes(length))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "b",
        EMPTY.upper(),
        EMPTY[:-1],
        EMPTY + "a",
        "z" + EMPTY[1:],
        EMPTY[:-1] + "1",
        EMPTY[:-1] + "é",
        "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",  # a folder, not raw bytes
        "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n",  # version 0
        EMPTY[:-1] + "v",  # other bits behind the last byte
    ],
)
def test_no_other_name_is_taken(text: str) -> None:
    with pytest.raises(ValueError, match=r"CID|raw content"):
        digest_of(text)
