import uuid
from dataclasses import dataclass

from psycopg import Connection


@dataclass(frozen=True)
class Payout:
    id: uuid.UUID
    iban: str
    cents: int
    purpose: str
    attempts: int


def due(db: Connection, limit: int) -> list[Payout]:
    rows = db.execute(
        """
        SELECT p.id, f.iban, p.cents, p.purpose, p.attempts
        FROM payouts p JOIN farmers f ON f.id = p.farmer_id
        WHERE p.state = 'approved' AND p.next_attempt_at <= now()
        ORDER BY p.next_attempt_at
        LIMIT %s
        """,
        (limit,),
    ).fetchall()
    return [Payout(**row) for row in rows]


def mark_sent(db: Connection, payout_id: uuid.UUID, transfer_id: str) -> None:
    db.execute(
        "UPDATE payouts SET state = 'sent', transfer_id = %s WHERE id = %s",
        (transfer_id, payout_id),
    )


def mark_failed(db: Connection, payout_id: uuid.UUID, reason: str) -> None:
    db.execute("UPDATE payouts SET state = 'failed', reason = %s WHERE id = %s", (reason, payout_id))


def postpone(db: Connection, payout_id: uuid.UUID, minutes: int) -> None:
    db.execute(
        """
        UPDATE payouts SET attempts = attempts + 1, next_attempt_at = now() + make_interval(mins => %s)
        WHERE id = %s
        """,
        (minutes, payout_id),
    )
