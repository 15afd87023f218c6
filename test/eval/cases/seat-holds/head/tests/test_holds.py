import uuid

import pytest
from pydantic import ValidationError

from boxoffice.api.schemas import HoldIn, PurchaseIn


def test_a_hold_takes_ten_seats_at_most():
    with pytest.raises(ValidationError):
        HoldIn(seats=list(range(1, 12)))


def test_a_purchase_names_its_hold():
    body = {"email": "a@example.com", "payment_token": "t", "seats": [1]}
    with pytest.raises(ValidationError):
        PurchaseIn(**body)
    assert PurchaseIn(**body, hold_id=uuid.uuid4()).seats == [1]
