import uuid

import pytest

from coop.bankline import Bankline, TransferRefused


class Answer:
    def __init__(self, status_code: int, body: dict) -> None:
        self.status_code = status_code
        self.text = str(body)
        self.json = lambda: body


def test_a_final_answer_is_not_repeated(monkeypatch):
    bank = Bankline("https://bank.example", "t")
    calls = []

    def post(*_args, **kwargs):
        calls.append(kwargs)
        return Answer(422, {"error": "iban"})

    monkeypatch.setattr(bank._session, "post", post)
    with pytest.raises(TransferRefused):
        bank.transfer(uuid.uuid4(), "DE00", 100, "apples")
    assert len(calls) == 1
