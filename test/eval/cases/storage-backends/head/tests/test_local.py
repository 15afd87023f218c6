from io import BytesIO

import pytest

from shutterbox.errors import ApiError
from shutterbox.storage.local import LocalBackend


def test_writes_and_reads(tmp_path):
    backend = LocalBackend(tmp_path)
    assert backend.save("7/a.jpg", BytesIO(b"picture")) == 7
    with backend.open("7/a.jpg") as file:
        assert file.read() == b"picture"


def test_moves(tmp_path):
    backend = LocalBackend(tmp_path)
    backend.save("7/a.jpg", BytesIO(b"picture"))
    backend.move("7/a.jpg", "7/new/b.jpg")
    assert (tmp_path / "7/new/b.jpg").exists() and not (tmp_path / "7/a.jpg").exists()


@pytest.mark.parametrize("key", ["../etc/passwd", "7/../../etc/passwd", "/etc/passwd"])
def test_stays_on_the_volume(tmp_path, key):
    with pytest.raises(ApiError):
        LocalBackend(tmp_path / "media").open(key)
