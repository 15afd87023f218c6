from typing import BinaryIO, Protocol


class Backend(Protocol):
    def save(self, key: str, stream: BinaryIO) -> int:
        """Writes the file, whole or not at all, and returns its size."""

    def open(self, key: str) -> BinaryIO: ...

    def move(self, old: str, new: str) -> None: ...

    def remove(self, key: str) -> None: ...
