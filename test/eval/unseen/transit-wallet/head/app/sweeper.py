"""Releases holds that nobody captured. Runs as its own process."""

import logging
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from app import service
from app.config import settings
from app.db import session_factory
from app.errors import HoldClosed
from app.models import Hold

log = logging.getLogger(__name__)


def sweep(now: datetime) -> int:
    limit = now - timedelta(minutes=settings.hold_minutes)
    with session_factory() as session:
        query = select(Hold.id).where(Hold.state == "open", Hold.created_at < limit).limit(1000)
        ids = list(session.scalars(query))
    for hold_id in ids:
        try:
            with session_factory.begin() as session:
                service.release(session, hold_id)
        except HoldClosed:
            continue
    return len(ids)


if __name__ == "__main__":
    while True:
        log.info("released %d holds", sweep(datetime.now(UTC)))
        time.sleep(60)
