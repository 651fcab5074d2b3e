"""While powers are exercised: evaluations of them, and assessments of the townships."""

from django.contrib import admin

from accounts.choices import Role

from .. import lifecycle
from ..models import Assessment, Evaluation
from .acting import RegisterAdmin
from .roles import EVERYONE, KEEPERS, OFFICE


@admin.register(Evaluation)
class EvaluationAdmin(RegisterAdmin):
    """What the exercise of a power has come to; recorded once and never typed over."""

    readers = EVERYONE
    writers = KEEPERS
    list_display = ["transfer", "township", "evaluated_on", "cases", "quality", "verdict", "next_due"]
    list_filter = ["verdict", "quality", "township"]
    list_select_related = ["transfer__power", "township"]
    autocomplete_fields = ["transfer"]
    search_fields = ["transfer__power__name"]

    def act(self, row, form, user):
        lifecycle.evaluate(evaluation=row, by=user)

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Assessment)
class AssessmentAdmin(RegisterAdmin):
    """Whether townships can carry what is to come; made from the list of prepared powers."""

    readers = EVERYONE - {Role.DEPARTMENT} | OFFICE
    writers = frozenset({Role.EDITOR})
    list_display = ["township", "assessed_on", "officers", "is_able"]
    list_filter = ["township", "is_able"]
    list_select_related = ["township"]

    def act(self, row, form, user):
        lifecycle.assess(assessment=row, by=user)

    def has_change_permission(self, request, obj=None):
        return False
