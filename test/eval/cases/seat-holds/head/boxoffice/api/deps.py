import hashlib
from typing import Annotated

from arq import ArqRedis
from fastapi import Depends, Header, HTTPException, Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from boxoffice.db import get_session
from boxoffice.models import Organiser
from boxoffice.payments.client import PaymentClient

Db = Annotated[AsyncSession, Depends(get_session)]


def get_payments(request: Request) -> PaymentClient:
    return request.app.state.payments


def get_queue(request: Request) -> ArqRedis:
    return request.app.state.queue


async def get_organiser(session: Db, x_api_key: Annotated[str, Header()]) -> Organiser:
    digest = hashlib.sha256(x_api_key.encode()).hexdigest()
    organiser = await session.scalar(select(Organiser).where(Organiser.api_key_hash == digest))
    if organiser is None:
        raise HTTPException(401, "The key is not known")
    return organiser


Payments = Annotated[PaymentClient, Depends(get_payments)]
Queue = Annotated[ArqRedis, Depends(get_queue)]
CurrentOrganiser = Annotated[Organiser, Depends(get_organiser)]
