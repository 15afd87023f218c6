from datetime import UTC, datetime

import pytest

from app.sync import cursor


def test_cursor_survives_the_round_trip():
    now = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    assert cursor.decode(cursor.encode(now, 17)) == (now, 17)


@pytest.mark.parametrize("text", ["", "AAAA", "not base64!"])
def test_other_text_is_refused(text):
    with pytest.raises(ValueError):
        cursor.decode(text)
