"""What staff fill in around an edition: an upload, an announcement, a repeal, what a suggested pair is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import SuggestionDecision
from .models import Edition, Suggestion
from .reading.limits import MAX_FILE_BYTES, MEBIBYTE


class DayInput(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class UploadForm(forms.ModelForm):
    """A workbook, and what the sheet may lack; what is filled in here wins over what the sheet says."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("The list as it is published: .xlsx, .xls or .csv, up to %(size)d MB.")
        % {"size": MAX_FILE_BYTES // MEBIBYTE},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    field_order = ["file"]

    class Meta:
        model = Edition
        fields = ["title", "document_number", "index_number", "issuing_body", "made_on"]
        widgets = {"made_on": DayInput}

    def clean_file(self):
        """Refuse by size before anything is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                _("“%(name)s” has %(size).1f MB; a workbook of up to %(limit)d MB can be read.")
                % {"name": file.name, "size": file.size / MEBIBYTE, "limit": MAX_FILE_BYTES // MEBIBYTE}
            )
        return file

    @property
    def stated(self) -> dict[str, object]:
        """What the clerk has filled in of the edition's record."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if self.cleaned_data.get(name)}


class AnnounceForm(forms.Form):
    """The days of an announcement."""

    published_on = forms.DateField(label=_("Published on"), widget=DayInput)
    effective_on = forms.DateField(
        label=_("In force from"), widget=DayInput, help_text=_("Today, or a coming day.")
    )
    is_correction = forms.BooleanField(label=_("This corrects the edition of the same day"), required=False)


class RepealForm(forms.Form):
    """From when an edition no longer holds, and why."""

    ended_on = forms.DateField(label=_("No longer in force from"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class SuggestionForm(forms.ModelForm):
    """What one suggested pair is."""

    class Meta:
        model = Suggestion
        fields = ["decision"]
        widgets = {"decision": forms.Select(choices=SuggestionDecision.choices)}
