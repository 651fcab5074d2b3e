"""Days and terms as lists print them: ``2024.1.1``, ``2024年1月1日``, Excel's numbers, ``长期``, ``三年``.

What names no single day (a month, a term, "from signing") has none: nothing is invented, the words are kept.
The ends of a term are another matter: from January to December is from the 1st to the 31st, for three years until
the day before the third anniversary.
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from catalog.reading.grid import Value
from catalog.reading.values.numerals import NUMERAL, number

# Excel counts days from here; the bounds (1954–2118) keep years, amounts and serials from being days.
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_000)
COMPACT_DAYS = range(1950_01_01, 2119_01_01)

DAY = re.compile(
    rf"(?P<year>[0-9]{{4}}|[〇○零一二三四五六七八九]{{4}})\s*[年./-]\s*(?P<month>{NUMERAL}{{1,3}})\s*[月./-]"
    rf"\s*(?P<day>{NUMERAL}{{1,3}})(?![0-9])\s*[日号]?"
)
TIME_OF_DAY = re.compile(r"[T ]?[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]+)?")
OPEN_ENDED = re.compile("长期|永久|无(固定)?期限|不限期?|至今|持续有效")
TERM = re.compile(rf"(?P<number>{NUMERAL}{{1,4}}|半)\s*(?:个|周)?(?P<unit>年|月)(?![0-9])")
CALENDAR = re.compile(r"[0-9]{4}\s*年(\s*[0-9]{1,2}\s*月)?")
FROM_AN_ACT = re.compile("自.*?(?:之日|之时|日)?起|(?:签订|签署|签字|印发|公布|发布|施行|生效|批准)之?[日后]")
# 自2024年1月1日起三年 names the first day alone, 至2026年12月31日 the last.
ONE_END = re.compile(
    rf"(?:[自从]|(?P<until>有效期至|截至|截止|至|到))?\s*{DAY.pattern}(?:起|开始|止)?[^至到—~]*"
)
BETWEEN = re.compile(r"\s*(?:至|到|——|—|–|~|～|起至)\s*")
TO = re.compile(r"\s*(?:起?[至到]|[-—–~]+)\s*")
# 2024年1月, 2024.1, 2024年度, 2024年12月底, 12月31日: a day, a month or a year as the end of a term.
YEAR = "(?P<year>[0-9]{4}|[〇○零一二三四五六七八九]{4})"
MONTH, DATE = rf"(?P<month>{NUMERAL}{{1,3}})", rf"(?P<date>{NUMERAL}{{1,3}})"
END = re.compile(
    rf"[自从由]?\s*(?:{YEAR}\s*(?:年度?|(?=[./-])|$))?\s*[./-]?(?:{MONTH}\s*(?:月份?|(?=[./-])|$)\s*[./-]?"
    rf"(?:{DATE}\s*[日号]?)?)?[底末初]?[起止]?"
)
LONGEST_PERIOD = 200  # beyond, a text explains a term
BEGINS = re.compile(
    r"[自从由]?\s*(?P<end>[0-9〇○零][〇○零一二三四五六七八九十0-9年月日号./\s-]{3,}?)\s*(?:之日)?起(?![至到])"
)


@dataclass(frozen=True)
class Day:
    """What a date cell says: a day, or why there is none."""

    printed: str
    day: date | None = None
    is_open_ended: bool = False
    is_relative: bool = False
    term_in_months: int | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing stands in the cell."""
        return not self.printed


def read_day(value: Value) -> Day:
    """The day a cell names; `printed` is always what the cell showed."""
    if isinstance(value, datetime):
        return Day(value.date().isoformat(), value.date())
    if isinstance(value, date):
        return Day(value.isoformat(), value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Day(str(int(value)) if float(value).is_integer() else str(value), _counted_day(value))
    if not isinstance(value, str):
        return Day("")
    printed = value.strip()
    plain = unicodedata.normalize("NFKC", printed)
    day = _only_day(plain)
    if day:
        return Day(printed, day)
    return Day(
        printed,
        is_open_ended=bool(OPEN_ENDED.search(plain)),
        is_relative=bool(FROM_AN_ACT.search(plain)),
        term_in_months=_term(plain),
    )


def read_period(value: Value) -> tuple[Day, Day]:
    """First and last day of ``2024年1月1日至2026年12月31日``; the last is blank where one stands alone."""
    if not isinstance(value, str):
        return read_day(value), Day("")
    plain = unicodedata.normalize("NFKC", value).strip()
    if len(plain) > LONGEST_PERIOD:
        return read_day(value), Day("")
    days = find_days(_with_years(plain))
    if len(days) == 2:
        (first_day, _, _), (last_day, _, _) = days
        return Day(first_day.isoformat(), first_day), Day(last_day.isoformat(), last_day)
    if period := _between_ends(plain) or _from_a_beginning(plain):
        return period
    if len(days) == 1 == len(DAY.findall(plain)) and (alone := ONE_END.fullmatch(plain)):
        day = Day(value.strip(), days[0][0])
        return (Day(""), day) if alone["until"] else (day, Day(""))
    parts = [part for part in BETWEEN.split(plain) if part]
    if len(parts) == 2 and days:
        first = re.sub("^[自从]|起$", "", parts[0])
        return read_day(first), read_day(parts[1].removesuffix("止"))
    return read_day(value), Day("")


def first_day(value: Value) -> date | None:
    """The day on which a term begins that is said to begin then: the 1st of a month or year."""
    return read_day(value).day or _first_of(_end(_words(value)))


def last_day(value: Value) -> date | None:
    """The day with which a term ends that is said to end then: the last of a month or year."""
    return read_day(value).day or _last_of(_end(_words(value)))


def _words(value: Value) -> str:
    """What stands in a cell besides a bare figure, which may count anything."""
    plain = unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else ""
    return "" if plain.isdecimal() else plain


def _end(plain: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and date of an end of a term, as far as it says them."""
    match = END.fullmatch(plain)
    if match is None or (match["date"] and not match["month"]):
        return None, None, None
    year, month, date_ = (number(match[part]) if match[part] else None for part in ("year", "month", "date"))
    return year, month, date_


def _first_of(end: tuple[int | None, int | None, int | None]) -> date | None:
    year, month, day = end
    return _make(year, month or 1, day or 1)


def _last_of(end: tuple[int | None, int | None, int | None]) -> date | None:
    year, month, day = end
    if year is None or not 1900 <= year < 2200 or not 1 <= (month or 12) <= 12:
        return None
    return _make(year, month or 12, day or calendar.monthrange(year, month or 12)[1])


def _between_ends(plain: str) -> tuple[Day, Day] | None:
    """``2024年1月至2026年12月``, ``2024.1-2026.12``, ``2024年至2026年``, ``2024年1月-12月``."""
    for between in TO.finditer(plain):
        begin, end = _end(plain[: between.start()]), _end(plain[between.end() :])
        if end[0] is None and end[1] is not None:
            end = (begin[0], *end[1:])
        first, last = _first_of(begin), _last_of(end)
        if first and last and first <= last:
            return Day(first.isoformat(), first), Day(last.isoformat(), last)
    return None


def _from_a_beginning(plain: str) -> tuple[Day, Day] | None:
    """``自2024年1月1日起三年``, ``三年（2024年1月起）``, ``自2024年1月1日起长期有效``."""
    begins = BEGINS.search(plain)
    first = _first_of(_end(begins["end"])) if begins else None
    if begins is None or first is None:
        return None
    rest = plain[: begins.start()] + plain[begins.end() :]
    printed = Day(first.isoformat(), first)
    if open_ended := OPEN_ENDED.search(rest):
        return printed, Day(open_ended[0], is_open_ended=True)
    months = _term(rest)
    if months is None or find_days(rest):
        return None
    last = _months_after(first, months)
    if last.day == first.day:
        last -= timedelta(days=1)
    return printed, Day(last.isoformat(), last)


def _months_after(day: date, months: int) -> date:
    """The same date so many months later, or the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _with_years(plain: str) -> str:
    """``20240101-20261231`` and ``2024年1月1日至12月31日`` with both days written in full."""
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)\s*[-—~至到]+\s*(\d{4})(\d\d)(\d\d)", plain)
    if compact:
        return "{}.{}.{}至{}.{}.{}".format(*compact.groups())
    return re.sub(r"((\d{4}年)[^至到—~]+(?:至|到|—+|~))(?=\d{1,2}月\d{1,2}日)", r"\1\2", plain)


def find_days(text: str) -> list[tuple[date, int, int]]:
    """Every full day named in running text, with where it begins and ends."""
    found = []
    for match in DAY.finditer(text):
        day = _day_of(match)
        if day:
            found.append((day, match.start(), match.end()))
    return found


def _only_day(plain: str) -> date | None:
    """The day, where the text says nothing but a day (a weekday in brackets or a time of day set aside)."""
    bare = TIME_OF_DAY.sub("", re.sub(r"\((星期|周).\)", "", plain)).strip()
    match = DAY.fullmatch(bare)
    if match:
        return _day_of(match)
    if re.fullmatch(r"[0-9]{5}(\.0+)?|[0-9]{8}", bare):
        return _counted_day(float(bare))
    return None


def _counted_day(value: float) -> date | None:
    if value != value or abs(value) > 1e9:
        return None
    whole = int(value)
    if whole in EXCEL_DAYS:
        return EXCEL_DAY_ZERO + timedelta(days=whole)
    if whole in COMPACT_DAYS and whole == value:
        return _make(whole // 10_000, whole // 100 % 100, whole % 100)
    return None


def _day_of(match: re.Match[str]) -> date | None:
    return _make(*(number(match[part]) for part in ("year", "month", "day")))


def _make(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None or not 1900 <= year < 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _term(plain: str) -> int | None:
    match = TERM.search(CALENDAR.sub("", plain))
    if not match:
        return None
    months = 12 if match["unit"] == "年" else 1
    if match["number"] == "半":
        return months // 2 or None
    count = number(match["number"])
    return count * months if count and count <= 100 else None
