import asyncio
import logging
import uuid
from collections.abc import AsyncIterator

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from boxoffice.models import Order, OrderStatus
from boxoffice.payments.client import PaymentClient, ProviderError

log = logging.getLogger(__name__)

#: The provider answers 429 from ten requests at a time on.
AT_A_TIME = 8
BATCH = 200


async def _refund(payments: PaymentClient, slots: asyncio.Semaphore, order: Order) -> str | None:
    async with slots:
        try:
            return await payments.refund(order.payment_id, order.amount_cents, key=f"cancel-{order.id}")
        except ProviderError as error:
            log.warning("refund failed", extra={"order_id": str(order.id), "error": str(error)})
            return None


async def _next_batch(session: AsyncSession, event_id: uuid.UUID) -> list[Order]:
    orders = await session.scalars(
        select(Order)
        .where(Order.event_id == event_id, Order.status == OrderStatus.PAID)
        .order_by(Order.id)
        .limit(BATCH)
    )
    return list(orders)


async def refund_orders(
    session: AsyncSession, payments: PaymentClient, event_id: uuid.UUID
) -> AsyncIterator[list[Order]]:
    """Refunds what is still paid for an event and yields each batch once it is committed. A second run goes on where the
    first one stopped."""
    slots = asyncio.Semaphore(AT_A_TIME)
    total = 0
    while orders := await _next_batch(session, event_id):
        refund_ids = await asyncio.gather(*(_refund(payments, slots, order) for order in orders))
        for order, refund_id in zip(orders, refund_ids, strict=True):
            order.refund_id = refund_id
            order.status = OrderStatus.REFUNDED
        await session.commit()
        total += len(orders)
        yield orders
    log.info("event refunded", extra={"event_id": str(event_id), "orders": total})
