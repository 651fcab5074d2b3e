"""Time limits as guides print them: ``20``, ``30个工作日``, ``60自然日``, ``当场办结``, ``无``, ``—``."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from catalog.reading.grid import Value
from catalog.reading.values.numerals import NUMERAL, number

Unit = Literal["工作日", "自然日", ""]

AT_ONCE = re.compile("当场|即时|即办|立等|随到随办|马上办|当日办结|当天办结|即来即办")
NO_LIMIT = re.compile(r"(?:无|没有|暂无|不限|[-—–―─/\\]+)(?:时限|期限|法定时限|法定期限|规定|明确规定|要求)*")
LIMIT = re.compile(
    rf"(?P<number>[0-9]+(?:\.0+)?|{NUMERAL}+)\s*(?:个)?\s*"
    r"(?P<unit>工作日|自然日|日历日|日历天|工作天|小时|分钟|个?月|周|年|日|天)?"
)


@dataclass(frozen=True)
class Limit:
    """A time limit. Handled at once is 0 工作日, as the national guide form has it, and says `is_immediate`.

    A bare number counts working days (行政许可法 82) and a bare 日 or 天 calendar days; both say
    `is_unit_assumed`, for a clerk to look at. Months, hours and texts with two numbers stay words.
    """

    printed: str
    amount: int | None = None
    unit: Unit = ""
    is_immediate: bool = False
    is_none: bool = False
    is_unit_assumed: bool = False

    @property
    def is_read(self) -> bool:
        """Whether the words are understood, be it as "no limit"."""
        return self.amount is not None or self.is_none


def read_limit(value: Value) -> Limit:
    """The limit a cell states."""
    if isinstance(value, bool) or value is None:
        return Limit("", is_none=True)
    if isinstance(value, int | float):
        if value == value and 0 <= value < 10_000 and float(value).is_integer():
            return Limit(f"{value:g}", int(value), "工作日", is_unit_assumed=True)
        return Limit(str(value))
    if not isinstance(value, str):
        return Limit(str(value))
    printed = value.strip()
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed))
    if not plain or NO_LIMIT.fullmatch(plain):
        return Limit(printed, is_none=True)
    return _stated(printed, plain)


def _stated(printed: str, plain: str) -> Limit:
    # 一次 and 一个 in running text are no limits: a number counts when it has a unit or stands alone.
    stated = [match for match in LIMIT.finditer(plain) if match["unit"] or match[0] == plain]
    if not stated:
        return Limit(printed, 0, "工作日", is_immediate=True) if AT_ONCE.search(plain) else Limit(printed)
    amount = number(stated[0]["number"].split(".")[0])
    if len(stated) > 1 or AT_ONCE.search(plain) or amount is None:
        return Limit(printed)
    return _counted(printed, amount, stated[0]["unit"])


def _counted(printed: str, amount: int, unit: str | None) -> Limit:
    if unit in ("工作日", "工作天"):
        return Limit(printed, amount, "工作日", is_immediate=amount == 0)
    if unit in ("自然日", "日历日", "日历天"):
        return Limit(printed, amount, "自然日")
    if unit in ("日", "天"):
        return Limit(printed, amount, "自然日", is_unit_assumed=True)
    if unit is None:
        return Limit(printed, amount, "工作日", is_unit_assumed=True)
    return Limit(printed)
