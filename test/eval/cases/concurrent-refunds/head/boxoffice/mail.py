import logging

log = logging.getLogger(__name__)


async def send_refund_mail(to: str, event_name: str, amount_cents: int) -> None:
    """Tells a customer that the money is on its way back. The mail gateway picks up structured log lines."""
    log.info("mail", extra={"template": "refund", "to": to, "event": event_name, "amount": amount_cents})
