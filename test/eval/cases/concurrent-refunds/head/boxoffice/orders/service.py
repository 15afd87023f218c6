from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from boxoffice.errors import Conflict
from boxoffice.models import Event, Order, OrderSeat
from boxoffice.payments.client import PaymentClient


async def purchase(
    session: AsyncSession, payments: PaymentClient, event: Event, email: str, seats: list[int], token: str
) -> Order:
    """Sells seats: authorises the payment, takes the seats, captures. Nobody pays for a seat that is taken."""
    if seats[0] < 1 or seats[-1] > event.seats:
        raise Conflict("There is no such seat")
    amount = event.price_cents * len(seats)
    payment_id = await payments.authorise(amount, token)
    order = Order(
        event_id=event.id,
        email=email,
        amount_cents=amount,
        payment_id=payment_id,
        seats=[OrderSeat(event_id=event.id, seat=seat) for seat in seats],
    )
    session.add(order)
    try:
        await session.flush()
    except IntegrityError:
        await session.rollback()
        await payments.release(payment_id)
        raise Conflict("A seat was sold in the meantime") from None
    await payments.capture(payment_id)
    await session.commit()
    return order
