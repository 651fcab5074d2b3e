"""Pages that do something: a refusal of the lifecycle lands on its field, never on a 500."""

from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse

from accounts.admin.acting import ActingAdmin, put_on_form

# The mark of a page's own form on the road of an admin action, which posts to the list.
SENT = "_act"


class RegisterAdmin(ActingAdmin):
    """An admin of the register, whose rows stay."""

    def has_delete_permission(self, request, obj=None):
        """A register forgets nothing; what was only prepared is discarded, which leaves an event."""
        return False


def do(form, act, /, **arguments):
    """Do what a valid form asks; None where it was refused, with the reason on the form."""
    try:
        return act(**arguments)
    except ValidationError as problem:
        put_on_form(form, problem)
        return None


def act_page(model_admin, request, form, *, title, submit, rows=(), action="", **context):
    """A page with one form; as an admin action it carries the chosen rows along."""
    return TemplateResponse(
        request,
        "admin/devolution/act.html",
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "title": title,
            "form": form,
            "submit_label": submit,
            "rows": rows,
            "action": action,
            "sent": SENT,
            **context,
        },
    )


def was_sent(request) -> bool:
    """Whether the page's own form was sent, and not only the list's action chosen."""
    return SENT in request.POST


def said(findings) -> list[dict]:
    """Findings for a table: rule, verdict, sentence and how many rows each speaks of."""
    return [
        {"code": finding.code, "verdict": finding.verdict.label, "text": finding.message, "count": count}
        for finding, count in findings
    ]
