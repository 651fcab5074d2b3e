"""SQLite's index of titles gets an index of beginnings, so that one character alone is found without a walk.

PostgreSQL finds the beginning of a lexeme by its GIN index as it is.
"""

from django.db import migrations

TABLE = "catalog_searchrow_title"
COLUMNS = "title_tokens, content='catalog_searchrow', content_rowid='id', detail=none, columnsize=0"
TOKENS = "tokenize=\"ascii tokenchars ':_-'\""


def make_again(schema_editor, more: str) -> None:
    """The triggers that keep the index know it by its name and stay."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TABLE {TABLE}")
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5({COLUMNS}, {TOKENS}{more})")
        schema_editor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('rebuild')")


def know(apps, schema_editor):
    make_again(schema_editor, ", prefix='1'")


def forget(apps, schema_editor):
    make_again(schema_editor, "")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0018_mark_the_lengths_of_titles")]
    operations = [migrations.RunPython(know, forget)]
