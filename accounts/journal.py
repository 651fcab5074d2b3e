"""The one way into the record of events, and the words it is read in."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.utils import translation
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from .addresses import client_address
from .models import County, Event, User

# Line breaks, other control characters, and marks that turn the direction of writing: with them one entry
# could be made to look like two, or like another.
TREACHEROUS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

LONGEST_VALUE = 200  # characters of an old or a new value; the row itself and its history hold the rest


def plain(value):
    """The value with what could forge an entry written out: a line break becomes `\\n`."""
    if isinstance(value, str):
        return "".join(_escaped(char) for char in value)
    if isinstance(value, dict):
        return {plain(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def _escaped(char: str) -> str:
    if unicodedata.category(char) not in TREACHEROUS:
        return char
    return char.encode("unicode_escape").decode("ascii")


def record(action: str, subject, *, by: User | None, county: County | None, **details) -> Event:
    """Add one event; call it inside the transaction of the act it records.

    The address is that of the request at hand, if there is one. An event about nothing that is stored, such
    as an attempt with an unknown name, has no subject.
    """
    event = _event(action, subject, by, county, details)
    event.save()
    return event


def record_many(
    action: str, subjects: Iterable[tuple[object, Mapping]], *, by: User | None, county: County
) -> None:
    """Add one event for each subject, with its own details: an act on thousands is recorded in one go."""
    events = [_event(action, subject, by, county, details) for subject, details in subjects]
    Event.objects.bulk_create(events, batch_size=500)


def _event(action: str, subject, by: User | None, county: County | None, details: Mapping) -> Event:
    request = getattr(HistoricalRecords.context, "request", None)
    return Event(
        by=by,
        county=county,
        address=client_address(request) if request else None,
        action=action,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        subject_text=plain(str(subject))[:500] if subject else "",
        details=plain(details),
    )


# Told by other means, or noise beside what a person changed.
UNTOLD = frozenset({"id", "password", "last_login", "password_set_at", "digest", "report"})


def changes_in(row) -> dict[str, list[str]]:
    """Field by field as [old, new], in words, what differs from the stored row; call it before storing."""
    stored = type(row)._base_manager.filter(pk=row.pk).first()
    told = {}
    with translation.override(settings.LANGUAGE_CODE):  # the record speaks one language, whoever works
        for field in row._meta.concrete_fields:
            if field.name in UNTOLD or (
                stored and field.value_from_object(row) == field.value_from_object(stored)
            ):
                continue
            before, after = _shown(stored, field) if stored else "", _shown(row, field)
            if before != after:
                told[field.name] = [before, after]
    return told


def _shown(row, field) -> str:
    """One value of a row as its page shows it; long texts are cut."""
    value = getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)[:LONGEST_VALUE]


# --- In words ---


@cache
def _words(kind: str) -> dict:
    """What all apps together say under this name."""
    return {
        word: text for config in apps.get_app_configs() for word, text in getattr(config, kind, {}).items()
    }


def acts() -> dict[str, str]:
    """Every act that is recorded, with its name."""
    return _words("acts")


def lasting_acts() -> set[str]:
    """Acts that the portal itself reads again; they outlive the kept period."""
    return {act for config in apps.get_app_configs() for act in getattr(config, "lasting_acts", ())}


def act_in_words(event: Event) -> str:
    return str(acts().get(event.action, event.action))


def subject_in_words(label: str) -> str:
    """The name of a kind of object: `catalog.edition` is an edition."""
    try:
        return str(apps.get_model(label)._meta.verbose_name) if label else ""
    except LookupError:
        return label


def details_in_words(event: Event) -> list[str]:
    """The details of an event, a line each: "role: 县级编辑员 → 县级审核员"."""
    lines = []
    for key, value in event.details.items():
        if key == "changes":
            lines += [
                _("%(field)s: “%(old)s” → “%(new)s”") % {"field": _label(event, name), "old": old, "new": new}
                for name, (old, new) in value.items()
            ]
        elif value not in (None, "", [], {}):
            lines.append(f"{_label(event, key)}: {_value(event, key, value)}")
    return lines


def _field(event: Event, name: str):
    try:
        return apps.get_model(event.subject_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


def _label(event: Event, name: str) -> str:
    words = _words("act_details")
    if name in words:
        return str(words[name])
    field = _field(event, name)
    return str(getattr(field, "verbose_name", name))


def _value(event: Event, name: str, value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "；".join(f"{_label(event, key)} {_value(event, key, item)}" for key, item in value.items())
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    if name == "table":
        return subject_in_words(value)
    choices = dict(getattr(_field(event, name), "flatchoices", ()))
    return str(choices.get(value, value))
