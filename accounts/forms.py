"""Forms that know their user, and that refuse to overwrite what somebody else saved in between."""

import hashlib
import json

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from .scope import bodies_given_by

LONGEST_SHOWN = 200  # characters of either side; the row itself holds the rest


def last_writer(row) -> str:
    """Who saved the row last, as far as is on record; empty when nobody is."""
    name = getattr(row._meta, "simple_history_manager_attribute", None)
    if name:
        record = getattr(row, name).select_related("history_user").order_by("-history_date").first()
        person = record and record.history_user
    else:
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
        )
        entry = entries.select_related("user").order_by("-action_time").first()
        person = entry and entry.user
    return (person.get_full_name() or person.get_username()) if person else ""


class DayInput(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class ScopedForm(forms.ModelForm):
    """The form of one row: bodies come from its user, and a page opened before another's save is refused.

    `version` is a digest of the values the page was filled with.
    """

    version = forms.CharField(label="", widget=forms.HiddenInput, required=False)
    user = None  # set on the class that ScopedAdmin makes for a request

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.compared = sorted(self.fields)  # a formset adds its own fields later
        if self.instance.pk is not None:
            self.initial["version"] = self.version_of(self.instance)
        elif self.user is not None:
            for name, body in bodies_given_by(self.user, self._meta.model).items():
                setattr(self.instance, name, body)

    def version_of(self, row) -> str:
        """A digest of what the row holds in the fields of this form."""
        many = {field.name for field in row._meta.many_to_many}
        names = {field.name for field in row._meta.concrete_fields}
        values = [
            (name, sorted(getattr(row, name).values_list("pk", flat=True)))
            if name in many
            else (name, row.serializable_value(name))
            for name in self.compared
            if name in many | names
        ]
        return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()[:20]

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is not None:
            self.refuse_stale()
        return cleaned

    def refuse_stale(self):
        """Compare with what is stored now; the lock keeps a third hand out until this save is done."""
        rows = self._meta.model._base_manager.select_for_update(of=("self",))
        stored = rows.filter(pk=self.instance.pk).first()
        if stored is None:
            raise ValidationError(_("Somebody has deleted this in the meantime."), code="stale")
        if self.version_of(stored) == self.cleaned_data.get("version"):
            return
        refusal = ValidationError(
            _(
                "%(person)s saved this after you opened it. Nothing of yours has been stored: "
                "open it again, look at what is new, and enter your changes once more."
            ),
            code="stale",
            params={"person": last_writer(stored) or _("Somebody else")},
        )
        raise ValidationError([refusal, *self.both_versions(stored)])

    def both_versions(self, stored):
        """A sentence for each field in which what is stored now and what this page would store differ."""
        for name in self.compared:
            if name == "version" or name not in self.cleaned_data:
                continue
            theirs = self.in_words(name, forms.model_to_dict(stored, [name]).get(name))
            mine = self.in_words(name, self.cleaned_data[name])
            if theirs != mine:
                yield ValidationError(
                    _("%(field)s: stored now is “%(theirs)s”, yours was “%(mine)s”."),
                    code="stale",
                    params={"field": self.fields[name].label, "theirs": theirs, "mine": mine},
                )

    def in_words(self, name, value) -> str:
        """One value as a reader knows it: a row by its name, a choice by its label, long texts cut."""
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return "、".join(sorted(map(str, value or ())))[:LONGEST_SHOWN]
        if isinstance(field, forms.ModelChoiceField):
            known = isinstance(value, Model) or value is None
            row = value if known else field.queryset.model._base_manager.filter(pk=value).first()
            return str(row or "")[:LONGEST_SHOWN]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value or ""))
        return "" if value is None else str(value)[:LONGEST_SHOWN]

    def validate_unique(self):
        """Check constraints on hidden fields too: one that is not checked here is a 500 in the database."""
        super().validate_unique()
        try:
            self.instance.validate_constraints(exclude=set(self._errors))
        except ValidationError as errors:
            self._update_errors(errors)

    def _update_errors(self, errors):
        """Say once what a model finds, and above the form what is about a field this person does not see."""
        if hasattr(errors, "error_dict"):
            shown = {}
            for name, found in errors.error_dict.items():
                key = name if name in self.fields else NON_FIELD_ERRORS
                said = self._errors.get(key, [])
                shown.setdefault(key, []).extend(error for error in found if error.messages[0] not in said)
            errors = ValidationError({key: found for key, found in shown.items() if found})
        super()._update_errors(errors)
