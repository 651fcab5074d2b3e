"""From a grid to labelled rows: where the list stands, what its columns mean, which rows are items.

Nothing is dropped in silence: a row is an item or stands in `ignored` with its reason, a column is a field or
kept under its printed heading, and what was guessed is said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from catalog.reading.grid import Message, Workbook
from catalog.reading.layout.assigning import header_by_letters
from catalog.reading.layout.continued import going_on
from catalog.reading.layout.counting import count_messages, settle
from catalog.reading.layout.finder import HeaderFinder
from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.noheader import no_header, unread
from catalog.reading.layout.ours import without_remarks
from catalog.reading.layout.reading import Reading, SheetReader
from catalog.reading.layout.shapes import (
    Cell,
    Column,
    Declared,
    FoundDay,
    Ignored,
    Layout,
    Row,
    Table,
    TableColumn,
)
from catalog.reading.layout.sheettitles import with_sheet_titles
from catalog.reading.layout.sidebyside import joined, side_by_side
from catalog.reading.layout.surroundings import document_number_in, read_above
from catalog.reading.layout.view import View
from catalog.reading.layout.wording import TITLE_WORD
from catalog.reading.words import fold

__all__ = [
    "Cell",
    "Column",
    "Declared",
    "FoundDay",
    "Ignored",
    "Layout",
    "Row",
    "Table",
    "TableColumn",
    "lay_out",
]


# Sheets that explain or feed a list look like one: 序号, 项目, 说明.
NO_LIST = re.compile(
    "^(?:填表|填写|填报|编制|使用|模板)?说明$|字典|下拉|示例|样例|样表|封面|选项|参数|代码表"
)


# A sheet longer than this is no cover.
LONGEST_COVER = 30


def lay_out(
    workbook: Workbook,
    columns: Sequence[Column],
    *,
    group_field: str = "",
    part_field: str = "",
    mapping: Mapping[str, str | None] | None = None,
) -> Layout:
    """The workbook as rows of the columns a kind of list declares.

    `group_field` and `part_field` are filled from group rows and part headings. `mapping` is the clerk's word
    on columns, by heading or letter: a field, an empty text to keep a column under its heading, or None to
    leave it out. What is wrong stands in `messages`; nothing is raised.
    """
    headings = Headings(columns, mapping)
    found, messages = _sheets(workbook, headings)
    messages += _mapping_messages(headings, found, mapping or {})
    if not found:
        other = [replace(said, level="error") for said in messages if said.code == "no_such_list"]
        kept = [said for said in messages if said.code != "no_such_list"]
        why = other or [no_header(workbook, headings)]
        return Layout(messages=(*kept, *why), unread=unread(workbook, headings))
    readings = []
    reader = None
    for view, header in found:
        read = []
        for table in side_by_side(view, header, headings):
            reader = SheetReader(*table, headings, group_field, part_field, going_on_from=reader)
            read.append(reader.read())
        readings.append(joined(read, view) if len(read) > 1 else read[0])
    layout = _together(readings, headings, messages, [view.title for view, _ in found])
    return _with_cover(layout, workbook)


def _sheets(workbook: Workbook, headings: Headings) -> tuple[list[tuple[View, Header]], list[Message]]:
    """The sheets that carry a list: the visible ones, and hidden ones only where no visible one does."""
    views = [View(without_remarks(sheet)) for sheet in workbook.sheets]
    headers = [HeaderFinder(view, headings).first() or header_by_letters(view, headings) for view in views]
    visible: list[tuple[View, Header]] = []
    hidden: list[tuple[View, Header]] = []
    messages: list[Message] = []
    has_list = sum(
        header is not None and not view.sheet.is_hidden for view, header in zip(views, headers, strict=True)
    )
    before: tuple[View, Header] | None = None
    for view, header in zip(views, headers, strict=True):
        if header is None and before and not view.sheet.is_hidden:
            header = going_on(view, *before, headings)
            if header:
                values = {"before": before[0].title}
                messages.append(Message("warning", "sheet_goes_on", view.title, values=values))
        if header and header.is_of_another_paper(view, headings):
            seen = "、".join(label.printed for label in header.labels)[:80]
            messages.append(Message("warning", "no_such_list", view.title, values={"seen": seen}))
        elif header and has_list > 1 and NO_LIST.search(view.title):
            messages.append(Message("warning", "sheet_skipped", view.title))
        elif header:
            (hidden if view.sheet.is_hidden else visible).append((view, header))
            before = None if view.sheet.is_hidden else (view, header)
        elif any(view.own(row) for row in range(view.height)):
            messages.append(Message("note", "sheet_without_list", view.title))
    code = "hidden_sheet_skipped" if visible else "hidden_sheet_used"
    messages += [Message("note" if visible else "warning", code, view.title) for view, _ in hidden]
    return visible or hidden, messages


def _with_cover(layout: Layout, workbook: Workbook) -> Layout:
    """What only a cover says: the title of a list over several sheets, and the document number."""
    for sheet in workbook.sheets:
        if sheet.title in layout.sheets or sheet.is_hidden:
            continue
        view = View(sheet)
        lines = range(min(view.height, LONGEST_COVER))
        title = re.sub(r"\s+", "", read_above(view, 0, len(lines), is_top=True).title)
        is_title = TITLE_WORD.search(title) and (len(layout.sheets) > 1 or not layout.title)
        number = layout.document_number or document_number_in(view, lines)
        layout = replace(layout, title=title if is_title else layout.title, document_number=number)
        if is_title:
            break
    return layout


def _repeated_sheets(rows: Sequence[Row], headings: Headings) -> list[Message]:
    """A summary beside the sheets it sums up would bring every item in twice."""
    if len({row.sheet for row in rows}) < 2:
        return []
    # The same powers may be another township's on each sheet.
    telling = [column.field for column in headings.columns.values() if column.takes_township]
    telling = [name for name in (headings.field_of_role("name"), *telling) if name]
    names: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        names.setdefault(row.sheet, set()).add(tuple([fold(row.text(name)) for name in telling]))
    messages = []
    for sheet, within in names.items():
        others = set().union(*(found for other, found in names.items() if other != sheet))
        if len(names) > 1 and len(within) > 1 and within == others:
            messages.append(Message("warning", "sheet_repeats_others", sheet))
    return messages if len(names) > 2 else messages[1:]


def _mapping_messages(
    headings: Headings, found: list[tuple[View, Header]], mapping: Mapping[str, str | None]
) -> list[Message]:
    """What the clerk said about columns and does not fit this file or this kind of list."""
    messages = []
    for key, name in mapping.items():
        if name and name not in headings.columns:
            messages.append(Message("error", "mapping_unknown_field", values={"heading": key, "field": name}))
        elif found and not any(header.has_heading(key) for _, header in found):
            messages.append(Message("warning", "mapping_unknown_heading", values={"heading": key}))
    return messages


def _together(
    readings: list[Reading], headings: Headings, messages: list[Message], sheets: list[str]
) -> Layout:
    tables = [table for reading in readings for table in reading.tables]
    rows = with_sheet_titles([row for reading in readings for row in reading.rows], tables, headings)
    claims = [claim for reading in readings for claim in reading.claims]
    declared = settle(claims, rows, headings)
    messages = [*messages, *(message for reading in readings for message in reading.messages)]
    messages += [*_repeated_sheets(rows, headings), *count_messages(declared)]
    if not rows:
        messages.append(Message("error", "no_rows", sheets[0]))
    return Layout(
        title=next((re.sub(r"\s+", "", reading.title) for reading in readings if reading.title), ""),
        document_number=next(
            (reading.document_number for reading in readings if reading.document_number), ""
        ),
        days=tuple(day for reading in readings for day in reading.days),
        sheets=tuple(sheets),
        tables=tuple(tables),
        rows=tuple(rows),
        ignored=tuple(one for reading in readings for one in reading.ignored),
        declared=tuple(declared),
        messages=tuple(messages),
    )
