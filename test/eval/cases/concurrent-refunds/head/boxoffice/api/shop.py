import uuid

from fastapi import APIRouter
from sqlalchemy import func, select

from boxoffice.api.deps import Db, Payments
from boxoffice.api.schemas import EventOut, OrderOut, PurchaseIn
from boxoffice.events.service import get_open_event, list_sold_seats
from boxoffice.models import Event
from boxoffice.orders.service import purchase

router = APIRouter()


@router.get("/events")
async def list_events(session: Db) -> list[EventOut]:
    events = await session.scalars(
        select(Event)
        .where(Event.cancelled_at.is_(None), Event.starts_at > func.now())
        .order_by(Event.starts_at, Event.id)
        .limit(100)
    )
    return [EventOut.model_validate(event) for event in events]


@router.get("/events/{event_id}/sold")
async def sold_seats(event_id: uuid.UUID, session: Db) -> list[int]:
    event = await get_open_event(session, event_id)
    return await list_sold_seats(session, event.id)


@router.post("/events/{event_id}/orders", status_code=201)
async def buy(event_id: uuid.UUID, body: PurchaseIn, session: Db, payments: Payments) -> OrderOut:
    event = await get_open_event(session, event_id)
    order = await purchase(session, payments, event, body.email, body.seats, body.payment_token)
    return OrderOut.model_validate(order)
