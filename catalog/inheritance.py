"""What a township has without an exception of its own: the value of each field, and where it comes from. Only reads.

Two views of it: `shown` is what residents are told, in words; `upstream` is what the guide and the list say about
the fields that a township may say otherwise, in a form in which two days can be compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Office, Township

from .choices import HandlingRule
from .kinds import PUBLIC_SERVICES
from .limits import limit_in_words
from .matrix import guides_of, inherited_rule
from .models import Edition, Entry, Guide
from .models.edition import edition_for_each

# Fields of an exception about which a guide or a list says something, too.
LOCALISED = ("rule", "office", "place", "hours", "phone", "promised_limit")


@dataclass(frozen=True)
class Inherited:
    """One value as residents read it, and where it comes from; without a value, nothing is on record."""

    value: str = ""
    source: str = ""


class Inheritance:
    """Guides, entries and offices behind these items in these townships on a day, loaded once for all."""

    def __init__(self, items: Iterable[int], townships: Iterable[Township], on: date):
        self.guides = guides_of(items, on)
        self._townships = {township.pk: township for township in townships}
        self._entries = self._load_entries(set(items), on)
        names = {entry.responsible_unit for entry in self._entries.values()} - {""}
        self._offices = {
            (office.township_id, office.name): office
            for office in Office.objects.filter(township__in=self._townships, name__in=names)
        }

    def _load_entries(self, items: set[int], on: date) -> dict[tuple[int, int], Entry]:
        """By item and township: the entry in the list of services that counts there."""
        by_county: dict[int, list[Township]] = {}
        for township in self._townships.values():
            by_county.setdefault(township.county_id, []).append(township)
        editions = Edition.objects.in_force(on).of_kind(PUBLIC_SERVICES).with_list()
        counting: dict[Township, Edition] = {}
        for county, townships in by_county.items():
            counting |= edition_for_each(townships, list(editions.filter(list__county=county)))
        entries = Entry.objects.filter(edition__in=set(counting.values()), item__in=items)
        found = {(entry.edition_id, entry.item_id): entry for entry in entries.select_related("department")}
        return {
            (item, township.pk): found[edition.pk, item]
            for township, edition in counting.items()
            for item in items
            if (edition.pk, item) in found
        }

    def upstream(self, item: int, township: Township) -> dict[str, str]:
        """What guide and list say, by field; a limit as `5W`, empty where they say nothing."""
        entry, guide = self._entries.get((item, township.pk)), self.guides.get(item)
        printed = entry.details if entry else {}
        said = dict.fromkeys(LOCALISED, "") | {"office": entry.responsible_unit if entry else ""}
        said |= {name: str(printed.get(name, "")) for name in ("place", "hours", "phone")}
        return said | {name: text for name, text in said_by_guide(guide, township).items() if text}

    def shown(self, item: int, township: Township) -> dict[str, Inherited]:
        """What residents of the township are told where it has no exception, by field."""
        township = self._townships.get(township.pk, township)
        entry, guide = self._entries.get((item, township.pk)), self.guides.get(item)
        office = self._offices.get((township.pk, entry.responsible_unit)) if entry else None
        return {
            "rule": _of_guide(guide, rule_in_words(inherited_rule(guide, township))),
            "office": Inherited(office.name, _("the list, as responsible unit")) if office else Inherited(),
            "place": _of_centre(" ".join(filter(None, [township.centre_name, township.centre_address]))),
            "window": Inherited(),
            "hours": _of_centre(township.centre_hours),
            "phone": _phone(entry, guide, office, township),
            "promised_limit": _of_guide(guide, limit_said(said_by_guide(guide, township)["promised_limit"])),
        }


def said_by_guide(guide: Guide | None, township: Township) -> Mapping[str, str]:
    """The part of `upstream` that the guide says."""
    limit = guide.promised_limit if guide else None
    return {
        "rule": inherited_rule(guide, township),
        "promised_limit": "" if limit is None else f"{limit}{guide.promised_limit_unit}",
        "phone": guide.phone if guide else "",
    }


def in_words(name: str, said: str) -> str:
    """A value of `upstream` as one reads it."""
    if name == "rule":
        return rule_in_words(said)
    return limit_said(said) if name == "promised_limit" else said


def rule_in_words(rule: str) -> str:
    return str(HandlingRule(rule).label) if rule else ""


def limit_said(limit: str) -> str:
    return limit_in_words(int(limit[:-1]), limit[-1]) if limit else ""


def _of_guide(guide: Guide | None, value: str) -> Inherited:
    if not value:
        return Inherited()
    return Inherited(value, _("the guide valid from %(day)s") % {"day": guide.valid_from})


def _of_centre(value: str) -> Inherited:
    return Inherited(value, _("the township's service centre")) if value else Inherited()


def _phone(entry: Entry | None, guide: Guide | None, office: Office | None, township: Township) -> Inherited:
    """The first phone on record in the order in which the item's page names them."""
    if office and office.phone:
        return Inherited(office.phone, _("the office %(name)s") % {"name": office.name})
    if guide and guide.phone:
        return _of_guide(guide, guide.phone)
    department = entry.department if entry else None
    if department and department.phone:
        return Inherited(department.phone, _("the department %(name)s") % {"name": department.name})
    return _of_centre(township.centre_phone)
