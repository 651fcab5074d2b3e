"""One guide beside another: what changes for a resident, field by field. Reads, writes nothing."""

from .comparison import FieldChange
from .models import Guide

# What a guide says; its days, its verification and its road say nothing to a resident.
SUBSTANCE = (
    "popular_names",
    "conditions",
    "statutory_limit",
    "statutory_limit_unit",
    "promised_limit",
    "promised_limit_unit",
    "visits",
    "is_free",
    "fee_name",
    "fee_standard",
    "fee_basis",
    "result_name",
    "phone",
    "rule",
    "decided_by",
    "township_kinds",
)
# A unit without a number says nothing.
UNIT_OF = {"statutory_limit_unit": "statutory_limit", "promised_limit_unit": "promised_limit"}
ROWS = ("materials", "steps", "channels")


def guide_changes(before: Guide | None, after: Guide) -> list[FieldChange]:
    """Where two guides of one item differ; without a guide before, everything that is filled in."""
    changes = []
    for name in SUBSTANCE:
        was, now = _shown(before, name), _shown(after, name)
        if was != now:
            changes.append(FieldChange(str(Guide._meta.get_field(name).verbose_name), was, now))
    for name in ROWS:
        was, now = _rows(before, name), _rows(after, name)
        if was != now:
            label = getattr(Guide, name).rel.related_model._meta.verbose_name_plural
            changes.append(FieldChange(str(label), was, now))
    return changes


def _shown(guide: Guide | None, name: str) -> str:
    if guide is None or (name in UNIT_OF and getattr(guide, UNIT_OF[name]) is None):
        return ""
    display = getattr(guide, f"get_{name}_display", None)
    value = display() if display else getattr(guide, name)
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _rows(guide: Guide | None, name: str) -> str:
    if guide is None:
        return ""
    return "\n".join(_row(row) for row in getattr(guide, name).all())


def _row(row) -> str:
    told = [
        str(getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name))
        for field in row._meta.concrete_fields
        if field.name not in ("id", "guide", "position") and getattr(row, field.name) not in (None, "")
    ]
    return " · ".join(told)
