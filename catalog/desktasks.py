"""What waits on a clerk's desk: imports that came to nothing or wait, and what residents searched for in vain."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.desk import Task, tasks
from accounts.scope import within_reach

from .choices import EditionState, RunState
from .models import Edition, ImportRun, MissedSearch

RECENT = timedelta(days=30)


def _without_result(user, today: date) -> int:
    if user.role != Role.EDITOR:
        return 0
    return ImportRun.objects.asked_by(user).exclude(state=RunState.DONE).count()


def _to_confirm(user, today: date) -> int:
    if user.role != Role.EDITOR:
        return 0
    return Edition.objects.filter(created_by=user, state=EditionState.UNCONFIRMED).count()


def _missed(user, today: date) -> int:
    if user.role not in {Role.EDITOR, Role.APPROVER, Role.TOWNSHIP}:
        return 0
    return within_reach(MissedSearch.objects.all(), user).filter(last_on__gt=today - RECENT).count()


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
            Task(
                _("Words that residents searched for in vain within 30 days"),
                _missed,
                lambda user: reverse("admin:catalog_missedsearch_changelist"),
            ),
        ]
    )
