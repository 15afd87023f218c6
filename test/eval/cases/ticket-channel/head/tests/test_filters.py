import pytest
from rest_framework.exceptions import ValidationError

from tickets.filters import filter_tickets
from tickets.models import Ticket


def test_leaves_the_list_alone():
    queryset = Ticket.objects.all()
    assert filter_tickets(queryset, {}) is queryset


def test_narrows_by_channel():
    assert "channel" in str(filter_tickets(Ticket.objects.all(), {"channel": "chat"}).query.where)


def test_refuses_what_there_is_not():
    with pytest.raises(ValidationError):
        filter_tickets(Ticket.objects.all(), {"channel": "fax"})
