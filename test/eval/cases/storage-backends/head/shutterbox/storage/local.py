import os
from pathlib import Path
from typing import BinaryIO

from shutterbox.errors import ApiError


class LocalBackend:
    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def _resolve(self, key: str) -> Path:
        full = (self._root / key).resolve()
        if full == self._root or not full.is_relative_to(self._root):
            raise ApiError(400, "this is no path for an asset")
        return full

    def save(self, key: str, stream: BinaryIO) -> int:
        full = self._resolve(key)
        full.parent.mkdir(parents=True, exist_ok=True)
        part = full.with_name(f".{full.name}.{os.getpid()}.part")
        with part.open("wb") as out:
            while chunk := stream.read(1024 * 1024):
                out.write(chunk)
        os.replace(part, full)
        return full.stat().st_size

    def open(self, key: str) -> BinaryIO:
        try:
            return self._resolve(key).open("rb")
        except FileNotFoundError:
            raise ApiError(404, "the file is gone") from None

    def move(self, old: str, new: str) -> None:
        source, target = self._resolve(old), self._resolve(new)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)

    def remove(self, key: str) -> None:
        self._resolve(key).unlink(missing_ok=True)
