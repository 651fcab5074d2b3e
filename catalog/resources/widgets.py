"""How the cells of a list are read: each widget turns one cell into a value, or says in a code why it cannot."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django.core.exceptions import ValidationError
from import_export.widgets import Widget

from ..choices import POWER_TYPE_ALIASES, POWER_TYPE_NAMES, PowerType
from ..countywords import CountyWords
from ..reading.citations import Citation, read_citations
from ..reading.grid import Value
from ..reading.values import (
    department_names,
    read_day,
    read_department,
    read_limit,
    serial_number,
    split_count,
    split_names,
)
from ..reading.values.names import NUMBERING
from ..reading.values.numerals import NUMERAL, number
from ..reading.words import fold, mend, mend_lines, nearest
from ..sentences import SENTENCES, did_you_mean

POWER_TYPES = {fold(name): code for code, name in POWER_TYPE_NAMES.items()}
POWER_TYPES |= {fold(name): code for name, code in POWER_TYPE_ALIASES.items()}


# 行政处罚类, 行政许可事项 over a group.
OF_A_TYPE = re.compile("(?:类|事项|类事项|权)$")


# 行政许可/行政确认; a line break between two types is gone before a cell is read.
ONE_TYPE = re.compile("|".join(sorted(map(re.escape, POWER_TYPES), key=len, reverse=True)))
BESIDE_TYPES = re.compile(r"[类事项权/\\、,;，；|+&和及与或]*")


def power_types_named(text: str) -> tuple[str, ...]:
    """The power types a text names, officially or in a way lists use, and nothing else but a count."""
    key = fold(split_count(text)[0])
    one = POWER_TYPES.get(key) or POWER_TYPES.get(OF_A_TYPE.sub("", key))
    if one:
        return (one,)
    several = ONE_TYPE.findall(key)
    if len(several) < 2 or not BESIDE_TYPES.fullmatch(ONE_TYPE.sub("", key)):
        return ()
    return tuple(dict.fromkeys(POWER_TYPES[found] for found in several))


def is_power_type(text: str) -> bool:
    """Whether a text names a power type, or several."""
    return bool(power_types_named(text))


def is_limit(text: str) -> bool:
    """Whether a text is a time limit, or says that things are done at once."""
    limit = read_limit(text)
    return limit.amount is not None


# A township by its own name; 试点乡镇 and 经济强镇 are classes, which a list words as it likes.
ONE_TOWNSHIP = re.compile(
    "(?!.*(?:各|试点|[强重]点?镇|特色|中心镇|[一二三]类|小城镇|建制|其他|所有|相关))"
    r"[\u4e00-\u9fff]{1,12}(?:(?<!乡)镇|(?<!城)乡|街道|苏木)(?:人民政府|政府|办事处)?"
)
# 综合行政执法队 takes on what its township was given.
TOWNSHIP_OFFICE = re.compile("(?:队|办|办公室|服务中心|站|所)$")
COUNT = re.compile(rf"(?:共|最多|至多|不超过)?(?P<number>{NUMERAL}+)(?:个|人|名|次|项|家|处)?")
PRINTED_OF_CITATION = ("text", "law_title", "document_number", "article", "articles", "is_parsed")


@lru_cache(maxsize=256)
def _citations(text: str) -> tuple[Citation, ...]:
    # A cell is checked and reported one after the other; kept no longer, for most cells cite something else.
    return tuple(read_citations(text))


def legal_bases(text: str) -> list[dict[str, object]]:
    """The citations of a text as a report gives them."""
    return [{name: getattr(one, name) for name in PRINTED_OF_CITATION} for one in _citations(text)]


# No law gives an office longer than ten years; a larger number is a slip of typing.
LONGEST_LIMIT = 3660

# Says something of the cell without refusing its row: a code, and the values of its sentence.
Remark = Callable[..., None]


def refusal(code: str, **values) -> ValidationError:
    """A cell that cannot be taken: the row is refused with the sentence of the code."""
    return ValidationError(SENTENCES.get(code, code), code=code, params=values)


# What stands in place of a name where there is none.
NOBODY = frozenset(("无", "暂无", "-", "—", "——", "--", "/", "\\"))

# As the national guide form has it.
AT_ONCE = {"value": 0, "unit": "工作日"}


class ListWidget(Widget):
    """Reads one cell of a list, in two steps: what it says, and whether the county can take it.

    `shown` is the value as a report gives it; `companions` are further report fields beside it.
    """

    keeps_lines = False

    def clean(self, value: Value, row=None, *, words: CountyWords, remark: Remark, **kwargs):
        """The value of the cell. Raises `ValidationError` where the row must be refused."""
        read = self.read(value)
        if type(self).check is not ListWidget.check:
            self.check(read, mend_lines(_text(value)), words=words, remark=remark)
        return read

    def read(self, value: Value):
        """What the cell says; never raises."""
        raise NotImplementedError

    def check(self, value, printed: str, *, words: CountyWords, remark: Remark) -> None:
        """Refuse a value the county cannot take; remark upon what a clerk should look at."""

    def shown(self, value):
        return value

    def companions(self, name: str, value, printed: str) -> dict[str, object]:
        """Report fields that stand beside the value, such as the printed text of a day."""
        return {}

    def kept(self, value):
        """What is stored of the value; by default what a report shows."""
        return self.shown(value)

    def words_beside(self, value, printed: str) -> str:
        """What is kept of the printed words where the value alone does not say them all."""
        return ""

    def render(self, value, obj=None, **kwargs):
        """What is stored, as a paper prints it; read again, it is the same value."""
        return "" if value is None else str(value)


class TextWidget(ListWidget):
    """A phrase on one line."""

    def read(self, value):
        return mend(_text(value))


class LinesWidget(ListWidget):
    """Text whose line breaks mean something."""

    keeps_lines = True

    def read(self, value):
        return mend_lines(_text(value))


class SerialWidget(ListWidget):
    """A running number in any of the ways lists write it; what is no number is remarked upon and left out."""

    code = "serial_not_understood"

    def clean(self, value, row=None, **kwargs):
        """Most are whole numbers already, which leave nothing to check."""
        if type(value) is int and self.read(value) == value:
            return value
        return super().clean(value, row, **kwargs)

    def read(self, value):
        return serial_number(value)

    def check(self, value, printed, *, words, remark):
        if value is None and printed:
            remark(self.code, printed=printed)

    def render(self, value, obj=None, **kwargs):
        return value if isinstance(value, int) else super().render(value)


class CountWidget(SerialWidget):
    """A whole number, such as posts or visits: ``3.0``, ``2人``, ``最多1次``."""

    code = "count_not_understood"

    def read(self, value):
        count = COUNT.fullmatch(mend(_text(value)))
        return number(count["number"]) if count else None

    def companions(self, name, value, printed):
        return {f"{name}_printed": printed}


class PowerTypeWidget(ListWidget):
    """The power type by its name; numbers are not taken, because lists disagree on them.

    An item has one type, which search, counts and the law go by: of several the first is read, and the cell's
    words stay beside it.
    """

    def read(self, value):
        printed = mend(_text(value))
        return next(iter(power_types_named(printed)), printed)

    def check(self, value, printed, *, words, remark):
        if len(power_types_named(printed)) > 1:
            remark("several_power_types", printed=mend(printed), taken=POWER_TYPE_NAMES[PowerType(value)])
        elif value and value not in PowerType.values:
            near = nearest(value, POWER_TYPE_NAMES.values()) or "、".join(POWER_TYPE_NAMES.values())
            raise refusal("unknown_power_type", printed=value, nearest=near)

    def shown(self, value):
        return POWER_TYPE_NAMES[PowerType(value)] if value in PowerType.values else value

    def kept(self, value):
        return value

    def words_beside(self, value, printed):
        return printed if len(power_types_named(printed)) > 1 else ""

    def render(self, value, obj=None, **kwargs):
        return self.shown(value)


class FieldWidget(TextWidget):
    """A field of work or services, without the number a list prints before it: ``一、民政``."""

    def read(self, value):
        read = super().read(value)
        return NUMBERING.sub("", read) or read


class CategoryWidget(FieldWidget):
    """A field of services as the list words it; one the policy's table lacks is remarked upon and kept."""

    def check(self, value, printed, *, words, remark):
        if value and words.category(value) is None:
            remark("unknown_category", printed=value)


class NamesWidget(ListWidget):
    """Several names in one cell."""

    keeps_lines = True

    def read(self, value):
        return [name for name in split_names(_text(value)) if name not in NOBODY]

    def shown(self, value):
        """A single name as text, several as a list."""
        return value[0] if len(value) == 1 else value or ""

    def kept(self, value):
        return "、".join(value)


def _refuse_department(name: str, words: CountyWords, remark: Remark) -> None:
    """Refuse a department the county has not; one that keeps none on record is told so and goes on."""
    if words.keeps_departments:
        near = did_you_mean(words.nearest_department(name))
        raise refusal("unknown_department", printed=name, nearest=near)
    remark("no_departments_kept", printed=name)


class DepartmentWidget(NamesWidget):
    """One or several county departments, without the counts and second nameplates printed behind them."""

    def read(self, value):
        return [name for name in department_names(_text(value)) if name not in NOBODY]

    def check(self, value, printed, *, words, remark):
        for name in value:
            known = words.department(name)
            if known is None:
                _refuse_department(name, words, remark)
            elif not words.is_named(name):
                remark("department_taken_for", printed=name, department=known.name)


class UnitWidget(TextWidget):
    """The responsible unit: an office of the county's townships, or a county department."""

    def check(self, value, printed, *, words, remark):
        for name in split_names(value):
            known = words.unit(name) or words.department(name) or words.names_townships(name)
            if known or name in NOBODY:
                continue
            if not words.keeps_offices:
                remark("no_offices_kept", printed=name)
            else:
                near = did_you_mean(words.nearest_unit(name))
                raise refusal("unknown_unit", printed=name, nearest=near)


class BodyWidget(NamesWidget):
    """Whoever acts: a county department, townships, by name or all of them, or their offices."""

    def check(self, value, printed, *, words, remark):
        for name in value:
            known = words.names_townships(name) or words.department(read_department(name).name)
            if not known and not words.unit(name):
                _refuse_department(name, words, remark)


class ReceiversWidget(NamesWidget):
    """Townships that take something on: by name, all of them, or a class of them (建制镇, 经济强镇).

    How many things each of them takes on may stand behind its name.
    """

    def read(self, value):
        names = map(_without_counts, super().read(value))
        return [name for name in names if name not in NOBODY]

    def check(self, value, printed, *, words, remark):
        for name in value:
            if TOWNSHIP_OFFICE.search(name):
                remark("receiver_is_office", printed=name)
            if not ONE_TOWNSHIP.fullmatch(name) or words.names_townships(name):
                continue
            if not words.keeps_townships:
                remark("no_townships_kept", printed=name)
            else:
                near = did_you_mean(words.nearest_township(name))
                raise refusal("unknown_township", printed=name, nearest=near)


def _without_counts(name: str) -> str:
    """The name without the counts behind it, of which a slip may leave two."""
    bare, count = split_count(name)
    return _without_counts(bare) if count is not None and bare else name


class BasisWidget(LinesWidget):
    """A legal basis: kept as text, and taken apart into citations in the report field `legal_bases`."""

    def check(self, value, printed, *, words, remark):
        for citation in _citations(value):
            if not citation.is_parsed:
                remark("basis_not_understood", printed=citation.text)
            elif not citation.document_number and words.law(citation.law_title) is None:
                remark("unknown_law", title=citation.law_title)

    def companions(self, name, value, printed):
        return {"legal_bases": legal_bases(value)}


def only_day(value: Value) -> date | None:
    """The day a cell names."""
    return read_day(value).day


class DayWidget(ListWidget):
    """A day; what names none (长期, 三年, 自签订之日起) is null beside its printed text.

    `day_in` finds the day: where a term begins or ends a month may name one.
    """

    def __init__(self, day_in: Callable[[Value], date | None] = only_day):
        super().__init__()
        self.day_in = day_in

    def read(self, value) -> date | None:
        return self.day_in(value)

    def check(self, value, printed, *, words, remark):
        if value is None and printed:
            remark("day_not_understood", printed=printed)

    def shown(self, value):
        return value.isoformat() if value else None

    def words_beside(self, value, printed):
        return printed if value is None else ""

    def companions(self, name, value, printed):
        return {f"{name}_printed": printed}


class LimitWidget(ListWidget):
    """A time limit as `{value, unit}`; what states none is null beside its printed text."""

    def read(self, value) -> dict | None:
        limit = read_limit(value)
        if limit.amount is None or limit.amount > LONGEST_LIMIT:
            return None
        return {"value": limit.amount, "unit": limit.unit}

    def check(self, value, printed, *, words, remark):
        limit = read_limit(printed)
        if not limit.is_read or (value is None and not limit.is_none):
            remark("limit_not_understood", printed=printed)
        elif limit.is_unit_assumed:
            remark("limit_unit_assumed", printed=printed, unit=limit.unit)

    def words_beside(self, value, printed):
        return printed if value is None or read_limit(printed).is_unit_assumed else ""

    def render(self, value, obj=None, **kwargs):
        if not isinstance(value, dict):
            return super().render(value)
        if value == AT_ONCE:
            return "当场办结"
        return f"{value['value']}个{value['unit']}"

    def companions(self, name, value, printed):
        return {f"{name}_printed": printed}


def _text(value: Value) -> str:
    """A cell as text; whole floats lose their point, days are written as days."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() else value.date().isoformat()
    return str(value)
