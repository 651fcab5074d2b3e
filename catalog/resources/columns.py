"""A column of a list as a field of a resource."""

from django.db.models.fields import NOT_PROVIDED
from import_export.fields import Field

from ..reading.layout import Column
from .headings import MEANINGS
from .widgets import ListWidget, TextWidget


class ListField(Field):
    """A column by its official heading and the wordings that lists use for it.

    With `attribute` the value goes to that field of the entry, otherwise into its details under the
    field's own name. What else is named (`is_required`, `fills_down`, `within` …) tells the layout how
    to read the column; see `Column`.
    """

    widget: ListWidget

    def __init__(
        self, *headings: str, attribute: str | None = None, widget: ListWidget | None = None, **layout
    ):
        super().__init__(
            attribute=attribute, column_name=headings[0], widget=widget or TextWidget(), default=NOT_PROVIDED
        )
        self.headings = tuple(dict.fromkeys(headings))
        self.layout = layout

    def column(self, name: str, taken: frozenset[str] = frozenset()) -> Column:
        """What the layout has to know of this column; wordings that are `taken` mean another one here."""
        headings = tuple(heading for heading in self.headings if heading not in taken)
        told = {"meaning": MEANINGS.get(name, ""), "keeps_lines": self.widget.keeps_lines}
        return Column(name, headings, **(told | self.layout))
