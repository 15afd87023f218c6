import uuid

from arq import Retry, cron
from arq.connections import RedisSettings
from sqlalchemy import select

from boxoffice.db import Session
from boxoffice.mail import send_refund_mail
from boxoffice.models import Event, Order
from boxoffice.orders.holds import remove_old_holds
from boxoffice.orders.refunds import refund_orders
from boxoffice.payments.client import PaymentClient, ProviderError
from boxoffice.settings import settings


async def refund_event(ctx: dict, event_id: str) -> int:
    async with Session() as session:
        event = await session.get_one(Event, uuid.UUID(event_id))
        try:
            refunded = await refund_orders(session, ctx["payments"], event.id)
        except ProviderError as error:
            raise Retry(defer=60 * 2 ** ctx["job_try"]) from error
        for order in await session.scalars(select(Order).where(Order.id.in_(refunded))):
            await send_refund_mail(order.email, event.name, order.amount_cents)
        return len(refunded)


async def remove_holds(_ctx: dict) -> None:
    async with Session() as session:
        await remove_old_holds(session)


async def startup(ctx: dict) -> None:
    ctx["payments"] = PaymentClient(settings.payments_url, settings.payments_key)


async def shutdown(ctx: dict) -> None:
    await ctx["payments"].close()


class WorkerSettings:
    functions = [refund_event]
    cron_jobs = [cron(remove_holds, minute=7)]
    on_startup = startup
    on_shutdown = shutdown
    redis_settings = RedisSettings.from_dsn(settings.redis_url)
    max_tries = 5
    job_timeout = 900
