"""What staff fill in around an edition: an upload, a repeal, what a suggested pair is."""

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput

from .choices import SuggestionDecision
from .kinds import ListKind
from .models import Edition, Suggestion
from .reading.limits import MAX_FILE_BYTES, MEBIBYTE
from .running.wishes import Wishes


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
    def wishes(self) -> Wishes:
        """What the clerk says beside the file."""
        return Wishes(stated=self.stated, leave_out_refused=self.cleaned_data["leave_out_refused"])

    @property
    def stated(self) -> dict[str, object]:
        """What the clerk has filled in of the edition's record."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if self.cleaned_data.get(name)}


class MappingForm(forms.Form):
    """What each column of a file is; without a change, as it was read.

    `tables` are those of a report. Columns are known by their headings, so that one answer serves all sheets;
    by their letters where a heading is blank or stands twice in a table.
    """

    LEAVE_OUT = "-"

    is_remembered = forms.BooleanField(
        label=_("Remember this for the county's next files"), required=False, initial=True
    )

    def __init__(self, data=None, *, kind: ListKind, tables: list[dict]):
        super().__init__(data, prefix="columns")
        columns = kind.resource.columns()
        self.headings = {column.field: column.heading for column in columns}
        choices = [("", _("kept under its heading")), (self.LEAVE_OUT, _("not imported"))]
        choices += self.headings.items()
        self.tables = [[(key_of(column, table), column) for column in table["columns"]] for table in tables]
        self.groups: dict[str, list[tuple[str, dict]]] = {}
        for table, keyed in zip(tables, self.tables, strict=True):
            for key, column in keyed:
                self.groups.setdefault(key, []).append((table["sheet"], column))
        self.names = {key: f"of_{place}" for place, key in enumerate(self.groups)}
        for key, group in self.groups.items():
            column = group[0][1]
            read_as = self.LEAVE_OUT if column["is_left_out"] else column["field"] or ""
            self.fields[self.names[key]] = forms.ChoiceField(
                choices=choices, required=False, initial=read_as, label=column["heading"] or key
            )

    @property
    def rows(self):
        """What the page shows of each column: where it stands, what is printed, and the choice."""
        for key, group in self.groups.items():
            columns = [column for _sheet, column in group]
            yield {
                "places": [f"{sheet}!{column['letter']}" for sheet, column in group],
                "heading": columns[0]["heading"],
                "values": next((column["values"] for column in columns if column["values"]), []),
                "doubt": next((column["doubt"] for column in columns if column["doubt"]), ""),
                "is_told": any(column["is_told"] for column in columns),
                "field": self[self.names[key]],
            }

    @property
    def has_doubts(self) -> bool:
        """Whether the reader was unsure of a column."""
        return any(column["doubt"] for group in self.groups.values() for _sheet, column in group)

    def clean(self):
        """Two columns of a table cannot be the same."""
        for keyed in self.tables:
            taken: dict[str, str] = {}
            for key, column in keyed:
                chosen = self.cleaned_data.get(self.names[key], "")
                if chosen in self.headings and chosen in taken:
                    raise forms.ValidationError(
                        _("“%(one)s” and “%(other)s” cannot both be “%(column)s”; choose for one of them.")
                        % {
                            "one": taken[chosen],
                            "other": column["heading"] or key,
                            "column": self.headings[chosen],
                        }
                    )
                taken[chosen] = column["heading"] or key
        return self.cleaned_data

    @property
    def mapping(self) -> dict[str, str | None]:
        """What the clerk says, by heading or letter: of columns changed, told before, or shown in doubt."""
        said = {}
        for key, group in self.groups.items():
            name = self.names[key]
            if name in self.changed_data or any(
                column["doubt"] or column["is_told"] for _sheet, column in group
            ):
                chosen = self.cleaned_data[name]
                said[key] = None if chosen == self.LEAVE_OUT else chosen
        return said


def key_of(column: dict, table: dict) -> str:
    """What a column of a report's table is known by: its heading, or its letter."""
    same = [one for one in table["columns"] if one["heading"] == column["heading"]]
    return column["heading"] if column["heading"] and len(same) == 1 else column["letter"]


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
