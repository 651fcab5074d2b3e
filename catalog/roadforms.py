"""What staff fill in along the road of a draft: a step, a reason, the days of its announcement."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput

from .choices import STEPS_BEFORE_ANNOUNCING, StepKind
from .models import Edition, EditionStep


class StepForm(forms.ModelForm):
    """One step as it is put on record."""

    kinds = STEPS_BEFORE_ANNOUNCING

    class Meta:
        model = EditionStep
        fields = ["kind", "done_on", "number", "note"]
        widgets = {"done_on": DayInput, "note": forms.TextInput(attrs={"class": "vTextField"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, StepKind(kind).label) for kind in self.kinds]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AnnounceForm(forms.Form):
    """The number and the days of an announcement, and what a person says deliberately about them.

    Past days and a large loss are asked about only where there are any.
    """

    document_number = forms.CharField(label=_("Document number"), max_length=100, required=False)
    published_on = forms.DateField(label=_("Published on"), widget=DayInput)
    effective_on = forms.DateField(
        label=_("In force from"), widget=DayInput, help_text=_("Today, or a coming day.")
    )
    is_correction = forms.BooleanField(label=_("This corrects the edition of the same day"), required=False)
    is_past_meant = forms.BooleanField(
        label=_("The past day is what the paper says"),
        required=False,
        help_text=_("Pages asked for a past day will show this edition from then on."),
    )
    gone = forms.IntegerField(
        label=_("Entries that will be gone"),
        min_value=0,
        required=False,
        help_text=_("More than a fifth of the edition before: type their number to show that it is meant."),
    )

    def __init__(self, data=None, *, edition: Edition, gone_expected: int | None):
        today = timezone.localdate()
        initial = {
            "document_number": edition.document_number,
            "published_on": today,
            "effective_on": edition.effective_on or today,
        }
        super().__init__(data, initial=initial)
        if gone_expected is None:
            del self.fields["gone"]
        if data is None:
            del self.fields["is_past_meant"]

    def clean(self):
        cleaned = super().clean()
        days = [cleaned.get("published_on"), cleaned.get("effective_on")]
        if any(day and day < timezone.localdate() for day in days) and not cleaned.get("is_past_meant"):
            self.add_error(
                "is_past_meant",
                ValidationError(_("One of these days is past. Check it, and tick this if it is meant.")),
            )
        return cleaned

    @property
    def stated(self) -> dict[str, object]:
        """What the announcement takes; that a past day is meant has done its work."""
        return {name: value for name, value in self.cleaned_data.items() if name != "is_past_meant"}
