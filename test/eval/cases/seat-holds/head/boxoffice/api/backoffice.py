import uuid

from fastapi import APIRouter, Response
from sqlalchemy import select

from boxoffice.api.deps import CurrentOrganiser, Db, Queue
from boxoffice.api.schemas import EventIn, EventOut
from boxoffice.events.service import cancel_event, get_own_event
from boxoffice.models import Event

router = APIRouter()


@router.get("/events")
async def list_events(session: Db, organiser: CurrentOrganiser, offset: int = 0) -> list[EventOut]:
    events = await session.scalars(
        select(Event)
        .where(Event.organiser_id == organiser.id)
        .order_by(Event.starts_at.desc(), Event.id)
        .offset(max(offset, 0))
        .limit(100)
    )
    return [EventOut.model_validate(event) for event in events]


@router.post("/events", status_code=201)
async def create_event(body: EventIn, session: Db, organiser: CurrentOrganiser) -> EventOut:
    event = Event(organiser_id=organiser.id, **body.model_dump())
    session.add(event)
    await session.commit()
    return EventOut.model_validate(event)


@router.post("/events/{event_id}/cancel", status_code=202)
async def cancel(event_id: uuid.UUID, session: Db, organiser: CurrentOrganiser, queue: Queue) -> Response:
    event = await get_own_event(session, organiser.id, event_id)
    await cancel_event(session, event)
    await queue.enqueue_job("refund_event", str(event.id), _job_id=f"refund-{event.id}")
    return Response(status_code=202)
