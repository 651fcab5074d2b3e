"""What the road of a change puts on a desk; each number is the filtered list it leads to."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.desk import Task, tasks
from accounts.scope import within_reach

from . import waiting
from .models import Comment, Edition, Entry, Feedback, Guide, Handling

LEADERS = frozenset({Role.EDITOR, Role.APPROVER})
KEEPERS = frozenset({Role.EDITOR, Role.APPROVER, Role.DEPARTMENT})


def _of(model, label, page: str, query: str, roles, narrow: Callable) -> Task:
    """A task that counts the rows a side filter shows."""

    def count(user, today: date) -> int:
        if user.role not in roles:
            return 0
        return narrow(within_reach(model.objects.all(), user), user, today).count()

    return Task(label, count, lambda user: f"{reverse(f'admin:catalog_{page}_changelist')}?{query}")


def register() -> None:
    """Add the tasks to the desk."""
    tasks.extend(
        [
            _of(
                Edition,
                _("Drafts waiting for you"),
                "edition",
                "waiting=me",
                LEADERS,
                lambda rows, user, today: waiting.drafts_for(user, rows),
            ),
            _of(
                Edition,
                _("Comment periods about to close or over"),
                "edition",
                "waiting=comment",
                LEADERS,
                lambda rows, user, today: waiting.closing(today, rows),
            ),
            _of(
                Comment,
                _("Comments without an answer"),
                "comment",
                "verdict__exact=",
                KEEPERS - {Role.APPROVER},
                lambda rows, user, today: rows.filter(verdict=""),
            ),
            _of(
                Feedback,
                _("Reports of readers without an answer"),
                "feedback",
                "verdict__exact=",
                frozenset({Role.EDITOR, Role.DEPARTMENT, Role.TOWNSHIP}),
                lambda rows, user, today: rows.filter(verdict=""),
            ),
            _of(
                Edition,
                _("Drafts whose publication is due"),
                "edition",
                "waiting=publication",
                LEADERS,
                lambda rows, user, today: waiting.to_publish(today, rows),
            ),
            _of(
                Guide,
                _("Changes of guides waiting for your answer"),
                "guide",
                "waiting=me",
                KEEPERS,
                lambda rows, user, today: waiting.proposals_for(user, rows),
            ),
            _of(
                Guide,
                _("Your changes of guides that were refused"),
                "guide",
                "waiting=refused",
                KEEPERS,
                lambda rows, user, today: waiting.refused_of(user, rows),
            ),
            _of(
                Guide,
                _("Guides not verified for a year"),
                "guide",
                "waiting=unverified",
                KEEPERS,
                lambda rows, user, today: waiting.unverified(user, today, rows),
            ),
            _of(
                Entry,
                _("Services without a handling office on record"),
                "entry",
                "office=missing",
                frozenset({Role.EDITOR, Role.TOWNSHIP}),
                lambda rows, user, today: waiting.without_office(user, today, rows),
            ),
            _of(
                Handling,
                _("Own arrangements above which guide or list have changed"),
                "handling",
                "waiting=changed",
                frozenset({Role.TOWNSHIP}),
                lambda rows, user, today: waiting.changed_above(today, rows),
            ),
        ]
    )
