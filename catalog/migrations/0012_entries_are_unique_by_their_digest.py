"""PostgreSQL cannot index more than 2,704 bytes, which five texts of Han characters exceed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_tell_entries_apart_by_a_digest")]

    operations = [
        migrations.RemoveConstraint(model_name="entry", name="catalog_entry_name_stands_once_in_edition"),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("edition", "name_key"),
                name="catalog_entry_name_stands_once_in_edition",
                violation_error_message=(
                    "The edition already has an entry of this main item, name, department and responsible unit."
                ),
            ),
        ),
    ]
