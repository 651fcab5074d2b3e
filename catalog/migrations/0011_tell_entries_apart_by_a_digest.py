"""Every entry gets a digest of what tells it apart; the next migration lets uniqueness rest on it."""

import hashlib

from django.db import migrations

import catalog.models.entry

FIELDS = ("main_name", "name", "department_name", "responsible_unit", "receiving_body")


def fill(apps, schema_editor):
    entries = apps.get_model("catalog", "Entry").objects.order_by("pk")
    connection = schema_editor.connection
    last = 0
    while rows := list(entries.filter(pk__gt=last).values_list("pk", *FIELDS)[:5_000]):
        keys = [
            (hashlib.blake2b("\x1f".join(texts).encode(), digest_size=16).hexdigest(), pk)
            for pk, *texts in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE catalog_entry SET name_key = %s WHERE id = %s", keys)
        last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_propose_changes_of_guides")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="name_key",
            field=catalog.models.entry.NameKeyField(
                default="", editable=False, max_length=32, verbose_name="digest of what tells it apart"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
