"""What happens to an edition: confirmed, edited, announced, repealed, discarded.

Every function is one transaction, takes the person as `by` and leaves an event
in the record. Views, admin actions, commands and tests call the same ones.
"""

from contextlib import suppress
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.journal import record
from accounts.models import County, Event, User

from .choices import EditionState, SuggestionDecision
from .comparison import compare
from .firstguides import begin_guides
from .importing.typed import mend_typed
from .models import (
    Basis,
    Edition,
    Entry,
    Guide,
    Handling,
    Item,
    ItemList,
    ItemNumbering,
    Law,
    Succession,
    Suggestion,
)
from .reading.citations import read_citations, title_key

UNCONFIRMED_LIVES = timedelta(days=1)
# No county announces a list for a later year than this; a year beyond it is a slip.
YEARS_AHEAD = 5
# A workbook that leaves out more of the edition before than this is confirmed with the number typed.
LARGEST_LOSS = 0.2


def edition_before(item_list: ItemList) -> Edition | None:
    """The edition a new one is compared with: the latest announced, or else the newest draft."""
    announced = item_list.editions.announced().latest_first().first()
    return announced or item_list.editions.filter(state=EditionState.DRAFT).order_by("-pk").first()


@transaction.atomic
def confirm(*, edition: Edition, by: User | None, gone: int | None = None) -> Edition:
    """Turn what was read from a workbook into a draft, and give its new items their codes.

    `by` is the person who uploaded it, or None for what the command line imports. Where more than a fifth
    of the edition before would be gone, a person says `gone`, how many, to show that it is meant.
    """
    edition = _locked(edition)
    if edition.state != EditionState.UNCONFIRMED:
        raise ValidationError(_("This import has been confirmed already; nothing was changed."))
    if edition.created_by_id != getattr(by, "pk", None):
        raise ValidationError(_("Only the person who uploaded the workbook can confirm it."))
    if edition.base_id != getattr(edition_before(edition.list), "pk", None):
        raise ValidationError(
            _("Another edition of this list has come in between; nothing was changed. Import the file again.")
        )
    expected = number_to_type(edition)
    if by is not None and expected is not None and gone != expected:
        raise ValidationError(
            {
                "gone": _(
                    "%(count)s entries of the edition before would be gone. Type this number to confirm it."
                )
                % {"count": expected}
            }
        )
    _number_new_items(edition)
    _record_kinships(edition)
    edition.state = EditionState.DRAFT
    edition.save()
    if edition.list.list_kind.on_confirm:
        edition.list.list_kind.on_confirm(edition=edition, by=by)
    _record("confirm", edition, by=by, sha256=edition.source_sha256, entries=edition.entries.count())
    return edition


def number_to_type(edition: Edition) -> int | None:
    """How many entries would be gone, where that is more than a fifth of the edition before; else None."""
    if edition.base is None:
        return None
    gone = compare(edition).counts["gone"]
    return gone if gone > edition.base.entries.count() * LARGEST_LOSS else None


@transaction.atomic
def decide(*, suggestion: Suggestion, decision: str, by: User) -> Suggestion:
    """Say what a suggested pair is: renamed, split, merged, or new and gone; can be said again until confirmed."""
    entry = suggestion.entry
    edition = _locked(entry.edition)
    if edition.state != EditionState.UNCONFIRMED or edition.created_by_id != by.pk:
        raise ValidationError(
            _("Only the person who uploaded the workbook decides, and only before confirming.")
        )
    suggestion.decision = decision
    suggestion.full_clean()
    if decision == SuggestionDecision.RENAMED and _is_taken(suggestion):
        raise ValidationError(
            _("“%(item)s” is joined to another row already; an item stands in an edition once.")
            % {"item": _name_before(suggestion)}
        )
    suggestion.save()
    if decision:
        entry.suggestions.exclude(pk=suggestion.pk).exclude(decision=decision).update(decision="")
    renamed = entry.suggestions.filter(decision=SuggestionDecision.RENAMED).first()
    entry.item_id = renamed.item_id if renamed else None
    entry.save(update_fields=["item"])
    return suggestion


@transaction.atomic
def begin_draft(*, item_list: ItemList, by: User, **record_fields) -> Edition:
    """Open an empty draft of a list, to be typed by hand."""
    edition = Edition(list=item_list, created_by=by, base=edition_before(item_list), **record_fields)
    edition.full_clean()
    edition.save()
    _record("begin", edition, by=by)
    return edition


@transaction.atomic
def write_record(*, edition: Edition, by: User) -> Edition:
    """Store what was changed in a draft's title, document number, days and notes."""
    _locked_for_writing(edition)
    edition.full_clean()
    edition.save()
    _record("edit", edition, by=by)
    return edition


@transaction.atomic
def write_entry(*, entry: Entry, by: User) -> Entry:
    """Store a typed entry of a draft; a new one gets the next place, and an item of its own with a code."""
    edition = _locked_for_writing(entry.edition)
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
    entry.save()
    _write_bases(entry)
    _record("edit", edition, by=by, item=entry.item.code, name=entry.name)
    return entry


@transaction.atomic
def remove_entry(*, entry: Entry, by: User) -> None:
    """Take an entry out of a draft; an item that stands nowhere else goes with it, its code stays used."""
    edition = _locked_for_writing(entry.edition)
    item, name = entry.item, entry.name
    entry.delete()
    _delete_orphans(edition, [item.pk] if item else [])
    _record("edit", edition, by=by, removed=name)


@transaction.atomic
def discard(*, edition: Edition, by: User | None) -> None:
    """Delete an edition that was never announced, with its entries and the items only it holds."""
    edition = _locked(edition)
    if edition.is_public:
        raise ValidationError(_("What has been announced is never deleted; it can be repealed."))
    _record("discard", edition, by=by, sha256=edition.source_sha256)
    if edition.list.list_kind.on_discard:
        edition.list.list_kind.on_discard(edition=edition, by=by)
    items = list(edition.entries.exclude(item=None).values_list("item_id", flat=True))
    Succession.objects.filter(edition=edition).delete()
    edition.entries.all().delete()
    _delete_orphans(edition, items)
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


@transaction.atomic
def announce(
    *, edition: Edition, by: User, published_on: date, effective_on: date, is_correction: bool = False
) -> Edition:
    """Publish a draft: from its effective day on it is the list, and its entries never change again."""
    item_list = ItemList.objects.select_for_update().get(pk=edition.list_id)
    edition = _locked_for_writing(edition)
    if edition.state != EditionState.DRAFT:
        raise ValidationError(_("An import is confirmed before it is announced."))
    _check_second_person(edition, by)
    _check_complete(edition)
    _check_days(published_on=published_on, effective_on=effective_on)
    edition.published_on, edition.effective_on = published_on, effective_on
    edition.correction = _correction_number(edition, item_list, is_correction)
    edition.state = EditionState.ANNOUNCED
    edition.announced_at, edition.announced_by = timezone.now(), by
    edition.full_clean()
    edition.save()
    begin_guides(edition)
    if item_list.list_kind.on_announce:
        item_list.list_kind.on_announce(edition=edition, by=by)
    County.objects.note_publication(item_list.county)
    _record("announce", edition, by=by, number=edition.document_number, effective_on=effective_on)
    return edition


@transaction.atomic
def repeal(*, edition: Edition, by: User, ended_on: date, reason: str) -> Edition:
    """End an announced edition without a successor; it stays readable for ever."""
    edition = _locked(edition)
    if edition.state != EditionState.ANNOUNCED:
        raise ValidationError(_("Only an announced edition can be repealed."))
    if not reason.strip():
        raise ValidationError(_("Say why the edition is repealed."))
    edition.state, edition.ended_on = EditionState.REPEALED, ended_on
    edition.full_clean()
    edition.save()
    County.objects.note_publication(edition.list.county)
    _record("repeal", edition, by=by, ended_on=ended_on, reason=reason)
    return edition


@transaction.atomic
def keep_guide(*, guide: Guide, by: User) -> Guide:
    """Make a stored change of a guide public: pages of the county are asked for anew, the act is on record."""
    County.objects.note_publication(guide.item.county)
    record("guide", guide, by=by, county=guide.item.county, valid_from=guide.valid_from)
    return guide


@transaction.atomic
def take_away(*, row: Guide | Handling, by: User) -> None:
    """Delete a guide or an exception of a township; residents no longer see it."""
    county = row.item.county
    record("delete", row, by=by, county=county)
    row.delete()
    County.objects.note_publication(county)


@transaction.atomic
def write_handling(*, handling: Handling, by: User) -> Handling:
    """Store what a township does differently; residents see it at once."""
    handling.full_clean()
    handling.save()
    County.objects.note_publication(handling.item.county)
    record("handling", handling, by=by, county=handling.item.county, valid_from=handling.valid_from)
    return handling


def _locked(edition: Edition) -> Edition:
    """The edition as it is stored now, held against other writers until the transaction ends."""
    stored = Edition.objects.select_for_update(of=("self",)).select_related("list__county")
    try:
        return stored.get(pk=edition.pk)
    except Edition.DoesNotExist:
        raise ValidationError(_("Somebody has discarded this edition in the meantime.")) from None


def _locked_for_writing(edition: Edition) -> Edition:
    stored = _locked(edition)
    if not stored.is_editable:
        raise ValidationError(_("This edition is announced; its entries no longer change."))
    return stored


def _complete_names(entry: Entry) -> None:
    """Where a category or department is chosen and its printed words are blank, the paper prints its name."""
    if entry.category and not entry.category_name:
        entry.category_name = entry.category.name
    if entry.department and not entry.department_name:
        entry.department_name = entry.department.name


def _write_bases(entry: Entry) -> None:
    """Take the legal basis apart anew; citations follow the text."""
    laws = {title_key(law.title): law for law in Law.objects.all()} if entry.legal_basis else {}
    entry.bases.all().delete()
    Basis.objects.bulk_create(
        Basis(
            entry=entry,
            position=position,
            text=citation.text,
            law=laws.get(citation.title_key) if citation.law_title else None,
            law_title=citation.law_title[:300],
            document_number=citation.document_number[:100],
            article=citation.article[:200],
            articles=list(citation.articles),
            is_parsed=citation.is_parsed,
        )
        for position, citation in enumerate(read_citations(entry.legal_basis), start=1)
    )


def _number_new_items(edition: Edition) -> None:
    county = edition.list.county
    new = list(edition.entries.filter(item=None).order_by("position"))
    numbers = ItemNumbering.draw(county, len(new))
    items = Item.objects.bulk_create([Item(county=county, number=number) for number in numbers])
    # One prepared statement: `bulk_update` builds a CASE with a branch for every row, slow by the thousand.
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE catalog_entry SET item_id = %s WHERE id = %s",
            [(item.pk, entry.pk) for entry, item in zip(new, items, strict=True)],
        )


def _record_kinships(edition: Edition) -> None:
    """Turn what the clerk decided into lasting successions; the rest of the suggestions have done their work."""
    suggestions = Suggestion.objects.filter(entry__edition=edition)
    related = suggestions.filter(decision__in=[SuggestionDecision.SPLIT, SuggestionDecision.MERGED])
    Succession.objects.bulk_create(
        Succession(
            edition=edition,
            predecessor_id=suggestion.item_id,
            successor_id=suggestion.entry.item_id,
            kind=suggestion.decision,
        )
        for suggestion in related.select_related("entry")
    )
    suggestions.delete()


def _is_taken(suggestion: Suggestion) -> bool:
    edition = suggestion.entry.edition
    return edition.entries.filter(item=suggestion.item_id).exclude(pk=suggestion.entry_id).exists()


def _name_before(suggestion: Suggestion) -> str:
    base = suggestion.entry.edition.base_id
    return Entry.objects.get(edition=base, item=suggestion.item_id).name


def _delete_orphans(edition: Edition, items: list[int]) -> None:
    """Delete items that stand in no edition any more; they were never announced, so nobody can cite them."""
    orphans = Item.objects.filter(pk__in=items, county=edition.list.county_id, entries__isnull=True)
    Guide.objects.filter(item__in=orphans).delete()
    Succession.objects.filter(edition__in=Edition.objects.drafts(), successor__in=orphans).delete()
    for item in orphans:
        # A handling, a succession or a power may refer to it already; then it stays, with its code.
        with suppress(ProtectedError), transaction.atomic():
            item.delete()


def _check_second_person(edition: Edition, by: User) -> None:
    county = edition.list.county
    if by.county_id != county.pk or by.role not in (Role.EDITOR, Role.APPROVER):
        raise ValidationError(_("Editions are announced by an editor or approver of the county."))
    if not county.needs_second_person:
        return
    if by.role != Role.APPROVER:
        raise ValidationError(_("In this county an approver announces what an editor has prepared."))
    # Reading it on paper is no work on it.
    if Event.objects.about(edition).filter(by=by).exclude(action="export").exists():
        raise ValidationError(_("Who has worked on a draft cannot announce it; a second person does."))


def _check_complete(edition: Edition) -> None:
    missing = {
        field: _("Fill this in before announcing.")
        for field in ("title", "document_number")
        if not getattr(edition, field).strip()
    }
    if missing:
        raise ValidationError(missing)
    if not edition.entries.exists():
        raise ValidationError(_("The edition has no entries yet."))


def _check_days(**days: date) -> None:
    """Refuse years that are slips of typing: nothing announced can be taken back to another day."""
    this_year = timezone.localdate().year
    slips = {
        name: _("%(day)s is more than %(years)s years ahead, or before 1949. Check the year.")
        % {"day": day.isoformat(), "years": YEARS_AHEAD}
        for name, day in days.items()
        if not 1949 <= day.year <= this_year + YEARS_AHEAD
    }
    if slips:
        raise ValidationError(slips)


def _correction_number(edition: Edition, item_list: ItemList, is_correction: bool) -> int:
    """0, or the next number when the edition corrects the one of the same day; past days are not rewritten."""
    latest = item_list.editions.announced().latest_first().first()
    if latest is None:
        return 0
    if edition.base_id != latest.pk:
        raise ValidationError(
            _("“%(title)s” has been announced since this draft was begun; compare with it first.")
            % {"title": latest.title}
        )
    if edition.effective_on < latest.effective_on:
        raise ValidationError(
            {
                "effective_on": _(
                    "The edition before is in force from %(day)s; take that day or a later one."
                )
                % {"day": latest.effective_on}
            }
        )
    if edition.effective_on == latest.effective_on:
        if not is_correction:
            raise ValidationError(
                {
                    "effective_on": _(
                        "Another edition takes effect on this day; tick “correction” if this corrects it."
                    )
                }
            )
        return latest.correction + 1
    return 0


def _record(action: str, edition: Edition, *, by: User | None, **details) -> None:
    record(action, edition, by=by, county=edition.list.county, **details)
