"""One mode for one power, township and period (R4), held by PostgreSQL itself.

Core range types only: an extension for plain integers in GiST (btree_gist) is not everywhere allowed, but a
range of one number compares as well. SQLite has one writer at a time, and the lifecycle's check is enough there.
"""

from django.db import migrations

ADD = """
ALTER TABLE devolution_transfertownship
ADD CONSTRAINT devolution_transfertownship_one_mode_at_a_time
EXCLUDE USING gist (
    int8range(power_id, power_id, '[]') WITH &&,
    int8range(township_id, township_id, '[]') WITH &&,
    daterange(valid_from, valid_to) WITH &&
) WHERE (state <> 'prepared')
"""
DROP = (
    "ALTER TABLE devolution_transfertownship DROP CONSTRAINT devolution_transfertownship_one_mode_at_a_time"
)


def on_postgresql(statement):
    """A step that does its work on PostgreSQL and nothing elsewhere."""

    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("devolution", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(on_postgresql(ADD), on_postgresql(DROP)),
    ]
