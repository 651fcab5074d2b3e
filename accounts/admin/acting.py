"""Forms whose saving is an act: a refusal lands on its field, never on a 500."""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import transaction

from ..forms import ScopedForm
from .scoped import ScopedAdmin


class Rehearsed(Exception):
    """Ends a rehearsal, so that nothing of it stays."""


class ActForm(ScopedForm):
    """A row's form that asks before saying yes: the act is rehearsed and rolled back."""

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
    """An admin whose saving is an act of `publishing` or `lifecycle`."""

    form = ActForm

    def act(self, row, form, user):
        """Store the row by its act."""
        raise NotImplementedError

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.act = staticmethod(lambda row, filled: self.act(row, filled, request.user))
        return form

    def save_model(self, request, obj, form, change):
        self.act(obj, form, request.user)


def put_on_form(form, problem: ValidationError) -> None:
    """Say each error at its field, or above the form where the form has no such field."""
    errors = problem.error_dict if hasattr(problem, "error_dict") else {None: problem.error_list}
    for field, found in errors.items():
        form.add_error(field if field in form.fields else None, found)
