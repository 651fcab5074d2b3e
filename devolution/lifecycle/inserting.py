"""Many new rows with their history in a few statements."""

from collections.abc import Sequence

from django.db.models import Model

from accounts.models import User

ROWS_A_STATEMENT = 500


def insert_many(rows: Sequence[Model], *, by: User | None) -> None:
    """Insert rows of one model that keeps its history; both databases give the rows their keys."""
    if not rows:
        return
    model = type(rows[0])
    model.objects.bulk_create(rows, batch_size=ROWS_A_STATEMENT)
    model.history.bulk_history_create(rows, batch_size=ROWS_A_STATEMENT, default_user=by)
