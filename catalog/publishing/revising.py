"""A new edition begun from the one before, and a draft carried over to an edition announced since."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, ProtectedError
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.models import User

from ..choices import ClashDecision, EditionState
from ..models import Basis, Clash, Edition, Entry, ItemList
from ..threeway import Overlap, ThreeWay, three_way
from .confirming import edition_before
from .holding import locked_for_writing, note_act

ROWS_A_STATEMENT = 500
COPIED_RECORD = ("title", "issuing_body", "notes")
# What of an entry belongs to its edition, not to its words.
OF_THE_EDITION = ("id", "edition", "position")


@transaction.atomic
def begin_revision(*, item_list: ItemList, by: User) -> Edition:
    """Open a draft that says what the latest announced edition says: entries, citations and items."""
    before = edition_before(item_list)
    if before is None or not before.is_public:
        raise ValidationError(
            _("Nothing of this list has been announced yet, so there is nothing to revise.")
        )
    draft = Edition(list=item_list, base=before, created_by=by)
    for name in COPIED_RECORD:
        setattr(draft, name, getattr(before, name))
    draft.full_clean()
    draft.save()
    insert_copies(before.entries.order_by("position"), draft)
    note_act("begin", draft, by=by, revises=str(before), entries=draft.entries.count())
    return draft


def newer_edition(draft: Edition) -> Edition | None:
    """The edition announced since the draft was compared, if there is one."""
    if not draft.is_open:
        return None
    latest = edition_before(draft.list)
    is_newer = latest is not None and latest.is_public and latest.pk != draft.base_id
    return latest if is_newer else None


def why_behind(draft: Edition) -> str:
    """Why the draft has to be carried over: another was announced since, or its own was withdrawn; else empty."""
    newer = newer_edition(draft)
    if newer is None:
        return ""
    if draft.base is not None and draft.base.state == EditionState.WITHDRAWN:
        return _(
            "“%(base)s”, from which this draft was begun, was withdrawn before its day; “%(title)s” goes on."
        ) % {"base": draft.base.title, "title": newer.title}
    return _("“%(title)s” has been announced since this draft was begun.") % {"title": newer.title}


@transaction.atomic
def carry_over(*, edition: Edition, by: User) -> ThreeWay:
    """Bring a draft onto the newer edition: what it left alone follows, what both changed is marked.

    Raises `ValidationError` where no other edition has been announced since.
    """
    edition = locked_for_writing(edition)
    newer = newer_edition(edition)
    if edition.state != EditionState.DRAFT or newer is None:
        raise ValidationError(_("No other edition has been announced since; there is nothing to carry over."))
    plan = three_way(edition, newer)
    _renumber(plan)
    _drop(edition, plan)
    take_words(edition, plan.taken)
    _put_in_order(edition, newer)
    edition.base = newer
    edition.save()
    edition.clashes.all().delete()
    Clash.objects.bulk_create([_clash(edition, overlap) for overlap in plan.clashes])
    counts = {"taken": len(plan.taken), "dropped": len(plan.dropped), "clashes": len(plan.clashes)}
    note_act("carry_over", edition, by=by, onto=str(newer), **counts)
    return plan


@transaction.atomic
def decide_clash(*, clash: Clash, decision: str, by: User) -> Clash:
    """Say whose words stand; the newer edition's are taken at once, and the mark is gone."""
    edition = locked_for_writing(clash.edition)
    clash.decision, clash.decided_by = decision, by
    clash.full_clean()
    if not decision:
        raise ValidationError(_("Choose whose words stand."))
    if decision == ClashDecision.THEIRS:
        if clash.theirs is None:
            edition.entries.filter(item=clash.item).delete()
        else:
            take_words(edition, [clash.theirs])
            _put_in_order(edition, clash.theirs.edition)
    clash.save()
    note_act("edit", edition, by=by, item=clash.item.code, decision=decision)
    return clash


def insert_copies(entries: Iterable[Entry], edition: Edition) -> None:
    """Put copies of these entries, with their citations, into another edition."""
    originals = list(entries)
    copies = [_copy(entry, edition) for entry in originals]
    Entry.objects.bulk_create(copies, batch_size=ROWS_A_STATEMENT)
    _copy_bases(dict(zip((entry.pk for entry in originals), copies, strict=True)))


def take_words(edition: Edition, entries: Iterable[Entry]) -> None:
    """Have the draft say of these items what other entries say; rows that stand keep their keys."""
    own = {entry.item_id: entry for entry in edition.entries.all()}
    entries = list(entries)
    standing = [own[entry.item_id].pk for entry in entries if entry.item_id in own]
    # Two entries may have changed names with each other; none stands in the other's way like this.
    edition.entries.filter(pk__in=standing).update(name_key=Cast("pk", CharField()))
    Basis.objects.filter(entry__in=standing).delete()
    written = {}
    for entry in entries:
        row = _copy(entry, edition)
        if entry.item_id in own:
            row.pk, row.position = own[entry.item_id].pk, own[entry.item_id].position
            row._state.adding = False
        row.save()
        written[entry.pk] = row
    _copy_bases(written)


def _copy(entry: Entry, edition: Edition) -> Entry:
    values = {
        field.attname: getattr(entry, field.attname)
        for field in Entry._meta.concrete_fields
        if field.name not in OF_THE_EDITION
    }
    return Entry(**values, edition=edition, position=entry.position)


def _copy_bases(copies: dict[int, Entry]) -> None:
    """Copy the citations of entries, told by their keys, to the entries written from them."""
    copied = []
    for basis in Basis.objects.filter(entry__in=copies):
        basis.pk, basis.entry = None, copies[basis.entry_id]
        copied.append(basis)
    Basis.objects.bulk_create(copied, batch_size=ROWS_A_STATEMENT)


def _renumber(plan: ThreeWay) -> None:
    """An entry both sides have added gets the announced item; the item of the draft alone has done its work."""
    for mine, theirs in plan.renumbered:
        own_item, mine.item_id = mine.item_id, theirs.item_id
        mine.save(update_fields=["item"])
        orphan = type(theirs.item).objects.filter(pk=own_item, entries=None)
        try:
            with transaction.atomic():
                orphan.delete()
        except ProtectedError:
            continue  # something speaks of it already; it keeps its code


def _drop(edition: Edition, plan: ThreeWay) -> None:
    """Take out what the newer edition no longer has; what something hangs on is left to a person."""
    for entry in list(plan.dropped):
        try:
            with transaction.atomic():
                entry.delete()
        except ProtectedError:
            plan.dropped.remove(entry)
            plan.clashes.append(Overlap(None, entry, None))


def _put_in_order(edition: Edition, newer: Edition) -> None:
    """The order of the newer edition; what only the draft has stays behind what stood before it."""
    order = list(newer.entries.order_by("position").values_list("item_id", flat=True))
    own = list(edition.entries.order_by("position", "pk"))
    known, previous = set(order), None
    for entry in own:
        if entry.item_id not in known:
            order.insert(order.index(previous) + 1 if previous else 0, entry.item_id)
        previous = entry.item_id
    places = {item: place for place, item in enumerate(order, start=1)}
    moved = [entry for entry in own if entry.position != places[entry.item_id]]
    for entry in moved:
        entry.position = places[entry.item_id]
    Entry.objects.bulk_update(moved, ["position"], batch_size=ROWS_A_STATEMENT)


def _clash(edition: Edition, overlap: Overlap) -> Clash:
    item = (overlap.mine or overlap.theirs or overlap.before).item_id
    return Clash(edition=edition, item_id=item, theirs=overlap.theirs)
