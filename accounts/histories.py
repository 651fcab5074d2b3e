"""Many rows of a model that keeps its history, written in a few statements with their history.

`bulk_create` and `update` of a queryset leave none; a test refuses them for such models elsewhere.
"""

from collections.abc import Sequence

from django.db.models import Model, QuerySet
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from .models import User

ROWS_A_STATEMENT = 500


def insert_many(rows: Sequence[Model], *, by: User | None, reason: str | None = None) -> None:
    """Insert rows of one model; both databases give them their keys."""
    if rows:
        bulk_create_with_history(
            rows,
            type(rows[0]),
            batch_size=ROWS_A_STATEMENT,
            default_user=by,
            default_change_reason=reason,
        )


def change_many(rows: QuerySet, *, by: User | None, reason: str | None = None, **values: object) -> int:
    """Set these fields of every row of the queryset; how many there were."""
    found = list(rows)
    for row in found:
        for name, value in values.items():
            setattr(row, name, value)
    if found:
        bulk_update_with_history(
            found,
            rows.model,
            list(values),
            batch_size=ROWS_A_STATEMENT,
            default_user=by,
            default_change_reason=reason,
        )
    return len(found)
