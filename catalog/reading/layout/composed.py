"""Cells that hold several things at once: labelled lines, both days of a term, a name with its phone."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.rowcells import RowCells
from catalog.reading.layout.shapes import Column
from catalog.reading.layout.view import View
from catalog.reading.values import read_limit, read_period
from catalog.reading.values.names import CLOSING, ENDS_A_NAME
from catalog.reading.words import mend_lines

# To be filled with the labels looked for: "承接部门：", "【承接部门】", "1.承接部门:".
LABEL = (
    r"(?P<label>(?:^|(?<=[\n；;。，,\s]))[【\[（(]?(?:[0-9一二]{{1,2}}[.、．])?\s*(?:{0})\s*[】\])）]?\s*[:：\n]"
    r"|【(?:{0})】)"
)

PHONE = r"(?:(?:[(（]?0[0-9]{2,3}[)）]?[-—－ ]?)?[0-9]{7,8}|1[3-9][0-9]{9})(?![0-9])(?:[-—转][0-9]{1,4})?"
WITH_PHONE = re.compile(
    r"(?P<name>.*?[\u3400-\u9fff][)）]?)[\s，,、;；:：（(]*?(?:(?:联系|咨询|办公|服务)?电话)?[:：（(]?\s*"
    rf"(?P<phone>{PHONE}(?:[\s、,，/;；]+{PHONE})*)[)）]?",
    re.DOTALL,
)

LIMIT = "(?:办结|办理)?(?:时限|期限|时间)?[为是]?[:：]?(?P<{}>[^，,；;、/。（(承法]{{1,20}})"
BOTH_LIMITS = re.compile(
    rf"(?:法定{LIMIT.format('by_law')}[，,；;、/。]?承诺{LIMIT.format('promised')}"
    rf"|承诺{LIMIT.format('promised_first')}[，,；;、/。]?法定{LIMIT.format('by_law_last')})。?"
)
# Longer texts are explained, not a name with its phone or two limits.
LONGEST_PAIR = 120


def composed_columns(view: View, header: Header, headings: Headings, items: Sequence[int]) -> list[Column]:
    """The columns of a table whose cells hold several things, as far as their cells do.

    A phone or a limit by law is looked for only where the table has no column for it.
    """

    def holds(column: Column, other: str, reads: Callable[[str], object]) -> str:
        place = header.column_of(column.field)
        if place is None or other not in headings.columns or header.column_of(other) is not None:
            return ""
        return other if any(map(reads, set(view.down(place, items)))) else ""

    found = []
    for column in headings.columns.values():
        phone = holds(column, column.phone_behind, _name_and_phone)
        limit = holds(column, column.limit_by_law, _both_limits)
        if column.labelled or column.period or phone or limit:
            found.append(replace(column, phone_behind=phone, limit_by_law=limit))
    return found


def take_apart(cells: RowCells, columns: Iterable[Column]) -> None:
    """Give every field its share of such cells; what has a cell of its own keeps it."""
    for column in columns:
        cell = cells.get(column.field)
        if not cell or not cell.text:
            continue
        if column.labelled:
            for name, text in _split_labels(cell.printed or cell.text, column.labelled).items():
                if not cells.text(name):
                    cells[name] = replace(cell, text=text, value=text)
        if column.phone_behind and (said := _name_and_phone(cell.text)):
            cells[column.field] = replace(cell, text=said["name"], value=said["name"])
            cells[column.phone_behind] = replace(cell, text=said["phone"], value=said["phone"])
        if column.limit_by_law and (limits := _both_limits(cell.text)):
            by_law, promised = limits
            cells[column.field] = replace(cell, text=promised, value=promised)
            cells[column.limit_by_law] = replace(cell, text=by_law, value=by_law)
        if column.period:
            for name, day in zip(column.period, read_period(cell.value), strict=True):
                if not cells.text(name):
                    source = cell.filled_from if day.printed else None
                    cells[name] = replace(
                        cell, text=day.printed, value=day.day or day.printed, filled_from=source
                    )


def _name_and_phone(text: str) -> re.Match[str] | None:
    """``便民服务中心 0000-6610001``; few texts end in figures, so the rest is not looked at."""
    if len(text) > LONGEST_PAIR or not (text[-1:].isdecimal() or text[-1:] in CLOSING):
        return None
    match = WITH_PHONE.fullmatch(text)
    # A phone inside is another body's, and 编号12345678 is none.
    if match and (re.search(PHONE, match["name"]) or match["name"].endswith(("号", "第", "条"))):
        return None
    return match


def _both_limits(text: str) -> tuple[str, str] | None:
    """``法定20个工作日，承诺3个工作日``: the limit by law, and the promised one."""
    match = BOTH_LIMITS.fullmatch(text) if len(text) <= LONGEST_PAIR else None
    if match is None:
        return None
    by_law = match["by_law"] or match["by_law_last"]
    promised = match["promised"] or match["promised_first"]
    are_limits = read_limit(by_law).is_read and read_limit(promised).is_read
    return (by_law, promised) if are_limits else None


def _split_labels(text: str, labelled: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    """``承接部门：县民政局 工作方式：定期巡查`` by field; without labels a leading name is the first."""
    plain = mend_lines(text)
    places: list[tuple[int, int, str]] = []
    for name, labels in labelled:
        wanted = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
        found = re.search(LABEL.format(wanted), plain)
        if found:
            places.append((found.start("label"), found.end(), name))
    places.sort()
    if not places:
        return _split_name(plain, [name for name, _ in labelled])
    ends = [start for start, _, _ in places[1:]] + [len(plain)]
    return {
        name: plain[begin:end].strip("；;，, \n")
        if end == len(plain)
        else plain[begin:end].strip("；;，,。 \n")
        for (_, begin, name), end in zip(places, ends, strict=True)
    }


def _split_name(plain: str, names: list[str]) -> dict[str, str]:
    """``县应急管理局：定期检查``, or the name on a line of its own."""
    parts = re.split("[：:\n]", plain, maxsplit=1)
    name = parts[0].strip()
    if len(names) == 2 and len(parts) == 2 and len(name) <= 40 and ENDS_A_NAME.search(name):
        return {names[0]: name, names[1]: parts[1].strip()}
    return {}
