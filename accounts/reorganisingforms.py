"""What is filled in for a merger, a split or a renaming: who and when, and what is to hold where the parts differ."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .choices import ReorganisationKind
from .forms import DayInput
from .models import Department, Reorganisation, Township
from .scope import within_reach
from .succession import Difference, Plan
from .succession.planning import key_of


class BodiesForm(forms.Form):
    """Who gives way to whom, from which day, by which document."""

    TOWNSHIPS, DEPARTMENTS = "townships", "departments"
    OF = {TOWNSHIPS: gettext_lazy("townships"), DEPARTMENTS: gettext_lazy("departments")}

    kind = forms.ChoiceField(label=gettext_lazy("What happens"), choices=ReorganisationKind)
    predecessors = forms.ModelMultipleChoiceField(
        Township.objects.none(),
        label=gettext_lazy("What ends, or is renamed"),
        widget=forms.CheckboxSelectMultiple,
    )
    successors = forms.ModelMultipleChoiceField(
        Township.objects.none(),
        label=gettext_lazy("What follows"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "One that is new is recorded first, with its code. Where only the name changes, choose none."
        ),
    )
    new_name = forms.CharField(
        label=gettext_lazy("New name"),
        required=False,
        max_length=50,
        help_text=gettext_lazy("For a renaming that keeps the code."),
    )
    effective_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    document_number = forms.CharField(label=gettext_lazy("Document number"), required=False, max_length=100)

    def __init__(self, data=None, *, user, of=""):
        super().__init__(data)
        self.user = user
        self.of = of if of in self.OF else self.TOWNSHIPS
        model = Department if self.of == self.DEPARTMENTS else Township
        standing = within_reach(model.objects.filter(successions=None), user)
        for name in ("predecessors", "successors"):
            self.fields[name].queryset = standing

    @cached_property
    def plan(self) -> Plan:
        """What a valid form asks for; nothing of it is stored."""
        given = dict(self.cleaned_data)
        old, new = list(given.pop("predecessors")), list(given.pop("successors"))
        return Plan(Reorganisation(county=self.user.county, **given), old, new)

    @property
    def repeated(self) -> list[tuple[str, str]]:
        """The fields as a page carries them along to the confirmation."""
        pairs = [(name, value) for name in self.fields for value in self.data.getlist(name)]
        return [("of", self.of), *pairs]


class AnswersForm(forms.Form):
    """A choice for each difference; in each group one may speak for all that is left open."""

    def __init__(self, data=None, *, differences: list[Difference], plan: Plan):
        super().__init__(data)
        self.asked = [each for each in differences if each.options]
        self.groups: dict[str, list[Difference]] = {}
        for difference in self.asked:
            self.groups.setdefault(difference.group, []).append(difference)
        names = {key_of(body): body.name for body in [*plan.parties, *plan.successors]}
        for place, (group, members) in enumerate(self.groups.items()):
            if len(members) > 1:
                self.fields[f"rest_{place}"] = forms.ChoiceField(
                    label=_("%(group)s: all that is left open") % {"group": group},
                    choices=[("", _("– choose –")), *self._common(members, names)],
                    required=False,
                )
            for difference in members:
                pairs = [(option.value, option.label) for option in difference.options]
                # All that the parts say is seen at once; nothing is chosen beforehand.
                self.fields[difference.key] = forms.ChoiceField(
                    label=difference.subject, choices=pairs, required=False, widget=forms.RadioSelect
                )

    @staticmethod
    def _common(members: list[Difference], names) -> list[tuple[str, str]]:
        """Answers that several differences know, by what they mean for all of them."""
        labels: dict[str, list[str]] = {}
        for difference in members:
            for option in difference.options:
                for value in option.meant_by:
                    labels.setdefault(value, []).append(option.label)
        return [
            (value, _("as in %(part)s") % {"part": names[value]} if value in names else said[0])
            for value, said in labels.items()
            if len(said) > 1
        ]

    def clean(self):
        cleaned = super().clean()
        self.answers = {}
        for place, members in enumerate(self.groups.values()):
            rest = cleaned.get(f"rest_{place}", "")
            for difference in members:
                meant = (option.value for option in difference.options if rest in option.meant_by)
                answer = cleaned.get(difference.key) or next(meant, "")
                if answer:
                    self.answers[difference.key] = answer
                else:
                    self.add_error(difference.key, _("Choose what is to hold."))
        return cleaned

    @property
    def sections(self) -> list[tuple[str, list]]:
        """Each group with its fields, for the page."""
        return [
            (
                group,
                [self[name] for name in (f"rest_{place}",) if name in self.fields],
                [self[difference.key] for difference in members],
            )
            for place, (group, members) in enumerate(self.groups.items())
        ]
