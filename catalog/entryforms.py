"""An entry typed by hand: beside what every list has, what only its kind has, under the kind's own headings."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.admin.acting import ActForm

from .kinds import ListKind
from .models.entry import WORDS, digest_of
from .resources.columns import ListField
from .resources.printing import printed_detail
from .resources.widgets import LinesWidget


def detail_columns(kind: ListKind) -> dict[str, ListField]:
    """The columns of a kind that an entry keeps in its details, by name."""
    return {name: column for name, column in kind.resource.fields.items() if not column.attribute}


class EntryForm(ActForm):
    """An entry of one kind. Its details are typed as the paper prints them, and read as an import reads a cell."""

    columns: dict[str, ListField] = {}  # set on the class that `form_for` makes

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.compared = [name for name in self.compared if name not in self.columns]
        for name, column in self.columns.items():
            self.initial.setdefault(name, printed_detail(name, column, self.instance.details))

    def version_of(self, row):
        return f"{super().version_of(row)}.{digest_of([row.details])[:20]}"

    def clean(self):
        """Put what was typed where the act reads it; a page that did not show a detail leaves it as it is."""
        cleaned = super().clean()
        details = dict(self.instance.details)
        for name in self.columns:
            if name in self.cleaned_data and self.add_prefix(name) in self.data:
                details.pop(name + WORDS, None)
                details[name] = self.cleaned_data[name]
        self.instance.details = details
        return cleaned

    def both_versions(self, stored):
        yield from super().both_versions(stored)
        for name, column in self.columns.items():
            theirs = str(printed_detail(name, column, stored.details))
            mine = str(self.cleaned_data.get(name, ""))
            if theirs != mine:
                yield ValidationError(
                    _("%(field)s: stored now is “%(theirs)s”, yours was “%(mine)s”."),
                    code="stale",
                    params={"field": column.column_name, "theirs": theirs, "mine": mine},
                )


def form_for(kind: ListKind | None) -> type[EntryForm]:
    """The form of an entry of this kind; without a kind, of what every list has."""
    columns = detail_columns(kind) if kind else {}
    fields = {name: _field(column) for name, column in columns.items()}
    return type("EntryForm", (EntryForm,), {"columns": columns, **fields})


def _field(column: ListField) -> forms.CharField:
    is_long = isinstance(column.widget, LinesWidget)
    widget = (
        forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
        if is_long
        else forms.TextInput(attrs={"class": "vTextField"})
    )
    return forms.CharField(label=column.column_name, required=False, widget=widget)
