"""Locks, always in one order, so that nobody waits for somebody who waits for them.

Powers by their keys, then transfers with their papers, then what townships have received. SQLite has one writer at
a time and needs none of it.
"""

from django.db.models import QuerySet

from ..models import Power


def lock_powers(powers: QuerySet[Power]) -> None:
    """Hold the powers against other writers until the transaction ends.

    Powers of one name count as one (R4), so their namesakes in the county are held too.
    """
    names = powers.values_list("county", "name_key")
    counties, keys = {county for county, _name in names}, {name for _county, name in names}
    held = Power.objects.select_for_update().filter(county__in=counties, name_key__in=keys).order_by("pk")
    list(held.values_list("pk", flat=True))
