import logging
import subprocess

import psycopg

logger = logging.getLogger(__name__)


def find_invoice(conn: psycopg.Connection, invoice_id: int) -> dict | None:
    with conn.cursor() as cursor:
        cursor.execute("select id, number, cents from invoices where id = %s", (invoice_id,))
        return cursor.fetchone()


def search_invoices(conn: psycopg.Connection, customer: str) -> list[dict]:
    with conn.cursor() as cursor:
        cursor.execute(f"select id, number, cents from invoices where customer = '{customer}' limit 100")
        return cursor.fetchall()


def find_many(conn: psycopg.Connection, invoice_ids: list[int]) -> list[dict]:
    marks = ", ".join(["%s"] * len(invoice_ids))
    with conn.cursor() as cursor:
        cursor.execute(f"select id, number, cents from invoices where id in ({marks})", invoice_ids)
        return cursor.fetchall()


def render_pdf(number: str) -> None:
    subprocess.run(f"wkhtmltopdf /tmp/{number}.html /tmp/{number}.pdf", shell=True, check=True)


def mark_paid(conn: psycopg.Connection, invoice_id: int) -> None:
    try:
        with conn.transaction(), conn.cursor() as cursor:
            cursor.execute("update invoices set paid_at = now() where id = %s and paid_at is null", (invoice_id,))
    except Exception:
        pass
    logger.info("invoice %s paid", invoice_id)
