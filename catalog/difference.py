"""A comparison as people read it, staff and residents alike."""

from django.utils.translation import gettext as _

from .comparison import Change, Comparison, FieldChange
from .marking import marked

# A paper of more changes than this is read as the paper itself.
MOST_SHOWN = 2000


def shown_difference(comparison: Comparison, most: int = MOST_SHOWN) -> dict[str, object]:
    """The whole comparison in the groups one reads: moved and renamed apart from other changes."""
    moved = [change for change in comparison.changed if change.is_moved]
    renamed = [change for change in comparison.changed if change.is_renamed and not change.is_moved]
    others = [change for change in comparison.changed if not (change.is_moved or change.is_renamed)]
    groups = [
        ("moved", _("Moved to another department"), moved),
        ("renamed", _("Renamed"), renamed),
        ("changed", _("Changed"), others),
    ]
    return {
        "counts": comparison.counts,
        "kinships": comparison.kinships[:most],
        "groups": [
            (code, label, len(found), [shown_change(each) for each in found[:most]])
            for code, label, found in groups
            if found
        ],
        "new": comparison.new[:most],
        "gone": comparison.gone[:most],
        "is_cut": max(map(len, (comparison.changed, comparison.new, comparison.gone))) > most,
    }


def shown_change(change: Change) -> dict[str, object]:
    """One entry with the fields that differ, each with the runs of characters that do."""
    return {"before": change.before, "after": change.entry, "fields": list(map(shown_field, change.fields))}


def shown_field(field: FieldChange) -> dict[str, object]:
    """Both texts of one field as runs of characters, those that differ marked."""
    before, after = marked(str(field.before), str(field.after))
    return {"label": field.label, "before": before, "after": after}
