"""Forms and pages that do something: a refusal of the lifecycle lands on its field, never on a 500."""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.response import TemplateResponse

from accounts.admin.scoped import ScopedAdmin
from accounts.forms import ScopedForm

# The mark of a page's own form on the road of an admin action, which posts to the list.
SENT = "_act"


class Rehearsed(Exception):
    """Ends a rehearsal, so that nothing of it stays."""


class ActForm(ScopedForm):
    """A row's form that asks the lifecycle before saying yes: the act is rehearsed and rolled back."""

    act = None  # set on the class that ActingAdmin makes for a request

    def _post_clean(self):
        super()._post_clean()
        if self.errors or self.act is None:
            return
        try:
            with transaction.atomic():
                self.act(copy(self.instance), self)
                raise Rehearsed
        except Rehearsed:
            return
        except ValidationError as problem:
            put_on_form(self, problem)


class ActingAdmin(ScopedAdmin):
    """An admin whose saving is an act of the lifecycle."""

    form = ActForm

    def act(self, row, form, user):
        """Store the row through the lifecycle."""
        raise NotImplementedError

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.act = staticmethod(lambda row, filled: self.act(row, filled, request.user))
        return form

    def save_model(self, request, obj, form, change):
        self.act(obj, form, request.user)

    def has_delete_permission(self, request, obj=None):
        """A register forgets nothing; what was only prepared is discarded, which leaves an event."""
        return False


def put_on_form(form, problem: ValidationError) -> None:
    """Say each error at its field, or above the form where the form has no such field."""
    errors = problem.error_dict if hasattr(problem, "error_dict") else {None: problem.error_list}
    for field, found in errors.items():
        form.add_error(field if field in form.fields else None, found)


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
