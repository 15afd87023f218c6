"""Files of assets, on the media volume or in a bucket. Paths of assets come from users."""

from typing import BinaryIO

from flask import current_app

from shutterbox.storage.backend import Backend
from shutterbox.storage.keys import key_of
from shutterbox.storage.local import LocalBackend


def _backend() -> Backend:
    backend = current_app.extensions.get("storage")
    if backend is None:
        bucket = current_app.config.get("STORAGE_BUCKET")
        if bucket:
            from shutterbox.storage.bucket import BucketBackend

            backend = BucketBackend(bucket)
        else:
            backend = LocalBackend(current_app.config["MEDIA_ROOT"])
        current_app.extensions["storage"] = backend
    return backend


def save(team_id: int, path: str, stream: BinaryIO) -> int:
    return _backend().save(key_of(team_id, path), stream)


def open_file(team_id: int, path: str) -> BinaryIO:
    return _backend().open(key_of(team_id, path))


def move(team_id: int, old: str, new: str) -> None:
    _backend().move(key_of(team_id, old), key_of(team_id, new))


def remove(team_id: int, path: str) -> None:
    _backend().remove(key_of(team_id, path))
