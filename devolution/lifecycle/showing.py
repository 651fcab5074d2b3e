"""What every public change of a power ends with: pages are asked for anew, and search finds it as it is now."""

from collections.abc import Iterable

from accounts.models import County
from catalog.search.indexing import rewrite

from ..finding import POWERS
from ..models import Power


def show(county: County, powers: Iterable[Power]) -> None:
    """Make a stored change of these powers of the county public."""
    County.objects.note_publication(county)
    rewrite(county, POWERS, codes=sorted({power.code for power in powers}))
