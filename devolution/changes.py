"""Powers handed down and taken back, as changes that feeds tell: one for each paper, mode and day."""

from datetime import date

from django.db.models import Count, F, Max, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import County, Township
from catalog.changes import CHANGES, Change, begin_of

from .choices import Mode, WithdrawalReason
from .models import TransferTownship

COUNTED = {
    "powers": Count("power", distinct=True),
    "townships": Count("township", distinct=True),
    "number": Min("power__number"),
    "name": Min("power__name"),
}


def changes_of_powers(county: County, on: date, township: Township | None = None) -> list[Change]:
    """What townships have begun and ceased to exercise by the day; what is only prepared has not happened."""
    rows = TransferTownship.objects.put_in_force().of_county(county)
    if township is not None:
        rows = rows.of_township(township)
    place = township or county
    return [*_handed_down(rows, on, place, county), *_taken_back(rows, on, place, county)]


def _handed_down(rows, on: date, place, county: County) -> list[Change]:
    rows = rows.filter(valid_from__lte=on).exclude(valid_to=F("valid_from")).order_by()
    groups = (
        rows.values("transfer__instrument", "transfer__instrument__number", "mode", "valid_from")
        .annotate(**COUNTED, at=Max("put_in_force_at"))
        .order_by("-valid_from", "transfer__instrument", "mode")[:CHANGES]
    )
    return [
        Change(
            f"handed-down:{place.code}:{row['transfer__instrument']}:{row['mode']}:{row['valid_from']}",
            f"{_('Handed down')}{_(': ')}{_what(row)}",
            _address(row, place, county),
            max(row["at"], begin_of(row["valid_from"])),
            [
                Mode(row["mode"]).label,
                *_paper(row["transfer__instrument__number"]),
                _("From %(day)s") % {"day": row["valid_from"].isoformat()},
            ],
        )
        for row in groups
    ]


def _taken_back(rows, on: date, place, county: County) -> list[Change]:
    rows = rows.withdrawn(on).exclude(valid_to=F("valid_from")).order_by()
    groups = (
        rows.values("withdrawal", "withdrawal__number", "withdrawal_reason", "withdrawn_on")
        .annotate(**COUNTED)
        .order_by("-withdrawn_on", "withdrawal", "withdrawal_reason")[:CHANGES]
    )
    return [
        Change(
            f"taken-back:{place.code}:{row['withdrawal']}:{row['withdrawal_reason']}:{row['withdrawn_on']}",
            f"{_('Taken back')}{_(': ')}{_what(row)}",
            _address(row, place, county),
            begin_of(row["withdrawn_on"]),
            [
                str(WithdrawalReason(row["withdrawal_reason"]).label),
                *_paper(row["withdrawal__number"]),
                _("From %(day)s") % {"day": row["withdrawn_on"].isoformat()},
            ],
        )
        for row in groups
    ]


def _what(row: dict) -> str:
    """One power by its name, several by their number."""
    if row["powers"] == 1:
        return _("%(power)s (townships: %(count)s)") % {"power": row["name"], "count": row["townships"]}
    return _("powers: %(powers)s, townships: %(count)s") % {
        "powers": row["powers"],
        "count": row["townships"],
    }


def _address(row: dict, place, county: County) -> str:
    if row["powers"] == 1:
        return reverse("power", args=[county.code, row["number"]])
    if isinstance(place, Township):
        return reverse("township_powers", args=[place.code])
    return reverse("powers", args=[county.code])


def _paper(number: str | None) -> list[str]:
    return [_("Document number: %(number)s") % {"number": number}] if number else []
