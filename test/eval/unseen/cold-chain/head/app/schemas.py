from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from app.temperature import TemperatureClass


class ShipmentIn(BaseModel):
    carrier: str = Field(pattern=r"^[a-z]{2,16}$")
    carrier_ref: str = Field(min_length=1, max_length=40)
    consignee: str = Field(min_length=1, max_length=120)
    temperature_class: TemperatureClass = TemperatureClass.CHILLED


class ShipmentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    carrier: str
    carrier_ref: str
    consignee: str
    status: str
    temperature_class: TemperatureClass
    picked_up_at: datetime | None
    delivered_at: datetime | None


class Breach(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    celsius: Decimal
    measured_at: datetime


class ReadingIn(BaseModel):
    celsius: Decimal = Field(ge=-90, le=60, decimal_places=2)
    measured_at: datetime
