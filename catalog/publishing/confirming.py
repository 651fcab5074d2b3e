"""What was read from a workbook becomes a draft: pairs are decided, new items get their codes."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User

from ..choices import EditionState, SuggestionDecision
from ..comparison import count_gone
from ..importing.collecting import collection_paused
from ..importing.progress import Progress, unwatched
from ..models import Edition, Entry, ItemList, Succession, Suggestion
from ..models.edition import HEAVY
from ..numbering import number_items
from .holding import locked, note_act

# A workbook that leaves out more of the edition before than this is confirmed with the number typed.
LARGEST_LOSS = 0.2

# The first entry without an item gets the first number drawn, the second the next; on both databases alike.
JOIN_NEW_ITEMS = """
    UPDATE catalog_entry SET item_id = numbered.item
    FROM (
        SELECT new.id AS entry, catalog_item.id AS item
        FROM (
            SELECT id, %s + row_number() OVER (ORDER BY position) AS number
            FROM catalog_entry WHERE edition_id = %s AND item_id IS NULL
        ) AS new
        JOIN catalog_item ON catalog_item.number = new.number AND catalog_item.county_id = %s
    ) AS numbered
    WHERE catalog_entry.id = numbered.entry
"""


def edition_before(item_list: ItemList) -> Edition | None:
    """The edition a new one is compared with: the latest announced, or else the newest draft."""
    editions = item_list.editions.defer(*HEAVY)
    announced = editions.announced().not_withdrawn().latest_first().first()
    return announced or editions.filter(state=EditionState.DRAFT).order_by("-pk").first()


@collection_paused()
@transaction.atomic
def confirm(
    *, edition: Edition, by: User | None, gone: int | None = None, progress: Progress = unwatched
) -> Edition:
    """Turn what was read from a workbook into a draft, and give its new items their codes.

    `by` is the person who uploaded it, or None for what the command line imports. Where more than a fifth
    of the edition before would be gone, a person says `gone`, how many, to show that it is meant.
    """
    progress("confirm", 0, 1)
    edition = locked(edition)
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
    edition.save(update_fields=["state"])
    if edition.list.list_kind.on_confirm:
        edition.list.list_kind.on_confirm(edition=edition, by=by)
    note_act(
        "confirm",
        edition,
        by=by,
        sha256=edition.source_sha256,
        entries=edition.entries.count(),
        gone=expected,
    )
    progress("confirm", 1, 1)
    return edition


def number_to_type(edition: Edition) -> int | None:
    """How many entries would be gone, where that is more than a fifth of the edition before; else None."""
    if edition.base_id is None:
        return None
    gone = count_gone(edition)
    return gone if gone > Entry.objects.filter(edition=edition.base_id).count() * LARGEST_LOSS else None


@transaction.atomic
def decide(*, suggestion: Suggestion, decision: str, by: User) -> Suggestion:
    """Say what a suggested pair is: renamed, split, merged, or new and gone; can be said again until confirmed."""
    entry = suggestion.entry
    edition = locked(entry.edition)
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


def _number_new_items(edition: Edition) -> None:
    """Give every entry without an item a new one, in the order of the list, in two statements for all."""
    county = edition.list.county
    numbers, _items = number_items(county, edition.entries.filter(item=None).count())
    if numbers:
        with connection.cursor() as cursor:
            cursor.execute(JOIN_NEW_ITEMS, [numbers.start - 1, edition.pk, county.pk])


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
