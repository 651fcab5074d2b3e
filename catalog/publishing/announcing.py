"""An edition becomes the list, or ends: what is announced never changes again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import County, Event, User

from ..choices import EditionState
from ..firstguides import begin_guides
from ..models import Edition, ItemList
from .holding import locked, locked_for_writing, note_act

# No county announces a list for a later year than this; a year beyond it is a slip.
YEARS_AHEAD = 5


@transaction.atomic
def announce(
    *, edition: Edition, by: User, published_on: date, effective_on: date, is_correction: bool = False
) -> Edition:
    """Publish a draft: from its effective day on it is the list, and its entries never change again."""
    item_list = ItemList.objects.select_for_update().get(pk=edition.list_id)
    edition = locked_for_writing(edition)
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
    note_act("announce", edition, by=by, number=edition.document_number, effective_on=effective_on)
    return edition


@transaction.atomic
def repeal(*, edition: Edition, by: User, ended_on: date, reason: str) -> Edition:
    """End an announced edition without a successor; it stays readable for ever."""
    edition = locked(edition)
    if edition.state != EditionState.ANNOUNCED:
        raise ValidationError(_("Only an announced edition can be repealed."))
    if not reason.strip():
        raise ValidationError(_("Say why the edition is repealed."))
    edition.state, edition.ended_on = EditionState.REPEALED, ended_on
    edition.full_clean()
    edition.save()
    County.objects.note_publication(edition.list.county)
    note_act("repeal", edition, by=by, ended_on=ended_on, reason=reason)
    return edition


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
