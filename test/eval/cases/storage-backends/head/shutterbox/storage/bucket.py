from typing import BinaryIO

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from shutterbox.errors import ApiError


class BucketBackend:
    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._client = boto3.client(
            "s3",
            config=Config(connect_timeout=3, read_timeout=30, retries={"max_attempts": 3, "mode": "standard"}),
        )

    def save(self, key: str, stream: BinaryIO) -> int:
        self._client.upload_fileobj(stream, self._bucket, key)
        return self._client.head_object(Bucket=self._bucket, Key=key)["ContentLength"]

    def open(self, key: str) -> BinaryIO:
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                raise ApiError(404, "the file is gone") from None
            raise

    def move(self, old: str, new: str) -> None:
        self._client.copy({"Bucket": self._bucket, "Key": old}, self._bucket, new)
        self._client.delete_object(Bucket=self._bucket, Key=old)

    def remove(self, key: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=key)
