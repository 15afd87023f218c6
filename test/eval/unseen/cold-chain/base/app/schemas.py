from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field


class ShipmentIn(BaseModel):
    carrier: str = Field(pattern=r"^[a-z]{2,16}$")
    carrier_ref: str = Field(min_length=1, max_length=40)
    consignee: str = Field(min_length=1, max_length=120)


class ShipmentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    carrier: str
    carrier_ref: str
    consignee: str
    status: str
    picked_up_at: datetime | None
    delivered_at: datetime | None


class ReadingIn(BaseModel):
    celsius: Decimal = Field(ge=-90, le=60, decimal_places=2)
    measured_at: datetime
