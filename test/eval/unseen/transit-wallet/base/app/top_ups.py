import uuid
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from sqlalchemy import Column, MetaData, String, Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import service
from app.db import get_session
from app.security import require

router = APIRouter(dependencies=[require("top_up")])
seen = Table("top_up_keys", MetaData(), Column("key", String(64), primary_key=True))


class TopUpIn(BaseModel):
    key: str = Field(min_length=8, max_length=64)
    amount: int = Field(gt=0, le=50_000)


@router.post("/wallets/{wallet_id}/top-ups", status_code=204)
def top_up(wallet_id: uuid.UUID, body: TopUpIn, db: Annotated[Session, Depends(get_session)]) -> None:
    first = db.execute(insert(seen).values(key=body.key).on_conflict_do_nothing())
    if first.rowcount == 1:
        service.top_up(db, wallet_id, body.amount)
