import uuid

import pytest
import requests
from tenacity import wait_none

from coop.bankline import CONNECT_SECONDS, READ_SECONDS, Bankline, BanklineUnavailable, TransferRefused


class Answer:
    def __init__(self, status_code: int, body: dict) -> None:
        self.status_code = status_code
        self.text = str(body)
        self.json = lambda: body


@pytest.fixture
def bank(monkeypatch):
    monkeypatch.setattr(Bankline.transfer.retry, "wait", wait_none())
    return Bankline("https://bank.example", "t")


def play(monkeypatch, bank, *answers):
    calls = []
    left = list(answers)

    def post(*_args, **kwargs):
        calls.append(kwargs)
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(bank._session, "post", post)
    return calls


def test_a_final_answer_is_not_repeated(monkeypatch, bank):
    calls = play(monkeypatch, bank, Answer(422, {"error": "iban"}))
    with pytest.raises(TransferRefused):
        bank.transfer(uuid.uuid4(), "DE00", 100, "apples")
    assert len(calls) == 1


def test_all_tries_have_one_key(monkeypatch, bank):
    calls = play(monkeypatch, bank, requests.Timeout(), Answer(409, {}), Answer(201, {"id": "t1"}))
    assert bank.transfer(uuid.uuid4(), "DE00", 100, "apples") == "t1"
    assert len({call["headers"]["idempotency-key"] for call in calls}) == 1


def test_it_gives_up_after_four_tries(monkeypatch, bank):
    calls = play(monkeypatch, bank, *[Answer(503, {}) for _ in range(4)])
    with pytest.raises(BanklineUnavailable):
        bank.transfer(uuid.uuid4(), "DE00", 100, "apples")
    assert len(calls) == 4


def test_requests_have_a_time_limit(monkeypatch):
    seen = {}

    def send(_self, _request, **kwargs):
        seen.update(kwargs)
        raise requests.ConnectionError

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    bank = Bankline("https://bank.example", "t")
    with pytest.raises(requests.ConnectionError):
        bank._session.get("https://bank.example/ping")
    assert seen["timeout"] == (CONNECT_SECONDS, READ_SECONDS)
