"""What a row is by its words alone, wherever it stands."""

import re
from collections.abc import Sequence

from catalog.reading.layout.header import Header
from catalog.reading.layout.view import View
from catalog.reading.layout.wording import DUTY_PART, PART, SIGNATURE, GroupHeading
from catalog.reading.values import read_serial
from catalog.reading.words import fold, mend

LONGEST_GROUP = 40
# 委托机关：县林业局 beside 受委托机关：白塔镇, in two cells or with blanks between them.
LABELLED = re.compile(
    "[^：:]{0,8}(?:机关|部门|单位|主体|机构|乡镇|街道|对象|类别|类型|领域|[托派]方)[：:].{2,40}"
)
BEFORE_LABEL = re.compile(r"(?<=\S)[\s\u3000；;，,]+(?=[^\s：:；;，,]{2,10}[：:])")


def is_column_numbers(own: Sequence[tuple[int, str]]) -> bool:
    """A row of 1, 2, 3 … under the header counts the columns."""
    if len(own) < 3 or any(len(text) > 4 for _, text in own):
        return False
    serials = [read_serial(text) for _, text in own]
    numbers = [serial.number for serial in serials if serial]
    return len(numbers) == len(own) and numbers == list(range(numbers[0], numbers[0] + len(own)))


def labelled(printed: Sequence[str]) -> tuple[GroupHeading, ...]:
    """Two headings or more in one row, each of which says what it names."""
    parts = [mend(part) for text in printed for part in BEFORE_LABEL.split(text.strip())]
    if len(parts) < 2 or not all(LABELLED.fullmatch(part) and not SIGNATURE.match(part) for part in parts):
        return ()
    return tuple(GroupHeading(part, 0, None, part) for part in parts)


def is_part(heading: GroupHeading) -> bool:
    """A heading over a whole part of the list: 一、基本履职事项清单; a bare 清单 is a title."""
    if len(heading.name) > LONGEST_GROUP:
        return False
    return bool(DUTY_PART.search(heading.name) or (heading.rank and PART.search(heading.name)))


def is_repeated(view: View, row: int, header: Header) -> bool:
    """The row repeats the header's words in the header's columns."""
    for column, text in enumerate(view.texts(row)):
        if text and header.words_above.get(column) != fold(text):
            return False
    return view.filled(row) >= 2
