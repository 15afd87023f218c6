import pytest
from pydantic import ValidationError

from app.holds import CaptureIn, HoldIn


def test_a_hold_is_positive():
    with pytest.raises(ValidationError):
        HoldIn(gate="G1", amount=0)


def test_a_free_ride_may_be_captured():
    assert CaptureIn(fare=0).fare == 0
