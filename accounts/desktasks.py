"""What waits on a desk: reorganisations whose day has come."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .choices import Role
from .desk import Task, tasks
from .models import Reorganisation
from .scope import within_reach


def _due(user, today: date) -> int:
    if user.role != Role.EDITOR:
        return 0
    return within_reach(Reorganisation.objects.due(today), user).count()


def register() -> None:
    """Add what `accounts` has to say to the desk."""
    tasks.append(
        Task(
            _("Reorganisations to be carried out"),
            _due,
            lambda user: reverse("admin:accounts_reorganisation_changelist"),
        )
    )
