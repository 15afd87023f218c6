import uuid

from arq.connections import RedisSettings

from boxoffice.db import Session
from boxoffice.mail import send_refund_mail
from boxoffice.models import Event
from boxoffice.orders.refunds import refund_orders
from boxoffice.payments.client import PaymentClient
from boxoffice.settings import settings


async def refund_event(ctx: dict, event_id: str) -> int:
    async with Session() as session:
        event = await session.get_one(Event, uuid.UUID(event_id))
        refunded = 0
        async for orders in refund_orders(session, ctx["payments"], event.id):
            for order in orders:
                await send_refund_mail(order.email, event.name, order.amount_cents)
            refunded += len(orders)
        return refunded


async def startup(ctx: dict) -> None:
    ctx["payments"] = PaymentClient(settings.payments_url, settings.payments_key)


async def shutdown(ctx: dict) -> None:
    await ctx["payments"].close()


class WorkerSettings:
    functions = [refund_event]
    on_startup = startup
    on_shutdown = shutdown
    redis_settings = RedisSettings.from_dsn(settings.redis_url)
    max_tries = 5
    job_timeout = 900
