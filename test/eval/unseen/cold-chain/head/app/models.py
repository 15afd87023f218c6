from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Numeric,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Shipment(Base):
    __tablename__ = "shipments"
    __table_args__ = (
        UniqueConstraint("carrier", "carrier_ref", name="shipments_carrier_ref_key"),
        CheckConstraint(
            "temperature_class IN ('frozen', 'chilled', 'ambient')",
            name="shipments_temperature_class_check",
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    carrier: Mapped[str] = mapped_column(String(16))
    carrier_ref: Mapped[str] = mapped_column(String(40))
    consignee: Mapped[str] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(16), server_default="announced")
    temperature_class: Mapped[str] = mapped_column(String(8))
    picked_up_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    delivered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    readings: Mapped[list["Reading"]] = relationship(order_by="Reading.measured_at")


class Reading(Base):
    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"))
    celsius: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    measured_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
