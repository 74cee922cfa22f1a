"""Each store: a real folder, and a real server that speaks S3 (`rclone serve s3`)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from backend.content import Altered, Store, StoreError, open_store
from backend.content.bucket import Bucket
from backend.content.folder import Folder
from backend.terms.cid import cid_of, content_hash
from scripts.toolchain.node import free_port

WORDS = b"a bicycle, as new"
DIGEST = content_hash(WORDS)
KEY, SECRET = "members", "a secret of the tests"
RCLONE = Path(sys.executable).parent / "rclone"
PATIENT = Config(connect_timeout=1, retries={"max_attempts": 10, "mode": "standard"})


@pytest.fixture(scope="module")
def bucket_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("s3")
    address = f"127.0.0.1:{free_port()}"
    keys = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "eu-west-1",
    }
    command = [str(RCLONE), "serve", "s3", "--addr", address, "--auth-key", f"{KEY},{SECRET}"]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in keys.items():
            patch.setenv(name, value)
        server = subprocess.Popen(
            [*command, "--config", os.devnull, str(place)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            client = boto3.client("s3", endpoint_url=f"http://{address}", config=PATIENT)
            _create_bucket(client, server)
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait(timeout=10)


def _create_bucket(client: Any, server: subprocess.Popen[bytes]) -> None:
    """Once the server listens; asks until then, each time with the client's own patience."""
    while True:
        try:
            client.create_bucket(Bucket="market")
            return
        except BotoCoreError:
            assert server.poll() is None, f"{RCLONE} ended at once"


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


def test_a_bucket_of_others_is_told_of(
    bucket_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a guess")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)  # it keeps the keys of before
    store = Bucket.open("market", endpoint=bucket_address)
    with pytest.raises(StoreError, match=r"took nothing.*SignatureDoesNotMatch"):
        store.put(DIGEST, WORDS)
    with pytest.raises(StoreError, match=r"gave nothing.*SignatureDoesNotMatch"):
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
