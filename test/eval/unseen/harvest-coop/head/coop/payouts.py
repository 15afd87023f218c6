import uuid
from dataclasses import dataclass

from psycopg import Connection

# Longer than all tries of one transfer together.
CLAIM_MINUTES = 15

# The row is still ours: nobody took it over while we talked to the bank.
OURS = "id = %(id)s AND claim = %(claim)s AND state = 'sending'"


@dataclass(frozen=True)
class Payout:
    id: uuid.UUID
    iban: str
    cents: int
    purpose: str
    attempts: int
    claim: uuid.UUID


def claim_next(db: Connection) -> Payout | None:
    """Takes the next due payout, or one whose sender has not come back in time."""
    row = db.execute(
        """
        UPDATE payouts p
        SET state = 'sending',
            claim = %(claim)s,
            next_attempt_at = now() + make_interval(mins => %(minutes)s)
        FROM farmers f
        WHERE f.id = p.farmer_id
          AND p.id = (
              SELECT id FROM payouts
              WHERE state IN ('approved', 'sending') AND next_attempt_at <= now()
              ORDER BY next_attempt_at
              LIMIT 1
              FOR UPDATE SKIP LOCKED
          )
        RETURNING p.id, f.iban, p.cents, p.purpose, p.attempts, p.claim
        """,
        {"claim": uuid.uuid4(), "minutes": CLAIM_MINUTES},
    ).fetchone()
    return Payout(**row) if row else None


def mark_sent(db: Connection, payout: Payout, transfer_id: str) -> bool:
    return _settle(db, payout, "state = 'sent', transfer_id = %(value)s", transfer_id)


def mark_failed(db: Connection, payout: Payout, reason: str) -> bool:
    return _settle(db, payout, "state = 'failed', reason = %(value)s", reason)


def postpone(db: Connection, payout: Payout, minutes: int) -> bool:
    return _settle(
        db,
        payout,
        "state = 'approved', attempts = attempts + 1, next_attempt_at = now() + make_interval(mins => %(value)s)",
        minutes,
    )


def _settle(db: Connection, payout: Payout, change: str, value: str | int) -> bool:
    result = db.execute(
        f"UPDATE payouts SET {change}, claim = NULL WHERE {OURS}",
        {"id": payout.id, "claim": payout.claim, "value": value},
    )
    return result.rowcount == 1
