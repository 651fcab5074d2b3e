"""What readers report, on the desks of those it concerns."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from accounts.choices import Role

from .. import hearing
from ..models import Feedback
from .answering import HeardAdmin
from .roles import EDITORS, EVERYONE_OF_THE_COUNTY


@admin.register(Feedback)
class FeedbackAdmin(HeardAdmin):
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

    @admin.display(description=gettext_lazy("about"))
    def about(self, feedback):
        return feedback.subject

    def save_model(self, request, obj, form, change):
        hearing.answer_feedback(feedback=obj, by=request.user, verdict=obj.verdict, answer=obj.answer)
