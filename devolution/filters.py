"""Lists of powers, narrowed by a plain form."""

from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from catalog.choices import PowerType

from .choices import Mode
from .models import Power


class PowerFilter(FilterSet):
    """Powers that townships exercise on a day: those of `receipts`, narrowed.

    Mode and township narrow the receipts, so that both are asked of the same township. A select offers
    only what the receipts hold; what is none of it is left out of the question and named in `ignored`.
    """

    q = CharFilter(method="called", label=_("Words in the name"), max_length=100)
    department = ChoiceFilter(field_name="department__name", label=_("Department"))
    mode = ChoiceFilter(method="in_mode", label=_("Mode"))
    type = ChoiceFilter(field_name="power_type", label=_("Type"))
    township = ChoiceFilter(method="in_township", label=_("Township or subdistrict"))
    field = ChoiceFilter(field_name="category__code", label=_("Field"))

    class Meta:
        model = Power
        fields = []

    def __init__(self, data, *, receipts, day, of_township=False, **options):
        super().__init__(data, **options)
        self.receipts, self.day = receipts, day
        if of_township:
            del self.filters["township"]
        for name, choices in choices_in(receipts, self.filters).items():
            self.filters[name].extra["choices"] = choices

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        return queryset.filter(pk__in=self.receipts.values("power"))

    def called(self, queryset, name, value):
        return queryset.filter(Q(name__icontains=value) | Q(main_name__icontains=value))

    def in_mode(self, queryset, name, value):
        self.receipts = self.receipts.in_mode(value)
        return queryset

    def in_township(self, queryset, name, value):
        self.receipts = self.receipts.filter(township__code=value)
        return queryset

    @property
    def asked(self) -> dict[str, str]:
        """What is asked and understood, by name."""
        self.errors  # noqa: B018  # has the form look at what was sent
        answers = self.form.cleaned_data if self.is_bound else {}
        return {name: answers[name] for name in self.filters if answers.get(name)}

    @property
    def ignored(self) -> list:
        """The labels of what was asked and cannot be understood."""
        return [self.filters[name].label for name in self.errors if name in self.filters]

    @property
    def selects(self) -> list[tuple]:
        """Name, label, choices and chosen value of each select that has something to choose from."""
        return [
            (name, each.label, each.extra["choices"], self.asked.get(name, ""))
            for name, each in self.filters.items()
            if each.extra.get("choices")
        ]

    @property
    def address(self) -> str:
        """What is asked, for the addresses of further pages."""
        return urlencode(self.asked | self.day.asked)

    @property
    def chips(self) -> list[tuple]:
        """Label and words of each thing asked, with what an address asks once it is taken away."""
        everything = self.asked | self.day.asked
        words = {name: dict(choices) for name, _label, choices, _chosen in self.selects}
        return [
            (
                self.filters[name].label,
                words.get(name, {}).get(value, value),
                urlencode({other: said for other, said in everything.items() if other != name}),
            )
            for name, value in self.asked.items()
        ]


def choices_in(receipts, names) -> dict[str, list[tuple]]:
    """What the receipts hold to choose from, for each select of these names."""
    fields = {
        "department": "power__department__name",
        "mode": "mode",
        "type": "power__power_type",
        "field": "power__category__code",
        "_name": "power__category__name",
        "_name_en": "power__category__name_en",
    }
    held = list(receipts.order_by().values_list(*fields.values()).distinct())
    found = {name: {row[place] for row in held} for place, name in enumerate(fields)}
    named = 4 if get_language() == "zh-hans" else 5
    choices = {
        "department": [(name, name) for name in sorted(found["department"])],
        "mode": [(mode.value, mode.label) for mode in Mode if mode in found["mode"]],
        "type": [(each.value, each.label) for each in PowerType if each in found["type"]],
        "field": sorted({(row[3], row[named]) for row in held if row[3]}),
    }
    if "township" in names:
        townships = receipts.order_by("township__code").values_list("township__code", "township__name")
        choices["township"] = list(townships.distinct())
    return choices
