"""The part of Bankline's API that we use."""

import logging
import time
import uuid

import requests

from coop.config import settings

log = logging.getLogger(__name__)


class TransferRefused(Exception):
    """Bankline will never accept this transfer."""


class BanklineUnavailable(Exception):
    """It is not known yet whether the transfer was made."""


class Bankline:
    def __init__(self, url: str = settings.bankline_url, token: str = settings.bankline_token) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.headers["authorization"] = f"Bearer {token}"

    def transfer(self, payout_id: uuid.UUID, iban: str, cents: int, purpose: str) -> str:
        """Makes the transfer and returns its id."""
        wait = 2
        for attempt in range(4):
            try:
                response = self._session.post(
                    f"{self._url}/transfers",
                    json={"iban": iban, "amount": cents, "currency": "EUR", "purpose": purpose},
                    headers={"idempotency-key": str(payout_id)},
                    timeout=(3.05, 20),
                )
            except requests.RequestException as error:
                log.warning("bankline: %s", error)
            else:
                if response.status_code == 201 or response.status_code == 200:
                    return response.json()["id"]
                if response.status_code < 500 and response.status_code not in (409, 429):
                    raise TransferRefused(f"{response.status_code}: {response.text[:200]}")
                log.warning("bankline answered %s", response.status_code)
            if attempt < 3:
                time.sleep(wait)
                wait = wait * 2
        raise BanklineUnavailable
