"""Lists without a department column: a group heading, the title or the sheet's name says the department."""

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.layout.headings import Headings
from catalog.reading.layout.shapes import Cell, Column, Row, Table
from catalog.reading.layout.wording import body_in_title
from catalog.reading.words import mend

NO_BODY = re.compile("表|清单|目录|汇总|总|附件|说明|事项|履职|收回|下放|委托|页|新建|未命名|工作簿")
# 帮办代办 and 农业农村 end like names and are none.
ENDS_A_BODY = re.compile(
    "(?:局|委员会|(?<![村居两常])委|(?<=政府)办|办公室|联合会|残联|妇联|团委|工会|红十字会|大队|支队|中心|法院|检察院|公司|医院)$"
)
NUMBERING = re.compile(
    r"^[0-9一二三四五六七八九十]{1,3}[.、．\-_]|^[(（][0-9一二三四五六七八九十]{1,3}[)）]|[(（][0-9]+项?[)）]$"
)


def with_sheet_titles(rows: Sequence[Row], tables: Sequence[Table], headings: Headings) -> list[Row]:
    """Rows whose department stands only in a heading, a title or a sheet's name take it from there."""
    taking = [column for column in headings.columns.values() if column.takes_sheet_title]
    if not taking:
        return list(rows)
    indices = {
        sheet: [table for table in tables if table.sheet == sheet] for sheet in {row.sheet for row in rows}
    }
    named: dict[tuple, tuple[str, list[str]]] = {}
    titled = []
    for row in rows:
        place = row.sheet, row.table, row.groups
        if place not in named:
            named[place] = _said_above(row, indices[row.sheet][row.table], taking, len(indices) > 1)
        name, fields = named[place]
        blank = [field for field in fields if not row.text(field)] if name and not row.is_ours else ()
        cell = Cell(name, name, "", "", row.sheet)
        titled.append(replace(row, cells=row.cells.with_taken(dict.fromkeys(blank, cell))) if blank else row)
    return titled


def _said_above(
    row: Row, table: Table, taking: Sequence[Column], is_one_of_many: bool
) -> tuple[str, list[str]]:
    """The department that stands above a row, and the fields that take it, where the table has none for them."""
    name = next((body for body in map(body_name, reversed(row.groups)) if body), "")
    for title in (table.title, row.sheet):
        name = name or body_name(title) or body_in_title(title)
    name = name or (short_name(row.sheet) if is_one_of_many else "")
    have = {column.field for column in table.columns}
    return name, [column.field for column in taking if column.field not in have]


def short_name(title: str) -> str:
    """A sheet's name where every sheet is a department's: 民政, 水务."""
    name = NUMBERING.sub("", mend(title)).strip()
    return name if re.fullmatch("[㐀-鿿]{2,12}", name) and not NO_BODY.search(name) else ""


def body_name(title: str) -> str:
    """The body a sheet or table is named after, empty where it is named otherwise (Sheet1, 汇总)."""
    name = NUMBERING.sub("", mend(title)).strip()
    return name if 3 <= len(name) <= 25 and name[-1] not in "）)" and ENDS_A_BODY.search(name) else ""
