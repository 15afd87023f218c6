import pytest
from pydantic import ValidationError

from boxoffice.api.schemas import PurchaseIn

BODY = {"email": "a@example.com", "payment_token": "t"}


def test_seats_are_sorted():
    assert PurchaseIn(seats=[3, 1], **BODY).seats == [1, 3]


def test_a_seat_is_named_once():
    with pytest.raises(ValidationError):
        PurchaseIn(seats=[1, 1], **BODY)
