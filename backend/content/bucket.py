"""A bucket of an S3-compatible store. Needs boto3 (`pip install commonhold[s3]`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.content.store import StoreError, checked
from backend.terms.cid import cid_of

_GONE = ("404", "NoSuchKey")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Objects are named by their CID, after `prefix`. Keys and region are boto3's own settings:
    `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_DEFAULT_REGION` or a profile."""

    client: Any
    bucket: str
    prefix: str = ""

    @classmethod
    def open(cls, bucket: str, prefix: str = "", endpoint: str | None = None) -> Bucket:
        """`endpoint` is the address of a store that is not Amazon's."""
        try:
            import boto3
            from botocore.config import Config
            from botocore.exceptions import BotoCoreError
        except ModuleNotFoundError:
            raise StoreError(
                "an S3-compatible store needs boto3: `pip install commonhold[s3]`"
            ) from None
        limits = Config(connect_timeout=5, read_timeout=20, retries={"max_attempts": 3})
        try:
            client = boto3.client("s3", endpoint_url=endpoint, config=limits)
        except (BotoCoreError, ValueError) as error:
            raise StoreError(f"the store cannot be used: {error}") from error
        return cls(client, bucket, prefix)

    def put(self, digest: bytes, data: bytes) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self.client.put_object(Bucket=self.bucket, Key=self._key(digest), Body=data)
        except (BotoCoreError, ClientError) as error:
            raise StoreError(f"the store took nothing: {error}") from error

    def get(self, digest: bytes) -> bytes | None:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            found = self.client.get_object(Bucket=self.bucket, Key=self._key(digest))
            data = bytes(found["Body"].read())
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _GONE:
                return None
            raise StoreError(f"the store gave nothing: {error}") from error
        except BotoCoreError as error:
            raise StoreError(f"the store gave nothing: {error}") from error
        return checked(digest, data)

    def _key(self, digest: bytes) -> str:
        return self.prefix + cid_of(digest)
