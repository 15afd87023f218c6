from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import get_session
from app.models import Shipment
from app.schemas import ShipmentIn, ShipmentOut

router = APIRouter(prefix="/shipments")
Db = Annotated[Session, Depends(get_session)]


@router.post("", status_code=201, response_model=ShipmentOut)
def create(body: ShipmentIn, db: Db) -> Shipment:
    shipment = Shipment(**body.model_dump())
    try:
        with db.begin_nested():
            db.add(shipment)
    except IntegrityError as error:
        raise HTTPException(409, "shipment is known") from error
    db.refresh(shipment)
    return shipment


@router.get("", response_model=list[ShipmentOut])
def list_open(db: Db, after: int = 0, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[Shipment]:
    query = select(Shipment).where(Shipment.delivered_at.is_(None), Shipment.id > after)
    return list(db.scalars(query.order_by(Shipment.id).limit(limit)))


@router.get("/{shipment_id}", response_model=ShipmentOut)
def read(shipment_id: int, db: Db) -> Shipment:
    shipment = db.get(Shipment, shipment_id)
    if shipment is None:
        raise HTTPException(404, "no such shipment")
    return shipment
