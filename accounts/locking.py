"""Guessing from many addresses is stopped as well, later than guessing from one."""

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum


class CeilingHandler(AxesDatabaseHandler):
    """
    Locks a name for one address after AXES_FAILURE_LIMIT failures, and for every address after
    SIGN_IN_CEILING failures from wherever they came.

    The ceiling is far above the limit, because whoever reaches it locks out the owner of the name too.
    """

    def get_failures(self, request, credentials=None) -> int:
        here = super().get_failures(request, credentials)
        if self.failures_of_the_name(request, credentials) >= settings.SIGN_IN_CEILING:
            return max(here, get_failure_limit(request, credentials))
        return here

    def failures_of_the_name(self, request, credentials) -> int:
        attempts = AccessAttempt.objects.filter(
            username=get_client_username(request, credentials),
            attempt_time__gte=get_cool_off_threshold(request),
        )
        return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0
