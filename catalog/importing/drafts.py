"""The one function that stores what was read: a whole edition in one short transaction, or nothing."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.journal import record
from accounts.models import User

from ..choices import EditionState
from ..countywords import CountyWords
from ..models import Basis, Edition, Entry, ItemList, Suggestion
from ..models.entry import TEXTS, TOLD_APART_BY, name_key_of
from ..numbering import number_items
from ..resources.widgets import legal_bases
from ..writing import draw_keys, write_rows
from .collecting import collection_paused
from .planning import Plan, citation_fields
from .progress import Progress, unwatched
from .report import record_of
from .taken import BLANKS

# What an entry holds beside its key, its edition and its place there; the details last.
HELD = (
    "item_id",
    "category_id",
    "department_id",
    "serial",
    "main_serial",
    "digest",
    "name_key",
    "sheet",
    "row",
    *TEXTS,
    "details",
)
CITED = ("text", "law_id", "law_title", "document_number", "article", "articles", "is_parsed")


@collection_paused()
def store_draft(
    *,
    plan: Plan,
    item_list: ItemList,
    by: User | None,
    is_confirmed_at_once: bool = False,
    progress: Progress = unwatched,
    **record_fields,
) -> Edition:
    """Store the plan as an unconfirmed edition of the list, seen by this person alone.

    `is_confirmed_at_once`: the caller confirms it in the same transaction, so new items get their codes here
    and no entry is written twice. `record_fields` (title, document_number, days) win over what the sheet says;
    `progress` is told how far it is. Raises `ValidationError` when a row is refused or a field of the record
    cannot be taken; nothing is stored then.
    """
    intake = plan.intake
    progress("store", 0, len(intake.rows))
    if intake.has_errors:
        raise ValidationError(_("Nothing was stored: the workbook has errors."))
    edition = Edition(
        list=item_list,
        state=EditionState.UNCONFIRMED,
        base=plan.base,
        created_by=by,
        source_name=intake.name[-255:],
        source_sha256=intake.sha256,
        report=record_of(plan),
        **(intake.record | record_fields),
    )
    edition.source_file.name = f"lists/{intake.sha256}"
    edition.full_clean()
    storage = edition.source_file.storage
    if not storage.exists(edition.source_file.name):
        # Before the transaction: a file nobody points to is harmless, a row that points nowhere is not.
        edition.source_file.name = storage.save(edition.source_file.name, ContentFile(intake.content))
    with transaction.atomic():
        edition.save()
        new: Sequence[int] = ()
        if is_confirmed_at_once:
            _numbers, new = number_items(item_list.county, plan.count_new())
        _write_draft(edition, plan, new)
        record("import", edition, by=by, county=intake.county, sha256=intake.sha256, counts=plan.counts)
    progress("store", len(intake.rows), len(intake.rows))
    return edition


def _write_draft(edition: Edition, plan: Plan, new: Sequence[int]) -> None:
    """Write every entry with what hangs on it: first those of the file, behind them those carried over.

    `new` are the items of new rows, in their order, where they have been given already.
    """
    intake = plan.intake
    carried = list(plan.carried.values_list(*HELD))
    keys = draw_keys(Entry, len(intake.rows) + len(carried))
    held = chain(_held(plan, new), ((*values[:-1], json.dumps(values[-1])) for values in carried))
    places = zip(keys, range(1, len(keys) + 1), strict=True)
    write_rows(
        Entry,
        ("id", "position", "edition_id", *HELD),
        ((*place, edition.pk, *values) for place, values in zip(places, held, strict=True)),
    )
    cited = chain(
        ((taken.values.get("legal_basis", ""), taken.legal_bases) for taken in intake.rows),
        ((text, legal_bases(text)) for text in plan.carried.values_list("legal_basis", flat=True)),
    )
    write_rows(Basis, ("entry_id", "position", *CITED), _bases(zip(keys, cited, strict=True), intake.words))
    write_rows(
        Suggestion,
        ("entry_id", "item_id", "reason", "decision"),
        (
            (keys[guess.row], plan.known[guess.known].item_id, guess.reason, "")
            for guess in plan.matching.guesses
        ),
    )


def _held(plan: Plan, new: Iterable[int]) -> Iterator[tuple]:
    """What the entries of the file's rows hold, in the order of `HELD`."""
    words, new = plan.intake.words, iter(new)
    categories: dict[str, int | None] = {}
    for place, taken in enumerate(plan.intake.rows):
        values = taken.values
        category = values.get("category_name", "")
        if category not in categories:
            categories[category] = getattr(words.category(category), "pk", None)
        yield (
            plan.item_of(place) or next(new, None),
            categories[category],
            getattr(taken.department(words), "pk", None),
            values.get("serial"),
            values.get("main_serial"),
            taken.digest,
            name_key_of(tuple(map(values.get, TOLD_APART_BY, BLANKS))),
            taken.row.sheet[:100],
            taken.row.number,
            *taken.texts,
            json.dumps(taken.details) if taken.details else "{}",
        )


def _bases(
    cited: Iterable[tuple[int, tuple[str, Sequence[Mapping[str, object]]]]], words: CountyWords
) -> Iterator[tuple]:
    """The citations of entries, in the order of `CITED`; laws are looked up once for a text of many rows."""
    known: dict[str, list[tuple]] = {}
    for key, (text, citations) in cited:
        if text not in known:
            stored = [citation_fields(citation, words) for citation in citations]
            known[text] = [
                tuple(json.dumps(one[name]) if name == "articles" else one[name] for name in CITED)
                for one in stored
            ]
        for position, values in enumerate(known[text], start=1):
            yield key, position, *values
