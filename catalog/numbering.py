"""New items of a county, many at a time, each with the next code."""

from collections.abc import Sequence

from accounts.models import County

from .models import Item, ItemNumbering
from .writing import draw_keys, write_rows


def number_items(county: County, count: int) -> tuple[range, Sequence[int]]:
    """Make so many items and give them their codes; returns the codes and, in their order, the primary keys.

    Runs in the caller's transaction: where that is rolled back, no code is used up.
    """
    if not count:
        return range(0), ()
    numbers = ItemNumbering.draw(county, count)
    items = draw_keys(Item, count)
    write_rows(
        Item,
        ("id", "county_id", "number", "basic_code", "implementation_code"),
        ((key, county.pk, number, "", "") for key, number in zip(items, numbers, strict=True)),
    )
    return numbers, items
