"""Time limits in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .choices import LimitUnit


def limit_in_words(count: int | None, unit: str) -> str:
    """`20 working days`; 0 means while you wait; empty when nothing is on record."""
    if count is None:
        return ""
    if count == 0:
        return _("While you wait")
    if unit == LimitUnit.WORKING_DAYS:
        return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": count}
    return ngettext("%(count)s calendar day", "%(count)s calendar days", count) % {"count": count}
