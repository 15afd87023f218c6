import asyncio
import uuid
from types import SimpleNamespace

from boxoffice.orders.refunds import AT_A_TIME, _refund


class Payments:
    def __init__(self):
        self.running = 0
        self.most = 0

    async def refund(self, payment_id, amount_cents, key):
        self.running += 1
        self.most = max(self.most, self.running)
        await asyncio.sleep(0)
        self.running -= 1
        return f"refund-{payment_id}"


async def test_eight_at_a_time():
    payments, slots = Payments(), asyncio.Semaphore(AT_A_TIME)
    orders = [SimpleNamespace(id=uuid.uuid4(), payment_id=str(i), amount_cents=100) for i in range(40)]
    ids = await asyncio.gather(*(_refund(payments, slots, order) for order in orders))
    assert ids == [f"refund-{i}" for i in range(40)]
    assert payments.most <= AT_A_TIME
