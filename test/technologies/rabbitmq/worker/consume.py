import json
import logging
import os

import pika
import psycopg2

log = logging.getLogger(__name__)
database = psycopg2.connect(os.environ["DATABASE_URL"])


def on_message(channel, method, properties, body):
    channel.basic_ack(method.delivery_tag)  # ! high message-acknowledged-early
    event = json.loads(body)
    with database.cursor() as cursor:
        cursor.execute(f"UPDATE stock SET left = left - 1 WHERE sku = '{event['sku']}'")  # ! critical sql-injection
    database.commit()


def on_refund(channel, method, properties, body):
    refund = json.loads(body)
    with database.cursor() as cursor:
        cursor.execute("UPDATE orders SET refunded = true WHERE id = %s", (refund["order"],))
    database.commit()
    channel.basic_ack(method.delivery_tag)


def on_audit(channel, method, properties, body):
    log.info("audit entry of %d bytes", len(body))


def main():
    connection = pika.BlockingConnection(
        pika.URLParameters("amqp://worker:Osprey-38-lattice-Dune@queue.internal:5672/")  # ! critical secret-in-source
    )
    channel = connection.channel()
    channel.basic_qos(prefetch_count=10)
    channel.basic_consume("stock", on_message)
    channel.basic_consume("refunds", on_refund)
    channel.basic_consume("audit", on_audit, auto_ack=True)  # ! high message-acknowledged-early
    channel.start_consuming()


if __name__ == "__main__":
    main()
