"""The table as events need it now, then the triggers by which the database keeps it."""

from django.db import migrations, models

from accounts import sealing


def unseal(apps, schema_editor):
    sealing.unseal(schema_editor.connection)


def seal(apps, schema_editor):
    sealing.seal(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunPython(unseal, seal),
        migrations.AddField(
            "event",
            "address",
            models.GenericIPAddressField(blank=True, null=True, verbose_name="network address"),
        ),
        migrations.AlterField(
            "event",
            "subject_id",
            models.BigIntegerField(blank=True, null=True, verbose_name="number of the object"),
        ),
        migrations.AlterField(
            "event",
            "subject_text",
            models.CharField(blank=True, max_length=500, verbose_name="object"),
        ),
        migrations.AlterField(
            "event",
            "subject_type",
            models.CharField(blank=True, max_length=100, verbose_name="kind of object"),
        ),
        migrations.AddIndex("event", models.Index(fields=["county", "-at"], name="accounts_event_county_at")),
        migrations.AddIndex("event", models.Index(fields=["-at"], name="accounts_event_at")),
        migrations.RunPython(seal, unseal),
    ]
