"""From a cell to a value and back; whatever cannot be taken is refused in a sentence (`ValueError`)."""

import difflib
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from import_export.widgets import CharWidget, Widget

from ..spreadsheets import inert

SHORTENED = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$")
DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
COUNTED = re.compile(r"^-?\d{1,15}(\.\d{1,15})?$")


def nearest(name: str, names) -> str:
    """“; did you mean X?” when a name comes close, else nothing."""
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return _(" Did you mean “%(name)s”?") % {"name": found[0]} if found else ""


def text_of(value) -> str:
    """A cell as the clerk sees it: Excel hands over 12 as 12.0 and a day with a midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date() if value.time() == datetime.min.time() else value
    return inert(str(value)).strip()


class TextWidget(CharWidget):
    """A text, never None: an empty cell is an empty text."""

    def __init__(self):
        super().__init__(coerce_to_string=True, allow_blank=True)

    def clean(self, value, row=None, **kwargs):
        return text_of(value)


class CodeWidget(TextWidget):
    """A code of digits or letters: full-width digits and blanks are mended, lost digits are not guessed."""

    def clean(self, value, row=None, **kwargs):
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text_of(value)))
        if SHORTENED.match(text):
            raise ValueError(
                _("“%(text)s” is a code that a spreadsheet has shortened. Set the column to text.")
                % {"text": text}
            )
        return text.removesuffix(".0")


class NumberWidget(Widget):
    """A number or nothing; a whole one unless `is_whole` is False."""

    def __init__(self, is_whole=True):
        super().__init__()
        self.is_whole = is_whole

    def clean(self, value, row=None, **kwargs):
        text = unicodedata.normalize("NFKC", text_of(value)).replace(",", "")
        if not text:
            return None
        if not COUNTED.match(text):
            raise ValueError(_("“%(text)s” is not a number.") % {"text": text[:50]})
        try:
            number = Decimal(text)
        except InvalidOperation as error:
            raise ValueError(_("“%(text)s” is not a number.") % {"text": text[:50]}) from error
        if not self.is_whole:
            return number
        if number != number.to_integral_value():
            raise ValueError(_("“%(text)s” is not a whole number.") % {"text": text})
        return int(number)

    def render(self, value, obj=None, **kwargs):
        return value


class DayWidget(Widget):
    """A day, as spreadsheets and papers write it."""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text_of(value)))
        if not text:
            return None
        found = DAY.match(text)
        try:
            return date(*(int(part) for part in found.groups()))
        except (AttributeError, ValueError) as error:
            raise ValueError(_("“%(text)s” is not a day such as 2025-07-01.") % {"text": text}) from error

    def render(self, value, obj=None, **kwargs):
        return value.isoformat() if value else ""


class WordWidget(Widget):
    """A choice by its official Chinese word, in any interface language."""

    def __init__(self, words: dict, aliases: dict | None = None):
        super().__init__()
        self.words = {str(value): word for value, word in words.items()}
        self.values = {word: value for value, word in self.words.items()}
        self.values |= {word: str(value) for word, value in (aliases or {}).items()}

    def clean(self, value, row=None, **kwargs):
        word = re.sub(r"\s", "", unicodedata.normalize("NFKC", text_of(value)))
        if not word or word in self.values:
            return self.values.get(word)
        raise ValueError(
            _("“%(word)s” is none of: %(words)s.") % {"word": word, "words": "、".join(self.words.values())}
        )

    def render(self, value, obj=None, **kwargs):
        return self.words.get(str(value), "")


class BodyWidget(Widget):
    """A department, township or class by one of its names or its code, among those within reach."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        self.within = None  # given by the resource
        self._rows = None

    def names_of(self, row) -> list[str]:
        names = getattr(row, "names", None) or [row.name]
        return [*names, row.code] if hasattr(row, "code") else names

    @property
    def rows(self) -> dict[str, list]:
        """Each name with the rows that bear it, read once for a whole sheet."""
        if self._rows is None:
            if self.within is None:
                raise ImproperlyConfigured("A body is looked up within somebody's reach.")
            self._rows = {}
            for row in self.within(self.model._default_manager.all()):
                for name in self.names_of(row):
                    self._rows.setdefault(name, []).append(row)
        return self._rows

    def clean(self, value, row=None, **kwargs):
        name = text_of(value)
        if not name:
            return None
        found = self.rows.get(name, [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(_("“%(name)s” names more than one. Use the full name.") % {"name": name})
        known = [names for names in self.rows if not names.isdecimal()]
        raise ValueError(_("There is no “%(name)s” here.") % {"name": name} + nearest(name, known))

    def render(self, value, obj=None, **kwargs):
        return value.name if value is not None else ""
