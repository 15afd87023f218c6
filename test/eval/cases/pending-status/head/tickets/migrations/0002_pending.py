from django.db import migrations, models


def rename_waiting(apps, schema_editor):
    Ticket = apps.get_model("tickets", "Ticket")
    Ticket.objects.filter(status="waiting").update(status="pending")


def name_waiting_again(apps, schema_editor):
    Ticket = apps.get_model("tickets", "Ticket")
    Ticket.objects.filter(status__in=["pending", "on_hold"]).update(status="waiting")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="ticket",
            name="status",
            field=models.CharField(
                choices=[("open", "Open"), ("pending", "Pending"), ("on_hold", "On Hold"), ("closed", "Closed")],
                default="open",
                max_length=10,
            ),
        ),
        migrations.RunPython(rename_waiting, name_waiting_again),
    ]
