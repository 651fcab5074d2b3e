"""An entry typed by hand, held to what an imported one is held to."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..countywords import CountyWords
from ..models import Entry
from ..models.entry import WORDS
from ..reading.words import fold
from ..resources.base import ListResource
from ..resources.columns import ListField
from ..resources.printing import is_stored_in_entry, printed_detail
from ..sentences import sentence
from .cells import Understood, understand
from .naming import department_told


def mend_typed(entry: Entry) -> None:
    """Bring every value into the form in which a cell would be read, so that an export reads as it was stored.

    Raises `ValidationError`, by field, for what an import would refuse.
    """
    item_list = entry.edition.list
    resource, words = item_list.list_kind.resource, CountyWords(item_list.county)
    refused: dict[str, str] = {}
    for name, field in resource.fields.items():
        if is_stored_in_entry(field):
            text = field.widget.render(getattr(entry, field.attribute))
            understood = understand(name, field, words, text, str(text))
            setattr(entry, field.attribute, understood.kept)
        elif not field.attribute:
            understood = _mend_detail(entry, name, field, words)
        else:
            continue
        for code, values in understood.refusals:
            refused[field.attribute or name] = sentence(code, {"heading": field.column_name, **values})
    if refused:
        raise ValidationError(refused)
    entry.department_name = entry.department_name or department_told(entry.details, resource, words)
    _refuse_other_part(entry, resource)
    _refuse_double(entry, resource)


def _mend_detail(entry: Entry, name: str, field: ListField, words: CountyWords) -> Understood:
    text = printed_detail(name, field, entry.details)
    entry.details.pop(name, None)
    entry.details.pop(name + WORDS, None)
    understood = understand(name, field, words, text, str(text))
    entry.details |= understood.details
    return understood


def _refuse_other_part(entry: Entry, resource: type[ListResource]) -> None:
    """A row that names another part of the list would be read as one of that."""
    named = resource.part_named(str(entry.details.get(resource.part_field, "")))
    if named not in ("", resource.part):
        raise ValidationError(sentence("part_missing", {"part": resource.part, "parts": named}))


def _refuse_double(entry: Entry, resource: type[ListResource]) -> None:
    """Two entries that differ in brackets or blanks alone would be one row twice for a reader."""
    told_apart_by = [resource.fields[name].attribute for name in resource.told_apart_by]
    key = [fold(getattr(entry, name)) for name in told_apart_by]
    others = entry.edition.entries.exclude(pk=entry.pk).values_list(*told_apart_by)
    if any([fold(text) for text in other] == key for other in others.iterator()):
        raise ValidationError(
            {
                "name": _(
                    "The edition already has an entry of this main item, name, department and responsible unit."
                )
            }
        )
