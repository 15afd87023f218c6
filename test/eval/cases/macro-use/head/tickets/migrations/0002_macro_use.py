from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tickets", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="macro",
            name="uses",
            field=models.PositiveIntegerField(default=0, db_default=0),
        ),
        migrations.AddField(
            model_name="macro",
            name="last_used_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        AddIndexConcurrently(
            model_name="macro",
            index=models.Index(fields=["workspace", "-uses"], name="macro_by_use"),
        ),
    ]
