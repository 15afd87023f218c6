from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="channel",
            field=models.CharField(
                max_length=10,
                choices=[("email", "Email"), ("form", "Form"), ("chat", "Chat"), ("phone", "Phone")],
                default="email",
            ),
        ),
        migrations.AddField(
            model_name="ticket",
            name="first_reply_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
