"""The part of Bankline's API that we use."""

import logging
import uuid

import requests
from requests.adapters import HTTPAdapter
from tenacity import before_sleep_log, retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from coop.config import settings

log = logging.getLogger(__name__)

CONNECT_SECONDS = 3.05
READ_SECONDS = 20


class TransferRefused(Exception):
    """Bankline will never accept this transfer."""


class BanklineUnavailable(Exception):
    """It is not known yet whether the transfer was made."""


class _DefaultTimeout(HTTPAdapter):
    def send(self, request, **kwargs):
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = (CONNECT_SECONDS, READ_SECONDS)
        return super().send(request, **kwargs)


class Bankline:
    def __init__(self, url: str = settings.bankline_url, token: str = settings.bankline_token) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.headers["authorization"] = f"Bearer {token}"
        self._session.mount(url, _DefaultTimeout())

    @retry(
        retry=retry_if_exception_type(BanklineUnavailable),
        stop=stop_after_attempt(4),
        wait=wait_random_exponential(multiplier=2, max=20),
        before_sleep=before_sleep_log(log, logging.WARNING),
        reraise=True,
    )
    def transfer(self, payout_id: uuid.UUID, iban: str, cents: int, purpose: str) -> str:
        """Makes the transfer and returns its id."""
        try:
            response = self._session.post(
                f"{self._url}/transfers",
                json={"iban": iban, "amount": cents, "currency": "EUR", "purpose": purpose},
                headers={"idempotency-key": str(payout_id)},
            )
        except requests.RequestException as error:
            raise BanklineUnavailable(str(error)) from error

        status = response.status_code
        if status in (200, 201):
            return response.json()["id"]
        if status >= 500 or status in (409, 429):
            raise BanklineUnavailable(f"answer {status}")
        raise TransferRefused(f"{status}: {response.text[:200]}")
