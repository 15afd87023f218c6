from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy.orm import Session

from app.db import get_session
from app.models import Reading, Shipment
from app.schemas import ReadingIn

router = APIRouter(prefix="/shipments/{shipment_id}/readings")


@router.post("", status_code=204)
def add(shipment_id: int, body: ReadingIn, db: Annotated[Session, Depends(get_session)]) -> None:
    if db.get(Shipment, shipment_id) is None:
        raise HTTPException(404, "no such shipment")
    db.add(Reading(shipment_id=shipment_id, **body.model_dump()))
