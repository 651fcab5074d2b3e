"""What staff fill in around an edition: an upload, a repeal, what a suggested pair is."""

from django import forms
from django.core import signing
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
    leave_out_refused = forms.BooleanField(
        label=_("Leave out rows that are refused"),
        required=False,
        help_text=_("Otherwise nothing is stored while a row is refused."),
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


class ConfirmForm(forms.Form):
    """What confirms an import: its one-time token, and the number of gone entries where they are many.

    The token binds the page to the person, the file and the edition it was compared with.
    """

    token = forms.CharField(widget=forms.HiddenInput)
    gone = forms.IntegerField(label=_("Entries that will be gone"), min_value=0, required=False)

    SALT = "catalog.confirm"

    def __init__(self, data=None, *, edition: Edition, user, gone_expected: int | None):
        super().__init__(data)
        self.edition, self.user = edition, user
        self.initial["token"] = signing.dumps(self._subject(), salt=self.SALT)
        if gone_expected is None:
            del self.fields["gone"]

    def _subject(self) -> list:
        return [self.user.pk, self.edition.pk, self.edition.source_sha256, self.edition.base_id]

    def clean_token(self):
        """Refuse a page of somebody else, of another file, or of a comparison that no longer holds."""
        try:
            subject = signing.loads(self.cleaned_data["token"], salt=self.SALT)
        except signing.BadSignature:
            subject = None
        if subject != self._subject():
            raise forms.ValidationError(
                _("This page is out of date; nothing was changed. Look at the preview again.")
            )
        return self.cleaned_data["token"]


class RepealForm(forms.Form):
    """From when an edition no longer holds, and why."""

    ended_on = forms.DateField(label=_("No longer in force from"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class NotesForm(forms.Form):
    """One field for each rule that warned of rows of an import."""

    def __init__(self, data=None, *, warnings, notes):
        super().__init__(data)
        for warning in warnings:
            self.fields[warning["code"]] = forms.CharField(
                label=warning["code"],
                help_text=warning["text"],
                required=False,
                max_length=500,
                initial=notes.get(warning["code"], ""),
                widget=forms.TextInput(attrs={"size": 60}),
            )


class SuggestionForm(forms.ModelForm):
    """What one suggested pair is."""

    class Meta:
        model = Suggestion
        fields = ["decision"]
        widgets = {"decision": forms.Select(choices=SuggestionDecision.choices)}
