"""What ticket machines of the 2019 series poll to know balances while they are offline."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Response
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.config import settings
from app.db import get_session
from app.models import Wallet
from app.security import require
from app.sync import cursor

router = APIRouter(prefix="/sync", dependencies=[require("machine")])
Db = Annotated[Session, Depends(get_session)]


@router.get("/wallets")
def changes(db: Db, after: str | None = None) -> dict:
    query = select(Wallet).order_by(Wallet.changed_at, Wallet.revision).limit(settings.sync_page_size)
    if after is not None:
        try:
            changed_at, revision = cursor.decode(after)
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        query = query.where(tuple_(Wallet.changed_at, Wallet.revision) > (changed_at, revision))

    wallets = list(db.scalars(query))
    last = wallets[-1] if wallets else None
    return {
        "wallets": [{"id": w.id, "available": w.available, "revision": w.revision} for w in wallets],
        "next": cursor.encode(last.changed_at, last.revision) if last else after,
    }


@router.get("/wallets/{wallet_id}")
def one(
    wallet_id: uuid.UUID,
    db: Db,
    response: Response,
    if_none_match: Annotated[str | None, Header()] = None,
) -> dict | None:
    wallet = db.get(Wallet, wallet_id)
    if wallet is None:
        raise HTTPException(404, "no such wallet")
    tag = f'"{wallet.revision}"'
    response.headers["etag"] = tag
    if if_none_match == tag:
        response.status_code = 304
        return None
    return {"id": wallet.id, "available": wallet.available, "revision": wallet.revision}
