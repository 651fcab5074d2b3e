"""Every stored row gets the mark by which the shortest of many titles are read first (`search.lengths`)."""

from django.db import migrations
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat, Least, Length

LONGEST = 30


def mark(apps, schema_editor):
    """The index follows by itself: by triggers on SQLite, by generated columns on PostgreSQL."""
    length = Cast(Least(Length("title_key"), LONGEST), TextField())
    marked = {
        name: Concat(name, Value(" n:"), length, output_field=TextField())
        for name in ("title_tokens", "text_tokens")
    }
    apps.get_model("catalog", "SearchRow").objects.update(**marked)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0017_count_the_entries_of_editions")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
