"""A guide is changed by a proposal and a second person; it is in force on its day, and no edition is needed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.journal import record
from accounts.models import User

from ..choices import GuideState
from ..models import Entry, Guide, Item
from ..placeholders import placeholder_in
from .keeping import keep_guide

# What belongs to one guide and is not taken over into a change of it.
OF_ITS_OWN = (
    "id",
    "valid_from",
    "valid_to",
    "state",
    "proposed_by",
    "answered_by",
    "refusal",
    "verified_on",
    "verified_by",
)
ROWS = ("materials", "steps", "channels")
PROPOSERS = frozenset({Role.EDITOR, Role.DEPARTMENT})


@transaction.atomic
def propose_guide(*, item: Item, by: User, valid_from: date) -> Guide:
    """Begin a change: a copy of the latest approved guide, to be written by this person; empty where there is none."""
    check_proposer(item, by)
    before = item.guides.approved().order_by("-valid_from").first()
    guide = Guide(item=item, valid_from=valid_from, state=GuideState.WRITING, proposed_by=by)
    if before is not None:
        for field in Guide._meta.concrete_fields:
            if field.name not in OF_ITS_OWN:
                setattr(guide, field.attname, getattr(before, field.attname))
    guide.full_clean()
    guide.save()
    for name in ROWS if before is not None else ():
        for row in getattr(before, name).all():
            row.pk, row.guide = None, guide
            row._state.adding = True
            row.save()
    _note("guide_begin", guide, by)
    return guide


@transaction.atomic
def submit_guide(*, guide: Guide, by: User, on: date) -> Guide:
    """Hand a proposal to the second person; from now on it stays as it is until it is decided."""
    guide = _held(guide)
    if guide.state not in (GuideState.WRITING, GuideState.REFUSED) or guide.proposed_by_id != by.pk:
        raise ValidationError(_("Only who writes a proposal hands it in, and only once."))
    if guide.valid_from < on:
        raise ValidationError(
            _("The day from which the guide is valid is past; choose today or a coming day.")
        )
    _refuse_placeholders(guide)
    guide.state, guide.refusal = GuideState.PROPOSED, ""
    guide.full_clean()
    guide.save()
    _note("guide_submit", guide, by)
    return guide


@transaction.atomic
def take_back_guide(*, guide: Guide, by: User) -> Guide:
    """Take a proposal back from the second person's desk, to go on writing it."""
    guide = _held(guide)
    if guide.state != GuideState.PROPOSED or guide.proposed_by_id != by.pk:
        raise ValidationError(_("Only who made a proposal takes it back, while it waits."))
    guide.state = GuideState.WRITING
    guide.save()
    _note("guide_begin", guide, by)
    return guide


@transaction.atomic
def approve_guide(*, guide: Guide, by: User, on: date) -> Guide:
    """Have a proposal take the place of the guide before, on its day or today if that is past."""
    guide = _held(guide)
    _check_answerer(guide, by)
    guide.valid_from = max(guide.valid_from, on)
    others = guide.item.guides.approved().exclude(pk=guide.pk)
    if others.filter(valid_from=guide.valid_from).exists():
        raise ValidationError(
            _("Another guide of this item begins on this day; take it back and choose a later one.")
        )
    ending = Q(valid_to__isnull=True) | Q(valid_to__gt=guide.valid_from)
    for before in others.filter(ending, valid_from__lt=guide.valid_from):
        before.valid_to = guide.valid_from
        before.save()
    after = others.filter(valid_from__gt=guide.valid_from).order_by("valid_from").first()
    guide.valid_to = after.valid_from if after else None
    guide.state, guide.answered_by = GuideState.APPROVED, by
    guide.full_clean()
    guide.save()
    return keep_guide(guide=guide, by=by)


@transaction.atomic
def refuse_guide(*, guide: Guide, by: User, reason: str) -> Guide:
    """Give a proposal back with a reason; its author can mend it and hand it in again."""
    guide = _held(guide)
    _check_answerer(guide, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the proposal is refused.")})
    guide.state, guide.answered_by, guide.refusal = GuideState.REFUSED, by, reason.strip()
    guide.full_clean()
    guide.save()
    record("guide_refuse", guide, by=by, county=guide.item.county, reason=reason)
    return guide


def check_proposer(item: Item, by: User) -> None:
    """Editors propose for every item of their county, departments for those a list names them for."""
    if by.county_id != item.county_id or by.role not in PROPOSERS:
        raise ValidationError(_("Guides are proposed by an editor of the county or by the department."))
    if by.role != Role.DEPARTMENT:
        return
    named = set(Entry.objects.filter(item=item).values_list("department", flat=True)) - {None}
    if named and by.department_id not in named:
        raise ValidationError(_("Lists name another department for this item."))


def may_answer(guide: Guide, by: User) -> bool:
    """Whether this person may approve or refuse a proposal.

    Editors and approvers of the county, and colleagues of the department that made it; its author only in
    a county that wants no second person.
    """
    county = guide.item.county
    if guide.state != GuideState.PROPOSED or by.county_id != county.pk:
        return False
    is_of_county = by.role in (Role.EDITOR, Role.APPROVER)
    is_colleague = by.role == Role.DEPARTMENT and by.department_id == guide.proposed_by.department_id
    return (is_of_county or is_colleague) and (
        by.pk != guide.proposed_by_id or not county.needs_second_person
    )


def _check_answerer(guide: Guide, by: User) -> None:
    if guide.state != GuideState.PROPOSED:
        raise ValidationError(_("This proposal is decided already, or was taken back."))
    if not may_answer(guide, by):
        raise ValidationError(_("A second person of the county or the department approves a guide."))


def _held(guide: Guide) -> Guide:
    stored = Guide.objects.select_for_update(of=("self",)).select_related("item__county", "proposed_by")
    try:
        return stored.get(pk=guide.pk)
    except Guide.DoesNotExist:
        raise ValidationError(_("Somebody has deleted this in the meantime.")) from None


def _refuse_placeholders(guide: Guide) -> None:
    texts = [(field.verbose_name, getattr(guide, field.name)) for field in Guide._meta.concrete_fields]
    for name in ROWS:
        for row in getattr(guide, name).all():
            texts += [
                (row._meta.verbose_name, getattr(row, field.name)) for field in row._meta.concrete_fields
            ]
    told = [
        _("%(field)s: “%(words)s” is still to be filled in.") % {"field": label, "words": words}
        for label, text in texts
        if isinstance(text, str) and (words := placeholder_in(text))
    ]
    if told:
        raise ValidationError(told)


def _note(action: str, guide: Guide, by: User) -> None:
    record(action, guide, by=by, county=guide.item.county, valid_from=guide.valid_from)
