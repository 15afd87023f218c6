from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tickets", "0002_channel")]

    operations = [
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(fields=["workspace", "channel", "-created_at"], name="ticket_channel_list"),
        ),
    ]
