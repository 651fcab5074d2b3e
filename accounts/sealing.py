"""Triggers by which the database itself keeps the record of events.

Whoever gets at the tables past the portal, with its own account of the database even, changes no event and
removes none younger than 180 days: six months are what the law wants logs kept for (网络安全法 21). Older
ones may go; `purge_events` asks for that.
"""

KEPT_AT_LEAST = 180  # days

REFUSAL = "The record of events is only ever added to."

SEAL = {
    "postgresql": [
        f"""
        CREATE OR REPLACE FUNCTION accounts_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND OLD.at < now() - interval '{KEPT_AT_LEAST} days' THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
        END
        $$
        """,
        """
        CREATE TRIGGER accounts_event_rows BEFORE UPDATE OR DELETE ON accounts_event
        FOR EACH ROW EXECUTE FUNCTION accounts_event_refuse()
        """,
        """
        CREATE TRIGGER accounts_event_table BEFORE TRUNCATE ON accounts_event
        FOR EACH STATEMENT EXECUTE FUNCTION accounts_event_refuse()
        """,
    ],
    "sqlite": [
        f"""
        CREATE TRIGGER accounts_event_update BEFORE UPDATE ON accounts_event
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """,
        # Django stores moments as texts of one shape in UTC, which compare as they follow each other.
        f"""
        CREATE TRIGGER accounts_event_delete BEFORE DELETE ON accounts_event
        WHEN OLD.at >= datetime('now', '-{KEPT_AT_LEAST} days')
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """,
    ],
}

UNSEAL = {
    "postgresql": [
        "DROP TRIGGER IF EXISTS accounts_event_rows ON accounts_event",
        "DROP TRIGGER IF EXISTS accounts_event_table ON accounts_event",
    ],
    "sqlite": [
        "DROP TRIGGER IF EXISTS accounts_event_update",
        "DROP TRIGGER IF EXISTS accounts_event_delete",
    ],
}


def seal(connection) -> None:
    """Set the triggers; also after a migration that makes the table anew, as SQLite does."""
    unseal(connection)
    _run(connection, SEAL)


def unseal(connection) -> None:
    """Take the triggers away: for migrations of the table, and for tests that empty all tables."""
    _run(connection, UNSEAL)


def _run(connection, statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements.get(connection.vendor, ()):
            cursor.execute(statement)
