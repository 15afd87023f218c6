from decimal import Decimal
from enum import StrEnum


class TemperatureClass(StrEnum):
    FROZEN = "frozen"
    CHILLED = "chilled"
    AMBIENT = "ambient"


# Lowest and highest allowed temperature in degrees Celsius, both inclusive.
RANGES: dict[TemperatureClass, tuple[Decimal, Decimal]] = {
    TemperatureClass.FROZEN: (Decimal(-90), Decimal(-18)),
    TemperatureClass.CHILLED: (Decimal(2), Decimal(8)),
    TemperatureClass.AMBIENT: (Decimal(5), Decimal(25)),
}
