"""Files on the media volume. Paths of assets come from users."""

import os
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from shutterbox.errors import ApiError


def _resolve(team_id: int, path: str) -> Path:
    root = (current_app.config["MEDIA_ROOT"] / str(team_id)).resolve()
    full = (root / path.lstrip("/")).resolve()
    if full == root or not full.is_relative_to(root):
        raise ApiError(400, "this is no path for an asset")
    return full


def save(team_id: int, path: str, stream: BinaryIO) -> int:
    full = _resolve(team_id, path)
    full.parent.mkdir(parents=True, exist_ok=True)
    part = full.with_name(f".{full.name}.{os.getpid()}.part")
    with part.open("wb") as out:
        while chunk := stream.read(1024 * 1024):
            out.write(chunk)
    os.replace(part, full)
    return full.stat().st_size


def open_file(team_id: int, path: str) -> BinaryIO:
    try:
        return _resolve(team_id, path).open("rb")
    except FileNotFoundError:
        raise ApiError(404, "the file is gone") from None


def move(team_id: int, old: str, new: str) -> None:
    source, target = _resolve(team_id, old), _resolve(team_id, new)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)


def remove(team_id: int, path: str) -> None:
    _resolve(team_id, path).unlink(missing_ok=True)
