from rest_framework.exceptions import ValidationError

from tickets.models import Ticket

CHOICES = {"status": Ticket.Status, "channel": Ticket.Channel}


def filter_tickets(queryset, params):
    """Narrows a list of tickets by what the query string asks for; an unknown value is an error, not an empty list."""
    for name, choices in CHOICES.items():
        value = params.get(name)
        if not value:
            continue
        if value not in choices.values:
            raise ValidationError({name: f"One of {', '.join(choices.values)}."})
        queryset = queryset.filter(**{name: value})
    return queryset
