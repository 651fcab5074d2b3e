"""Who may do what with a power; each check refuses with a sentence."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import County, Department, Event, Township, User

from ..models import Transfer

OFFICE_ROLES = (Role.EDITOR, Role.APPROVER)


def check_keeps(by: User | None, county: County, department: Department | None = None) -> None:
    """Papers and powers are kept by the county's editors and approvers, and by the power's own department.

    `by` is None for what the command line imports.
    """
    if by is None:
        return
    if by.county_id == county.pk and by.role in OFFICE_ROLES:
        return
    if department is not None and by.role == Role.DEPARTMENT and by.department_id == department.pk:
        return
    raise ValidationError(
        _(
            "Powers are kept by an editor or approver of the county, or by staff of the department that holds them."
        )
    )


def check_speaks_for(by: User, township: Township) -> None:
    """What a township says is recorded by its own staff, or by the county for it."""
    if by.role == Role.TOWNSHIP and by.township_id == township.pk:
        return
    if by.county_id == township.county_id and by.role in OFFICE_ROLES:
        return
    raise ValidationError(_("What a township says is recorded by its own staff or by the county's editors."))


def check_decides(by: User, county: County, transfers: Iterable[Transfer] = ()) -> None:
    """Putting in force and taking back is the county's act; where it wants a second person, an approver's.

    Who has prepared a transfer does not put it in force there.
    """
    if by.county_id != county.pk or by.role not in OFFICE_ROLES:
        raise ValidationError(
            _("Powers are put in force and taken back by an editor or approver of the county.")
        )
    if not county.needs_second_person:
        return
    if by.role != Role.APPROVER:
        raise ValidationError(_("In this county an approver decides what an editor has prepared."))
    keys = [transfer.pk for transfer in transfers]
    prepared = Event.objects.filter(
        subject_type=Transfer._meta.label_lower, subject_id__in=keys, action="prepare", by=by
    )
    if keys and prepared.exists():
        raise ValidationError(_("Who has prepared a transfer cannot put it in force; a second person does."))
