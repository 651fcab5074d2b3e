"""What staff fill in around a power: handing down, putting in force, taking back, taking over, deciding."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput
from accounts.models import Department, Township
from accounts.scope import within_reach
from catalog.choices import EditionState, PowerType
from catalog.models import Edition
from catalog.roadforms import StepForm

from .choices import InstrumentKind, Mode, WithdrawalReason
from .models import Assessment, Instrument, InstrumentStep
from .models.instrumentstep import STEPS_OF_ACTS
from .rules import help_for

NOTE = "note_"
# Said in the language of the reader, not of the process that loads this module.
help_from_rules = lazy(help_for, str)


def day_field(label, **options):
    return forms.DateField(label=label, widget=DayInput, **options)


def papers(user, *kinds):
    """The county's instruments of these kinds; a forged id is no valid choice."""
    return within_reach(Instrument.objects.filter(kind__in=kinds), user)


class NotedForm(forms.Form):
    """A form with one field for each rule whose warning wants a note."""

    def add_notes(self, findings):
        for finding in findings:
            self.fields[NOTE + finding.code] = forms.CharField(
                label=_("Note to %(rule)s") % {"rule": finding.code},
                help_text=finding.message,
                required=False,
                max_length=500,
            )

    @property
    def notes(self) -> dict[str, str]:
        return {
            name.removeprefix(NOTE): text
            for name, text in self.cleaned_data.items()
            if name.startswith(NOTE) and text
        }


class PrepareForm(NotedForm):
    """Hand powers to townships on paper: one mode and one instrument for all that were chosen."""

    mode = forms.ChoiceField(label=_("mode"), choices=Mode)
    instrument = forms.ModelChoiceField(
        Instrument.objects.none(), label=_("instrument"), help_text=_("Record the paper first.")
    )
    provincial_decision = forms.ModelChoiceField(
        Instrument.objects.none(),
        label=_("provincial decision"),
        required=False,
        help_text=help_from_rules("provincial_decision", Mode.DELEGATED),
    )
    townships = forms.ModelMultipleChoiceField(
        Township.objects.none(), label=_("townships"), widget=forms.CheckboxSelectMultiple
    )
    authority = forms.CharField(
        label=_("scope of authority"),
        required=False,
        max_length=300,
        help_text=help_from_rules("authority", Mode.ENTRUSTED),
    )
    evaluation_due = day_field(
        _("next evaluation due"), required=False, help_text=help_from_rules("evaluation_due", Mode.DELEGATED)
    )
    remark = forms.CharField(label=_("remark"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data=None, *, user):
        super().__init__(data)
        handing = (
            InstrumentKind.COUNTY_NOTICE,
            InstrumentKind.ENTRUSTMENT,
            InstrumentKind.SECONDMENT_PLAN,
            InstrumentKind.PROVINCIAL_DECISION,
        )
        self.fields["instrument"].queryset = papers(user, *handing)
        self.fields["provincial_decision"].queryset = papers(user, InstrumentKind.PROVINCIAL_DECISION)
        # Department staff reach the townships of their county.
        self.fields["townships"].queryset = Township.objects.filter(county=user.county)

    @property
    def of_transfer(self) -> dict[str, object]:
        """What the form says of each transfer."""
        names = ("mode", "instrument", "provincial_decision", "authority", "evaluation_due", "remark")
        return {name: self.cleaned_data[name] for name in names}


class HandDownForm(NotedForm):
    """Put prepared powers in force from a day on."""

    valid_from = day_field(_("exercised from"))
    confirmation = forms.ModelChoiceField(
        Instrument.objects.none(),
        label=_("one instrument for all"),
        required=False,
        help_text=_(
            "After a reorganisation: the paper that says of all of them that the township that follows goes on "
            "exercising them. Without it each is confirmed under its own paper."
        ),
    )

    def __init__(self, data=None, *, user, is_following):
        super().__init__(data)
        kinds = set(InstrumentKind) - {InstrumentKind.WITHDRAWAL}
        self.fields["confirmation"].queryset = papers(user, *kinds)
        if not is_following:
            del self.fields["confirmation"]


class PaperStepForm(StepForm):
    """One step of a paper as it is put on record."""

    kinds = STEPS_OF_ACTS

    class Meta(StepForm.Meta):
        model = InstrumentStep


class WithdrawForm(forms.Form):
    """Take powers back: the five things the act states."""

    reason = forms.ChoiceField(label=_("reason for taking back"), choices=WithdrawalReason)
    instrument = forms.ModelChoiceField(Instrument.objects.none(), label=_("withdrawal decision"))
    on = day_field(_("taken back from"))
    department = forms.ModelChoiceField(Department.objects.none(), label=_("department that takes over"))
    note = forms.CharField(
        label=_("words on taking back"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.fields["instrument"].queryset = papers(user, InstrumentKind.WITHDRAWAL)
        self.fields["department"].queryset = Department.objects.filter(county=user.county)


class ExtendForm(forms.Form):
    """Prolong powers by a further paper."""

    instrument = forms.ModelChoiceField(Instrument.objects.none(), label=_("extended by"))

    def __init__(self, data=None, *, user):
        super().__init__(data)
        kinds = [kind for kind in InstrumentKind if kind != InstrumentKind.WITHDRAWAL]
        self.fields["instrument"].queryset = papers(user, *kinds).exclude(valid_to=None)


class AcceptForm(forms.Form):
    """A township says that it takes powers on."""

    on = day_field(_("accepted on"))
    words = forms.CharField(label=_("words of acceptance"), required=False, max_length=300)


class AssessForm(forms.ModelForm):
    """Whether a township can carry the chosen powers."""

    class Meta:
        model = Assessment
        fields = ["assessed_on", "officers", "place", "equipment", "training", "is_able"]
        widgets = {"assessed_on": DayInput}


class TakeOverForm(forms.Form):
    """Day one: since when a catalogue's powers are exercised, and in which document they were found."""

    since = day_field(_("exercised since"))
    document = forms.CharField(
        label=_("document it was found in"), max_length=200, help_text=_("Its title, number and day.")
    )


class DecideForm(forms.Form):
    """The county's decision on a request for admission."""

    is_admitted = forms.TypedChoiceField(
        label=_("decision"),
        choices=[("1", _("Admit it")), ("", _("Refuse it"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        initial="1",
    )
    on = day_field(_("decided on"))
    document_number = forms.CharField(label=_("number of the decision"), required=False, max_length=100)
    decision = forms.CharField(
        label=_("words of the decision"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class LeadForm(forms.Form):
    """Where admitted work goes: by a paper to the townships, or onto the draft of a list."""

    instrument = forms.ModelChoiceField(
        Instrument.objects.none(),
        label=_("instrument"),
        required=False,
        help_text=_("A transfer to the townships is prepared by this paper."),
    )
    mode = forms.ChoiceField(label=_("mode"), choices=[("", "---------"), *Mode.choices], required=False)
    power_type = forms.ChoiceField(
        label=_("power type"), choices=[("", "---------"), *PowerType.choices], required=False
    )
    edition = forms.ModelChoiceField(
        Edition.objects.none(),
        label=_("draft of a list"),
        required=False,
        help_text=_("The work is written into this draft, to be completed there."),
    )

    def __init__(self, data=None, *, user):
        super().__init__(data)
        kinds = [kind for kind in InstrumentKind if kind != InstrumentKind.WITHDRAWAL]
        self.fields["instrument"].queryset = papers(user, *kinds)
        drafts = within_reach(Edition.objects.filter(state=EditionState.DRAFT), user)
        self.fields["edition"].queryset = drafts.with_list()

    def clean(self):
        cleaned = super().clean()
        by_paper = bool(cleaned.get("instrument") and cleaned.get("mode"))
        if by_paper == bool(cleaned.get("edition")):
            raise forms.ValidationError(_("Choose a paper with its mode, or a draft of a list; not both."))
        return cleaned

    @property
    def is_for_a_list(self) -> bool:
        return bool(self.cleaned_data.get("edition"))
