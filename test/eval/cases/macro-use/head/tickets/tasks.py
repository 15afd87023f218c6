from celery import shared_task
from django.core.mail import send_mail

from tickets.models import Reply


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def send_reply(reply_id):
    reply = Reply.objects.select_related("ticket").get(pk=reply_id)
    send_mail(f"Re: {reply.ticket.subject}", reply.body, None, [reply.ticket.requester_email])


@shared_task
def raise_priority_of_old_tickets():
    """Runs every hour: what waited for three days comes first."""
    from datetime import timedelta

    from django.utils import timezone

    from tickets.models import Ticket

    Ticket.objects.filter(
        status=Ticket.Status.OPEN, priority__gt=1, created_at__lt=timezone.now() - timedelta(days=3)
    ).update(priority=1)
