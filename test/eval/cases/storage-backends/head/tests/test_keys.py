import pytest

from shutterbox.errors import ApiError
from shutterbox.storage.keys import key_of


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("wedding/001.jpg", "7/wedding/001.jpg"),
        ("/wedding/001.jpg", "7/wedding/001.jpg"),
        ("wedding//./001.jpg", "7/wedding/001.jpg"),
        ("wedding/raw/../001.jpg", "7/wedding/001.jpg"),
    ],
)
def test_one_spelling(path, key):
    assert key_of(7, path) == key


@pytest.mark.parametrize("path", ["", "/", ".", "a/.."])
def test_no_path_at_all(path):
    with pytest.raises(ApiError):
        key_of(7, path)
