"""What readers report, on the desks of those it concerns."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from accounts.admin.scoped import ScopedAdmin
from accounts.choices import Role

from .. import hearing
from ..choices import FeedbackVerdict
from ..models import Feedback
from .roles import EDITORS, EVERYONE_OF_THE_COUNTY


@admin.register(Feedback)
class FeedbackAdmin(ScopedAdmin):
    """Errors and gaps that readers report; whoever keeps the matter answers, nobody changes what was said."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS | {Role.DEPARTMENT, Role.TOWNSHIP}
    list_display = ["receipt", "kind", "about", "township", "department", "times", "received_on", "verdict"]
    list_filter = ["verdict", "kind", "township"]
    list_select_related = ["township", "department"]
    search_fields = ["receipt", "text", "entry_name", "words"]
    fields = [
        "receipt",
        "kind",
        "township",
        "department",
        "item",
        "entry_name",
        "words",
        "text",
        "times",
        "received_on",
        "verdict",
        "answer",
    ]
    readonly_fields = [name for name in fields if name not in ("verdict", "answer")]

    @admin.display(description=gettext_lazy("about"))
    def about(self, feedback):
        return feedback.subject

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """What somebody said stays on record."""
        return False

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "verdict":
            kwargs["choices"] = [("", "---------"), *(each for each in FeedbackVerdict.choices if each[0])]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        for name in ("verdict", "answer"):
            if name in form.base_fields:
                form.base_fields[name].required = True
        return form

    def save_model(self, request, obj, form, change):
        hearing.answer_feedback(feedback=obj, by=request.user, verdict=obj.verdict, answer=obj.answer)
