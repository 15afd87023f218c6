import logging

import psycopg

logger = logging.getLogger(__name__)


def find_invoice(conn: psycopg.Connection, invoice_id: int) -> dict | None:
    with conn.cursor() as cursor:
        cursor.execute("select id, number, cents from invoices where id = %s", (invoice_id,))
        return cursor.fetchone()


def mark_paid(conn: psycopg.Connection, invoice_id: int) -> None:
    with conn.transaction(), conn.cursor() as cursor:
        cursor.execute("update invoices set paid_at = now() where id = %s and paid_at is null", (invoice_id,))
    logger.info("invoice %s paid", invoice_id)
