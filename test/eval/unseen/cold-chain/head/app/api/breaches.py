from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db import get_session
from app.models import Reading, Shipment
from app.schemas import Breach
from app.temperature import RANGES, TemperatureClass

router = APIRouter(prefix="/shipments/{shipment_id}/breaches")


@router.get("", response_model=list[Breach])
def list_breaches(
    shipment_id: int,
    db: Annotated[Session, Depends(get_session)],
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[Reading]:
    shipment = db.get(Shipment, shipment_id)
    if shipment is None:
        raise HTTPException(404, "no such shipment")

    lowest, highest = RANGES[TemperatureClass(shipment.temperature_class)]
    query = (
        select(Reading)
        .where(Reading.shipment_id == shipment_id)
        .where(or_(Reading.celsius < lowest, Reading.celsius > highest))
        .order_by(Reading.measured_at)
        .limit(limit)
    )
    return list(db.scalars(query))
