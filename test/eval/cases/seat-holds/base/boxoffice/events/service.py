import uuid
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from boxoffice.errors import Conflict, NotFound
from boxoffice.models import Event, OrderSeat


async def get_open_event(session: AsyncSession, event_id: uuid.UUID) -> Event:
    event = await session.get(Event, event_id)
    if event is None:
        raise NotFound("No such event")
    if event.cancelled_at is not None or event.starts_at <= datetime.now(UTC):
        raise Conflict("The event is over or cancelled")
    return event


async def get_own_event(session: AsyncSession, organiser_id: uuid.UUID, event_id: uuid.UUID) -> Event:
    event = await session.scalar(select(Event).where(Event.id == event_id, Event.organiser_id == organiser_id))
    if event is None:
        raise NotFound("No such event")
    return event


async def list_sold_seats(session: AsyncSession, event_id: uuid.UUID) -> list[int]:
    seats = await session.scalars(select(OrderSeat.seat).where(OrderSeat.event_id == event_id).order_by(OrderSeat.seat))
    return list(seats)


async def cancel_event(session: AsyncSession, event: Event) -> None:
    if event.cancelled_at is None:
        event.cancelled_at = datetime.now(UTC)
        await session.commit()
