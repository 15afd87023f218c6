import logging
import uuid

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from boxoffice.models import Order, OrderStatus
from boxoffice.payments.client import PaymentClient

log = logging.getLogger(__name__)


async def refund_orders(session: AsyncSession, payments: PaymentClient, event_id: uuid.UUID) -> list[uuid.UUID]:
    """Refunds what is still paid for an event, one order after the other. Each is committed by itself, so that a second
    run goes on where the first one stopped."""
    orders = await session.scalars(
        select(Order).where(Order.event_id == event_id, Order.status == OrderStatus.PAID).order_by(Order.id)
    )
    refunded = []
    for order in orders.all():
        refund = await payments.refund(order.payment_id, order.amount_cents, key=f"cancel-{order.id}")
        order.refund_id = refund
        order.status = OrderStatus.REFUNDED
        await session.commit()
        refunded.append(order.id)
    log.info("event refunded", extra={"event_id": str(event_id), "orders": len(refunded)})
    return refunded
