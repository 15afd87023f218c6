"""Reads the consignments that Polarline announces. Cron, every ten minutes."""

import logging
from collections.abc import Iterator
from itertools import batched

import httpx
from sqlalchemy import text

from app.config import settings
from app.db import session_factory

log = logging.getLogger(__name__)

UPSERT = text(
    """
    INSERT INTO shipments (carrier, carrier_ref, consignee, status, picked_up_at, delivered_at)
    VALUES ('polar', :ref, :consignee, :status, :picked_up_at, :delivered_at)
    ON CONFLICT (carrier, carrier_ref) DO UPDATE
    SET status = excluded.status,
        picked_up_at = excluded.picked_up_at,
        delivered_at = excluded.delivered_at
    """
)


def consignments() -> Iterator[dict]:
    page = 1
    with httpx.Client(timeout=20, headers={"x-api-key": settings.polar_feed_key}) as client:
        while True:
            response = client.get(settings.polar_feed_url, params={"page": page})
            response.raise_for_status()
            body = response.json()
            for item in body["consignments"]:
                yield {
                    "ref": item["number"],
                    "consignee": item["receiver"]["name"][:120],
                    "status": item["state"].lower(),
                    "picked_up_at": item.get("collected"),
                    "delivered_at": item.get("delivered"),
                }
            if not body.get("more"):
                return
            page += 1


def main() -> None:
    count = 0
    for batch in batched(consignments(), 500):
        with session_factory.begin() as session:
            session.execute(UPSERT, list(batch))
        count += len(batch)
    log.info("polar feed: %d consignments", count)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main()
