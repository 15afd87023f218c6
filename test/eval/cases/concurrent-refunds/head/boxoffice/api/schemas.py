import uuid
from datetime import datetime

from pydantic import BaseModel, ConfigDict, EmailStr, Field, field_validator


class EventOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    name: str
    starts_at: datetime
    seats: int
    price_cents: int
    cancelled_at: datetime | None


class EventIn(BaseModel):
    name: str = Field(min_length=1, max_length=200)
    starts_at: datetime
    seats: int = Field(ge=1, le=5_000)
    price_cents: int = Field(ge=0, le=1_000_000)


class PurchaseIn(BaseModel):
    email: EmailStr
    seats: list[int] = Field(min_length=1, max_length=10)
    payment_token: str = Field(min_length=1, max_length=128)

    @field_validator("seats")
    @classmethod
    def each_seat_once(cls, seats: list[int]) -> list[int]:
        if len(set(seats)) != len(seats):
            raise ValueError("a seat is named twice")
        return sorted(seats)


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    event_id: uuid.UUID
    amount_cents: int
    status: str
