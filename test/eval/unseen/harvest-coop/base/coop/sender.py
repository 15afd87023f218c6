"""Hands approved payouts to Bankline. Runs as its own process."""

import logging
import signal
import threading

from coop import payouts
from coop.bankline import Bankline, BanklineUnavailable, TransferRefused
from coop.db import pool
from coop.lock import lock

log = logging.getLogger(__name__)
stop = threading.Event()


def send_due(bank: Bankline) -> int:
    with pool.connection() as db:
        found = payouts.due(db, 20)
    for payout in found:
        with lock(f"payout:{payout.id}", 300) as got:
            if not got:
                continue
            try:
                transfer_id = bank.transfer(payout.id, payout.iban, payout.cents, payout.purpose)
            except TransferRefused as error:
                with pool.connection() as db:
                    payouts.mark_failed(db, payout.id, str(error))
            except BanklineUnavailable:
                with pool.connection() as db:
                    payouts.postpone(db, payout.id, min(5 * 2**payout.attempts, 240))
            else:
                with pool.connection() as db:
                    payouts.mark_sent(db, payout.id, transfer_id)
    return len(found)


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    pool.open()
    bank = Bankline()
    while not stop.is_set():
        try:
            count = send_due(bank)
        except Exception:
            log.exception("sender")
            count = 0
        if count == 0:
            stop.wait(10)


if __name__ == "__main__":
    main()
