"""Hands approved payouts to Bankline. Runs as its own process."""

import logging
import signal
import threading

from coop import payouts
from coop.bankline import Bankline, BanklineUnavailable, TransferRefused
from coop.db import pool

log = logging.getLogger(__name__)
stop = threading.Event()


def send_next(bank: Bankline) -> bool:
    """Sends one payout; false when none is due."""
    with pool.connection() as db:
        payout = payouts.claim_next(db)
    if payout is None:
        return False

    try:
        transfer_id = bank.transfer(payout.id, payout.iban, payout.cents, payout.purpose)
    except TransferRefused as error:
        with pool.connection() as db:
            settled = payouts.mark_failed(db, payout, str(error))
    except BanklineUnavailable:
        with pool.connection() as db:
            settled = payouts.postpone(db, payout, min(5 * 2 ** min(payout.attempts, 6), 240))
    else:
        with pool.connection() as db:
            settled = payouts.mark_sent(db, payout, transfer_id)

    if not settled:
        log.warning("payout %s was taken over by another sender", payout.id)
    return True


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    pool.open()
    bank = Bankline()
    while not stop.is_set():
        try:
            busy = send_next(bank)
        except Exception:
            log.exception("sender")
            busy = False
        if not busy:
            stop.wait(10)


if __name__ == "__main__":
    main()
