import pytest
from rest_framework.test import APIClient

from core.models import User, Workspace
from tickets.models import Macro, Reply, Tag, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    return Workspace.objects.create(name="other")


@pytest.fixture
def client():
    user = User.objects.create(username="a", workspace=Workspace.objects.create(name="mine"))
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_tickets(client, other):
    ticket = Ticket.objects.create(workspace=other, subject="s", requester_email="a@example.com")
    assert client.get(f"/api/tickets/{ticket.pk}/").status_code == 404


def test_replies(client, other):
    ticket = Ticket.objects.create(workspace=other, subject="s", requester_email="a@example.com")
    reply = Reply.objects.create(ticket=ticket, body="b")
    assert client.get(f"/api/replies/{reply.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("tags", lambda workspace: Tag.objects.create(workspace=workspace, name="n")),
        ("macros", lambda workspace: Macro.objects.create(workspace=workspace, title="t", body="b")),
    ],
)
def test_tags_and_macros(client, other, path, make):
    assert client.get(f"/api/{path}/{make(other).pk}/").status_code == 404
