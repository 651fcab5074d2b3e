"""What an address may ask of search; whatever else it says is left out and said to be left out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Category
from .facets import CATEGORY, facets
from .own import TOWNSHIPS, VILLAGES

LONGEST = 60  # characters of a question; what comes after is dropped, and the page says so
MOST_VALUES = 30


class Choice(forms.MultipleChoiceField):
    """Several values of one facet; those nobody knows are dropped."""

    def clean(self, value):
        known = dict(self.choices)
        return [one for one in (value or [])[:MOST_VALUES] if one in known]


class PlaceCode(forms.RegexField):
    """A division code of so many figures; an odd one is treated as none."""

    def __init__(self, figures: int):
        super().__init__(f"^[0-9]{{{figures}}}$", required=False, max_length=figures)


class SearchForm(forms.Form):
    """The question, the place and what hits are narrowed by."""

    q = forms.CharField(label=_("What are you looking for?"), required=False, strip=True)
    county = PlaceCode(6)
    township = PlaceCode(9)

    def __init__(self, data, categories: list[Category]):
        super().__init__(data)
        self.facet_labels = {facet.code: dict(facet.labels) for facet in facets}
        self.facet_labels[CATEGORY] = {category.code: category for category in categories}
        for facet in facets:
            values = [(code, code) for code in self.facet_labels[facet.code]]
            self.fields[facet.code] = Choice(choices=values, required=False)

    def clean_q(self):
        return self.cleaned_data["q"][:LONGEST]

    @property
    def is_cut(self) -> bool:
        """Whether the question was longer than is looked at."""
        return len(self.data.get("q", "").strip()) > LONGEST

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The values asked for of each facet."""
        return {
            facet.code: self.cleaned_data[facet.code] for facet in facets if self.cleaned_data[facet.code]
        }

    @property
    def left_out(self) -> list[str]:
        """The names of what was asked and not understood."""
        dropped = [
            facet.code
            for facet in facets
            if set(self.data.getlist(facet.code)) - {""} - set(self.cleaned_data[facet.code])
        ]
        return [name for name in ("county", "township") if name in self.errors] + dropped

    def asked(self) -> list[tuple[str, str]]:
        """The question as pairs of an address, bounded and in one order."""
        plain = [(name, self.cleaned_data.get(name, "")) for name in ("q", "county", "township")]
        pairs = [(name, value) for name, value in plain if value]
        return pairs + [(name, value) for name, values in self.chosen.items() for value in values]


class PickerForm(forms.Form):
    """Part of the name of a township or village, and the county."""

    q = forms.CharField(label=_("Name of your township or village"), required=False, strip=True)
    county = PlaceCode(6)

    SOURCES = (TOWNSHIPS, VILLAGES)

    def clean_q(self):
        return self.cleaned_data["q"][:LONGEST]
