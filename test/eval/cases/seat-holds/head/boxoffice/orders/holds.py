import uuid
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from boxoffice.errors import Conflict
from boxoffice.events.service import list_sold_seats
from boxoffice.models import Event, SeatHold

HOLD_FOR = timedelta(minutes=10)


async def take_hold(session: AsyncSession, event: Event, seats: list[int]) -> uuid.UUID:
    """Holds all of the seats or none."""
    if seats[0] < 1 or seats[-1] > event.seats:
        raise Conflict("There is no such seat")
    if set(seats) & set(await list_sold_seats(session, event.id)):
        raise Conflict("A seat is sold")
    await session.execute(
        delete(SeatHold).where(
            SeatHold.event_id == event.id, SeatHold.seat.in_(seats), SeatHold.expires_at <= func.now()
        )
    )
    hold_id = uuid.uuid4()
    session.add_all(
        SeatHold(event_id=event.id, seat=seat, hold_id=hold_id, expires_at=func.now() + HOLD_FOR) for seat in seats
    )
    try:
        await session.commit()
    except IntegrityError:
        await session.rollback()
        raise Conflict("A seat is held by somebody else") from None
    return hold_id


async def give_back(session: AsyncSession, hold_id: uuid.UUID) -> None:
    await session.execute(delete(SeatHold).where(SeatHold.hold_id == hold_id))
    await session.commit()


async def list_held_seats(session: AsyncSession, event_id: uuid.UUID) -> list[int]:
    seats = await session.scalars(
        select(SeatHold.seat).where(SeatHold.event_id == event_id, SeatHold.expires_at > func.now())
    )
    return list(seats)


async def check_hold(session: AsyncSession, event: Event, hold_id: uuid.UUID, seats: list[int]) -> None:
    held = await session.scalars(
        select(SeatHold.seat).where(
            SeatHold.event_id == event.id, SeatHold.hold_id == hold_id, SeatHold.expires_at > func.now()
        )
    )
    if sorted(held) != seats:
        raise Conflict("The hold has run out")


async def remove_old_holds(session: AsyncSession) -> None:
    await session.execute(delete(SeatHold).where(SeatHold.expires_at <= func.now()))
    await session.commit()
