"""What waits on a desk: terms that end, evaluations that are overdue, facts to be recorded, powers to be decided."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.desk import Task, tasks
from accounts.scope import within_reach

from .models import Admission, TransferTownship

READERS = frozenset({Role.EDITOR, Role.APPROVER, Role.DEPARTMENT, Role.TOWNSHIP})


def _of_rows(label, narrow: Callable, query: str) -> Task:
    """A task that counts powers in townships and leads to their filtered list."""

    def count(user, today: date) -> int:
        if user.role not in READERS:
            return 0
        return narrow(within_reach(TransferTownship.objects.all(), user), today).count()

    return Task(
        label, count, lambda user: f"{reverse('admin:devolution_transfertownship_changelist')}?{query}"
    )


def _unanswered(user, today: date) -> int:
    if user.role != Role.TOWNSHIP:
        return 0
    return Admission.objects.awaiting_opinion_of(user.township).count()


def register() -> None:
    """Add the register's tasks to the desk."""
    tasks.extend(
        [
            _of_rows(
                _("Powers whose term ends within 90 days"),
                lambda rows, today: rows.ending_within(90, today),
                "due=ending90",
            ),
            _of_rows(
                _("Powers whose evaluation is overdue"),
                lambda rows, today: rows.evaluations_overdue(today),
                "due=evaluation",
            ),
            _of_rows(
                _("Powers in force with facts not on record"),
                lambda rows, today: rows.in_force(today).not_on_record(),
                "due=record",
            ),
            _of_rows(
                _("Powers prepared and waiting"), lambda rows, today: rows.prepared(), "standing=prepared"
            ),
            _of_rows(
                _("Powers to be confirmed after a reorganisation"),
                lambda rows, today: rows.awaiting_confirmation(),
                "due=following",
            ),
            Task(
                _("Requests for admission without your opinion"),
                _unanswered,
                lambda user: reverse("admin:devolution_opinion_add"),
            ),
        ]
    )
