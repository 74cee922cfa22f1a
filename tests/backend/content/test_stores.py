"""Each store: a real folder, a real server that speaks S3."""

import os
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from backend.content import Altered, Store, StoreError, open_store
from backend.content.bucket import Bucket
from backend.content.folder import Folder
from backend.terms.cid import cid_of, content_hash

WORDS = b"a bicycle, as new"
DIGEST = content_hash(WORDS)


@pytest.fixture(scope="module")
def bucket_address() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    keys = {
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "eu-west-1",
    }
    before = {name: os.environ.get(name) for name in keys}
    os.environ.update(keys)
    address = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=address).create_bucket(
        Bucket="market", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    yield address
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return open_store(str(tmp_path / "content"))
    address = request.getfixturevalue("bucket_address")
    return open_store(f"s3://market/{tmp_path.name}/?endpoint={address}")


def test_what_was_put_in_comes_out(store: Store) -> None:
    assert store.get(DIGEST) is None
    store.put(DIGEST, WORDS)
    store.put(DIGEST, WORDS)
    assert store.get(DIGEST) == WORDS
    assert store.get(content_hash(b"another")) is None


def test_what_was_altered_is_never_given_out_C7(store: Store) -> None:
    store.put(DIGEST, b"a bicycle, as old")
    with pytest.raises(Altered, match=cid_of(DIGEST)):
        store.get(DIGEST)
    store.put(DIGEST, WORDS)
    assert store.get(DIGEST) == WORDS


def test_no_half_file_is_left_in_a_folder(tmp_path: Path) -> None:
    Folder(tmp_path).put(DIGEST, WORDS)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [cid_of(DIGEST)]


def test_a_folder_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    place = tmp_path / "a file"
    place.write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(str(place)).put(DIGEST, WORDS)


def test_a_bucket_that_is_not_there_is_told_of(bucket_address: str) -> None:
    store = Bucket.open("nobody-s", endpoint=bucket_address)
    with pytest.raises(StoreError, match="NoSuchBucket"):
        store.put(DIGEST, WORDS)
    with pytest.raises(StoreError, match="NoSuchBucket"):
        store.get(DIGEST)


@pytest.mark.parametrize(
    "place", ["s3://", "s3://market?secret=x", "ftp://a.example", "https://a.example"]
)
def test_an_unknown_place_is_refused(place: str) -> None:
    with pytest.raises(StoreError, match=r"a bucket is|content is kept"):
        open_store(place)


def test_a_node_that_is_away_is_told_of() -> None:
    store = open_store("ipfs+http://127.0.0.1:1")
    with pytest.raises(StoreError, match="does not answer"):
        store.get(DIGEST)
