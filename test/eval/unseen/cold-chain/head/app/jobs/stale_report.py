"""Lists shipments on the road that have sent no reading for two hours."""

import logging
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from app.db import session_factory
from app.models import Reading, Shipment

log = logging.getLogger(__name__)


def main(now: datetime | None = None) -> None:
    limit = (now or datetime.now(UTC)) - timedelta(hours=2)
    last = func.max(Reading.measured_at)
    query = (
        select(Shipment.id, Shipment.carrier_ref, last)
        .outerjoin(Reading, Reading.shipment_id == Shipment.id)
        .where(Shipment.picked_up_at.is_not(None), Shipment.delivered_at.is_(None))
        .group_by(Shipment.id)
        .having(func.coalesce(last, Shipment.picked_up_at) < limit)
    )
    with session_factory() as session:
        for shipment_id, ref, seen in session.execute(query):
            log.warning("shipment %s (%s): last reading %s", shipment_id, ref, seen)


if __name__ == "__main__":
    main()
