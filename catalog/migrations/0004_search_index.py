"""The index beside the rows: a `tsvector` with GIN on PostgreSQL, FTS5 on SQLite.

PostgreSQL makes the vectors from the tokens by itself, as stored columns. SQLite's FTS5 keeps no tokens of its own
(`detail=none` over a content table), so triggers tell it what a row said before. A later migration that makes
SQLite rebuild `catalog_searchrow` has to make the triggers again: call `lay` after it.
"""

from django.db import migrations

KINDS = ("title", "text")

POSTGRESQL = [
    statement
    for kind in KINDS
    for statement in (
        f"ALTER TABLE catalog_searchrow ADD COLUMN {kind}_vector tsvector GENERATED ALWAYS AS "
        f"(array_to_tsvector(string_to_array({kind}_tokens, ' '))) STORED",
        # Without the list of pending rows: a publication pays for its rows, no reader does.
        f"CREATE INDEX catalog_searchrow_{kind}_gin ON catalog_searchrow "
        f"USING gin ({kind}_vector) WITH (fastupdate = off)",
    )
]

WRITE = "INSERT INTO catalog_searchrow_{kind} (rowid, {kind}_tokens) VALUES (new.id, new.{kind}_tokens);"
ERASE = (
    "INSERT INTO catalog_searchrow_{kind} (catalog_searchrow_{kind}, rowid, {kind}_tokens) "
    "VALUES ('delete', old.id, old.{kind}_tokens);"
)
TRIGGERS = {
    "written": ("INSERT", WRITE),
    "erased": ("DELETE", ERASE),
    "rewritten": ("UPDATE OF {kind}_tokens", ERASE + " " + WRITE),
}

SQLITE = [
    statement.format(kind=kind)
    for kind in KINDS
    for statement in (
        "CREATE VIRTUAL TABLE catalog_searchrow_{kind} USING fts5({kind}_tokens, content='catalog_searchrow', "
        "content_rowid='id', detail=none, columnsize=0, tokenize=\"ascii tokenchars ':_-'\")",
        *(
            f"CREATE TRIGGER catalog_searchrow_{{kind}}_{name} AFTER {event} ON catalog_searchrow "
            f"BEGIN {body} END"
            for name, (event, body) in TRIGGERS.items()
        ),
    )
]


def lay(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def lift(apps, schema_editor):
    for kind in KINDS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE catalog_searchrow DROP COLUMN {kind}_vector")
            continue
        for name in TRIGGERS:
            schema_editor.execute(f"DROP TRIGGER catalog_searchrow_{kind}_{name}")
        schema_editor.execute(f"DROP TABLE catalog_searchrow_{kind}")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_search_rows")]
    operations = [migrations.RunPython(lay, lift)]
