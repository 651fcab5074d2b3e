"""What waits on a clerk's desk: imports that are under way or came to nothing, and those to be confirmed."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.desk import Task, tasks

from .choices import EditionState, RunState
from .models import Edition, ImportRun


def _without_result(user, today: date) -> int:
    if user.role != Role.EDITOR:
        return 0
    return ImportRun.objects.asked_by(user).exclude(state=RunState.DONE).count()


def _to_confirm(user, today: date) -> int:
    if user.role != Role.EDITOR:
        return 0
    return Edition.objects.filter(created_by=user, state=EditionState.UNCONFIRMED).count()


def register() -> None:
    """Add the catalogue's tasks to the desk."""
    tasks.extend(
        [
            Task(
                _("Your imports under way or refused"),
                _without_result,
                lambda user: reverse("admin:catalog_importrun_changelist"),
            ),
            Task(
                _("Your imports to be looked at and confirmed"),
                _to_confirm,
                lambda user: f"{reverse('admin:catalog_edition_changelist')}?state__exact=unconfirmed",
            ),
        ]
    )
