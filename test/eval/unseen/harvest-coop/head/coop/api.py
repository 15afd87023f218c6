import secrets
import uuid
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

from coop.config import settings
from coop.db import pool


def require_office(authorization: Annotated[str, Header()] = "") -> None:
    wanted = f"Bearer {settings.api_token}"
    if not settings.api_token or not secrets.compare_digest(authorization.encode(), wanted.encode()):
        raise HTTPException(401, "unauthorised")


app = FastAPI(title="harvest-coop", dependencies=[Depends(require_office)])
app.router.on_startup.append(pool.open)


class PayoutIn(BaseModel):
    id: uuid.UUID
    farmer_id: int
    cents: int = Field(gt=0, le=50_000_000)
    purpose: str = Field(min_length=1, max_length=140)


@app.post("/payouts", status_code=202)
def approve(body: PayoutIn) -> None:
    with pool.connection() as db:
        db.execute(
            """
            INSERT INTO payouts (id, farmer_id, cents, purpose) VALUES (%s, %s, %s, %s)
            ON CONFLICT (id) DO NOTHING
            """,
            (body.id, body.farmer_id, body.cents, body.purpose),
        )


@app.get("/payouts/{payout_id}")
def read(payout_id: uuid.UUID) -> dict:
    with pool.connection() as db:
        row = db.execute(
            "SELECT id, cents, state, transfer_id, reason FROM payouts WHERE id = %s", (payout_id,)
        ).fetchone()
    if row is None:
        raise HTTPException(404, "no such payout")
    return row
