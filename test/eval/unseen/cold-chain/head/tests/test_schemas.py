import pytest
from pydantic import ValidationError

from app.schemas import ReadingIn, ShipmentIn


def test_carrier_is_a_short_lower_case_word():
    with pytest.raises(ValidationError):
        ShipmentIn(carrier="Polar 1", carrier_ref="A", consignee="Apotheke Nord")


def test_reading_has_a_plausible_temperature():
    with pytest.raises(ValidationError):
        ReadingIn(celsius="99", measured_at="2026-01-01T00:00:00Z")
