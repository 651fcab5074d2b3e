"""Drafts: begun, typed, and discarded; nothing of them is public."""

from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.journal import changes_in
from accounts.models import User

from ..choices import EditionState
from ..countywords import CountyWords
from ..importing.planning import bases_of
from ..importing.typed import mend_typed
from ..models import Basis, Edition, Entry, Guide, Item, ItemList, ItemNumbering, Succession
from ..resources.widgets import legal_bases
from .confirming import edition_before
from .holding import locked, locked_for_writing, note_act

UNCONFIRMED_LIVES = timedelta(days=1)
# PostgreSQL takes 65,535 values in a statement, and a list may have more entries.
KEYS_A_STATEMENT = 10_000


@transaction.atomic
def begin_draft(*, item_list: ItemList, by: User, **record_fields) -> Edition:
    """Open an empty draft of a list, to be typed by hand."""
    edition = Edition(list=item_list, created_by=by, base=edition_before(item_list), **record_fields)
    edition.full_clean()
    edition.save()
    note_act("begin", edition, by=by)
    return edition


@transaction.atomic
def write_record(*, edition: Edition, by: User) -> Edition:
    """Store what was changed in a draft's title, document number, days and notes."""
    locked_for_writing(edition)
    edition.full_clean()
    changes = changes_in(edition)
    edition.save()
    note_act("edit", edition, by=by, changes=changes)
    return edition


@transaction.atomic
def write_entry(*, entry: Entry, by: User) -> Entry:
    """Store a typed entry of a draft; a new one gets the next place, and an item of its own with a code."""
    edition = locked_for_writing(entry.edition)
    before = Entry.objects.filter(pk=entry.pk).first()
    if entry.position is None:
        last = edition.entries.order_by("-position").first()
        entry.position = last.position + 1 if last else 1
    if entry.item_id is None:
        (number,) = ItemNumbering.draw(edition.list.county, 1)
        entry.item = Item.objects.create(county=edition.list.county, number=number)
    mend_typed(entry)
    _complete_names(entry)
    entry.digest = entry.compute_digest()
    entry.full_clean()
    changes = changes_in(entry)
    entry.save()
    _write_bases(entry)
    if _is_followed(edition) and edition.list.list_kind.on_write:
        edition.list.list_kind.on_write(entry=entry, before=before, by=by)
    note_act("edit", edition, by=by, item=entry.item.code, name=entry.name, changes=changes)
    return entry


@transaction.atomic
def remove_entry(*, entry: Entry, by: User) -> None:
    """Take an entry out of a draft; an item that stands nowhere else goes with it, its code stays used."""
    edition = locked_for_writing(entry.edition)
    item, name = entry.item, entry.name
    if _is_followed(edition) and edition.list.list_kind.on_remove:
        edition.list.list_kind.on_remove(entry=entry, by=by)
    entry.delete()
    _delete_orphans(edition, [item.pk] if item else [])
    note_act("edit", edition, by=by, removed=name)


@transaction.atomic
def discard(*, edition: Edition, by: User | None) -> None:
    """Delete an edition that was never announced, with its entries and the items only it holds."""
    edition = locked(edition)
    if edition.is_public:
        raise ValidationError(_("What has been announced is never deleted; it can be repealed."))
    if edition.rounds.exists():
        raise ValidationError(_("The public has seen this draft, so it is not deleted; it can be given up."))
    note_act("discard", edition, by=by, sha256=edition.source_sha256)
    if edition.list.list_kind.on_discard:
        edition.list.list_kind.on_discard(edition=edition, by=by)
    items = list(edition.entries.exclude(item=None).values_list("item_id", flat=True))
    Succession.objects.filter(edition=edition).delete()
    edition.steps.all().delete()
    while some := list(edition.entries.order_by().values_list("pk", flat=True)[:KEYS_A_STATEMENT]):
        edition.entries.filter(pk__in=some).delete()
    for start in range(0, len(items), KEYS_A_STATEMENT):
        _delete_orphans(edition, items[start : start + KEYS_A_STATEMENT])
    edition.delete()


def sweep_unconfirmed() -> int:
    """Discard what was read and not confirmed within a day; returns how many editions."""
    stale = Edition.objects.filter(
        state=EditionState.UNCONFIRMED, created_at__lt=timezone.now() - UNCONFIRMED_LIVES
    )
    swept = 0
    for edition in stale:
        with suppress(ValidationError):  # another upload has swept it at the same moment
            discard(edition=edition, by=None)
            swept += 1
    return swept


def _is_followed(edition: Edition) -> bool:
    """Whether its kind hears of single entries: what is not confirmed has had no consequences yet."""
    return edition.state != EditionState.UNCONFIRMED


def _complete_names(entry: Entry) -> None:
    """Where a category or department is chosen and its printed words are blank, the paper prints its name."""
    if entry.category and not entry.category_name:
        entry.category_name = entry.category.name
    if entry.department and not entry.department_name:
        entry.department_name = entry.department.name


def _write_bases(entry: Entry) -> None:
    """Take the legal basis apart anew; citations follow the text."""
    words = CountyWords(entry.edition.list.county)
    entry.bases.all().delete()
    Basis.objects.bulk_create(bases_of(entry, legal_bases(entry.legal_basis), words))


def _delete_orphans(edition: Edition, items: list[int]) -> None:
    """Delete items that stand in no edition any more; they were never announced, so nobody can cite them."""
    orphans = Item.objects.filter(pk__in=items, county=edition.list.county_id, entries__isnull=True)
    Guide.objects.filter(item__in=orphans).delete()
    Succession.objects.filter(edition__in=Edition.objects.drafts(), successor__in=orphans).delete()
    for item in orphans:
        # A handling, a succession or a power may refer to it already; then it stays, with its code.
        with suppress(ProtectedError), transaction.atomic():
            item.delete()
