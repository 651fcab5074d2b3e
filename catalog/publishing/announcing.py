"""An edition becomes the list, or ends: what is announced never changes again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import County, Event, User

from ..acts import NO_WORK_ON_A_DRAFT
from ..choices import EditionState, StepKind
from ..firstguides import begin_guides, end_guides
from ..models import Edition, ItemList
from ..search.indexing import rewrite
from ..search.own import ITEMS
from ..tallies import count_entries
from .checking import refuse_placeholders
from .confirming import number_to_type
from .holding import locked, note_act
from .revising import why_behind
from .stepping import missing_steps, note_step

# No county announces a list for a later year than this; a year beyond it is a slip.
YEARS_AHEAD = 5
STEP_NOTE = 500


@transaction.atomic
def announce(
    *,
    edition: Edition,
    by: User,
    published_on: date,
    effective_on: date,
    is_correction: bool = False,
    document_number: str = "",
    gone: int | None = None,
) -> Edition:
    """Publish a draft: from its effective day on it is the list, and its entries never change again.

    The paper gets its number often only now: `document_number` wins over what the draft says. Where more
    than a fifth of the edition before would be gone and nobody has confirmed that of an import, `gone` says
    how many, to show that it is meant.
    """
    item_list = ItemList.objects.select_for_update().get(pk=edition.list_id)
    edition = locked(edition)
    edition.document_number = document_number or edition.document_number
    _check_state(edition)
    _check_second_person(edition, by)
    _check_complete(edition)
    _check_steps(edition)
    _check_clashes(edition)
    refuse_placeholders(edition)
    _check_days(published_on=published_on, effective_on=effective_on)
    edition.published_on, edition.effective_on = published_on, effective_on
    edition.correction = _correction_number(edition, item_list, is_correction)
    _check_loss(edition, gone)
    edition.state = EditionState.ANNOUNCED
    edition.announced_at, edition.announced_by = timezone.now(), by
    edition.tally = count_entries(edition)
    edition.full_clean()
    edition.save()
    begin_guides(edition, by=by)
    if item_list.list_kind.on_announce:
        item_list.list_kind.on_announce(edition=edition, by=by)
    County.objects.note_publication(item_list.county)
    rewrite(item_list.county, ITEMS)
    number = edition.document_number
    note_step(edition, StepKind.ANNOUNCEMENT, by=by, done_on=published_on, number=number)
    note_act("announce", edition, by=by, number=number, effective_on=effective_on)
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
    rewrite(edition.list.county, ITEMS)
    note_step(edition, StepKind.REPEAL, by=by, done_on=ended_on, note=reason[:STEP_NOTE])
    note_act("repeal", edition, by=by, ended_on=ended_on, reason=reason)
    return edition


@transaction.atomic
def withdraw(*, edition: Edition, by: User, on: date, reason: str) -> Edition:
    """Take back an edition announced for a coming day; it stays readable and never comes into force.

    The edition before goes on, and the next draft is compared with that one again.
    """
    edition = locked(edition)
    if edition.state != EditionState.ANNOUNCED:
        raise ValidationError(_("Only an announced edition can be withdrawn."))
    if edition.takes_over_on <= on:
        raise ValidationError(_("This edition is in force already; it can only be repealed."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the edition is withdrawn.")})
    _check_role(edition, by)
    edition.state, edition.ended_on = EditionState.WITHDRAWN, on
    edition.full_clean()
    edition.save()
    end_guides(edition)
    County.objects.note_publication(edition.list.county)
    rewrite(edition.list.county, ITEMS)
    note_step(edition, StepKind.WITHDRAWAL, by=by, done_on=on, note=reason[:STEP_NOTE])
    note_act("withdraw", edition, by=by, effective_on=edition.effective_on, reason=reason)
    return edition


def _check_state(edition: Edition) -> None:
    """The gates of the road: confirmed, comment closed, not announced before."""
    if edition.state == EditionState.UNCONFIRMED:
        raise ValidationError(_("An import is confirmed before it is announced."))
    if edition.state == EditionState.OPEN_FOR_COMMENT:
        raise ValidationError(_("The draft is still open for comment; close the period first."))
    if not edition.is_open:
        raise ValidationError(_("This edition has been announced already."))


def _check_steps(edition: Edition) -> None:
    if missing := missing_steps(edition):
        raise ValidationError(
            _("The county asks for these steps, which are not on record yet: %(steps)s.")
            % {"steps": "、".join(str(kind.label) for kind in missing)}
        )


def _check_clashes(edition: Edition) -> None:
    if open_clashes := edition.clashes.filter(decision="").count():
        raise ValidationError(
            _("%(count)s entries were changed here and in the edition before; decide whose words stand.")
            % {"count": open_clashes}
        )


def _check_loss(edition: Edition, gone: int | None) -> None:
    """A large loss is typed, unless it was typed already when the import was confirmed."""
    expected = number_to_type(edition)
    if expected is None or gone == expected or expected <= confirmed_loss(edition):
        return
    raise ValidationError(
        {
            "gone": _(
                "%(count)s entries of the edition before would be gone. Type this number to announce it."
            )
            % {"count": expected}
        }
    )


def confirmed_loss(edition: Edition) -> int:
    """How many gone entries were confirmed with the import; 0 for a draft typed by hand."""
    event = Event.objects.about(edition).filter(action="confirm").first()
    if event is None:
        return 0
    return event.details.get("gone") or 0


def _check_role(edition: Edition, by: User) -> None:
    if by.county_id != edition.list.county_id or by.role not in (Role.EDITOR, Role.APPROVER):
        raise ValidationError(_("Editions are announced by an editor or approver of the county."))


def _check_second_person(edition: Edition, by: User) -> None:
    _check_role(edition, by)
    if not edition.list.county.needs_second_person:
        return
    if by.role != Role.APPROVER:
        raise ValidationError(_("In this county an approver announces what an editor has prepared."))
    if Event.objects.about(edition).filter(by=by).exclude(action__in=NO_WORK_ON_A_DRAFT).exists():
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
    """0, or the next number on a day that is taken; past days are not rewritten.

    A day is taken by the edition that this one corrects, or by one that was withdrawn and keeps its address.
    """
    latest = item_list.editions.announced().not_withdrawn().latest_first().first()
    if latest is not None:
        _check_follows(edition, latest, is_correction)
    of_the_day = item_list.editions.announced().filter(effective_on=edition.effective_on)
    numbers = of_the_day.values_list("correction", flat=True)
    return max(numbers) + 1 if numbers else 0


def _check_follows(edition: Edition, latest: Edition, is_correction: bool) -> None:
    if edition.base_id != latest.pk:
        raise ValidationError(_("%(why)s Carry the draft over to it first.") % {"why": why_behind(edition)})
    if edition.effective_on < latest.effective_on:
        raise ValidationError(
            {
                "effective_on": _(
                    "The edition before is in force from %(day)s; take that day or a later one."
                )
                % {"day": latest.effective_on}
            }
        )
    if edition.effective_on == latest.effective_on and not is_correction:
        raise ValidationError(
            {
                "effective_on": _(
                    "Another edition takes effect on this day; tick “correction” if this corrects it."
                )
            }
        )
