import enum
import uuid
from datetime import datetime

from sqlalchemy import DateTime, Enum, ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from boxoffice.db import Base


class OrderStatus(enum.StrEnum):
    PAID = "paid"
    REFUNDED = "refunded"


class Organiser(Base):
    __tablename__ = "organisers"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    name: Mapped[str] = mapped_column(String(120))
    api_key_hash: Mapped[str] = mapped_column(String(64), unique=True)


class Event(Base):
    __tablename__ = "events"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    organiser_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisers.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seats: Mapped[int]
    price_cents: Mapped[int]
    cancelled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (Index("orders_event_status", "event_id", "status"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id"))
    email: Mapped[str] = mapped_column(String(254))
    amount_cents: Mapped[int]
    payment_id: Mapped[str] = mapped_column(String(64), unique=True)
    refund_id: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[OrderStatus] = mapped_column(
        Enum(OrderStatus, native_enum=False, values_callable=lambda kind: [one.value for one in kind]),
        default=OrderStatus.PAID,
    )
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    seats: Mapped[list["OrderSeat"]] = relationship(back_populates="order", cascade="all, delete-orphan")


class OrderSeat(Base):
    """A seat that is sold. One seat of an event is sold once."""

    __tablename__ = "order_seats"
    __table_args__ = (UniqueConstraint("event_id", "seat", name="order_seats_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id"))
    seat: Mapped[int]
    order: Mapped[Order] = relationship(back_populates="seats")
