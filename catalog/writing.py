"""Rows written whole, past the models: the only place where the two databases are spoken to differently.

Nothing here cleans or completes a row. Whoever writes has made sure of every value, as `importing` does cell
by cell, and the constraints of the table still hold.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from django.db import connection
from django.db.models import Model

# One statement of many rows takes SQLite half the time of as many statements of one row; beyond a few hundred
# it gains little more. It takes 32,766 values at most.
ROWS_A_STATEMENT = 400
MOST_VALUES = 30_000


def write_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows: `names` are the columns of the model's fields, each row their values in that order.

    JSON is given as text. Runs in the caller's transaction.
    """
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(map(quote, names))
    # What COPY and the driver's own cursor raise would be errors of the driver.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            # The marks of SQLite itself, which Django need not look for in a statement so long.
            marks = f"({', '.join('?' * len(names))})"
            insert = f"INSERT INTO {table} ({columns}) VALUES "
            most = min(ROWS_A_STATEMENT, MOST_VALUES // len(names))
            of_many = insert + ", ".join([marks] * most)
            rows = iter(rows)
            while len(some := list(islice(rows, most))) == most:
                # Past the log that DEBUG keeps of statements, which knows no marks but Django's own.
                cursor.cursor.execute(of_many, list(chain.from_iterable(some)))
            # In their own way, so that no statement of another length is kept prepared.
            cursor.executemany(insert + marks, some)


def draw_keys(model: type[Model], count: int) -> Sequence[int]:
    """Primary keys for rows to be written, in rising order; nobody else is given them.

    Runs in the caller's transaction, which on SQLite is the only one that writes.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [connection.ops.quote_name(table)])
            drawn = "SELECT nextval(%s::regclass) FROM generate_series(1, %s)"
            cursor.execute(drawn, [*cursor.fetchone(), count])
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + 1 + count)
