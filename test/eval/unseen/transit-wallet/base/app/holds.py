import uuid
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app import service
from app.db import get_session
from app.security import require

router = APIRouter(dependencies=[require("gate")])
Db = Annotated[Session, Depends(get_session)]


class HoldIn(BaseModel):
    gate: str = Field(min_length=1, max_length=32)
    amount: int = Field(gt=0, le=10_000)


class CaptureIn(BaseModel):
    fare: int = Field(ge=0, le=10_000)


@router.post("/wallets/{wallet_id}/holds", status_code=201)
def place(wallet_id: uuid.UUID, body: HoldIn, db: Db) -> dict:
    hold = service.place_hold(db, wallet_id, body.gate, body.amount)
    return {"id": hold.id, "amount": hold.amount}


@router.post("/holds/{hold_id}/capture")
def capture(hold_id: uuid.UUID, body: CaptureIn, db: Db) -> dict:
    return {"state": service.capture(db, hold_id, body.fare).state}


@router.post("/holds/{hold_id}/release")
def release(hold_id: uuid.UUID, db: Db) -> dict:
    return {"state": service.release(db, hold_id).state}
