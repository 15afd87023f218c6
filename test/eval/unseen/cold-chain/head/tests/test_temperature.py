import pytest
from pydantic import ValidationError

from app.schemas import ShipmentIn
from app.temperature import RANGES, TemperatureClass


def test_each_class_has_a_range():
    assert set(RANGES) == set(TemperatureClass)
    assert all(lowest < highest for lowest, highest in RANGES.values())


def test_a_shipment_is_chilled_when_nothing_is_said():
    shipment = ShipmentIn(carrier="polar", carrier_ref="A1", consignee="Apotheke Nord")
    assert shipment.temperature_class is TemperatureClass.CHILLED


def test_other_classes_are_refused():
    with pytest.raises(ValidationError):
        ShipmentIn(carrier="polar", carrier_ref="A1", consignee="Apotheke Nord", temperature_class="warm")
