"""Columns that their values tell, where their headings do not."""

import re
from collections.abc import Sequence

from catalog.reading.layout.header import Header, Label, Marks
from catalog.reading.layout.headings import NEAR, Candidate, Headings
from catalog.reading.layout.shapes import Column
from catalog.reading.layout.view import View
from catalog.reading.values import read_serial
from catalog.reading.words import fold

ROWS_LOOKED_AT = 40
MARK = re.compile("[√✓✔☑○●◯△▲×✗]")
YES, NO = re.compile("[√✓✔☑○●◯▲★是有]"), frozenset(("×", "✗", "否", "无", "-", "—", "/"))
ONE_TOWNSHIP = re.compile("(?![各全所].*)[㐀-鿿]{1,10}(?:(?<!乡)镇|(?<!城)乡|街道|苏木)(?:人民政府|办事处)?")
VAGUE = re.compile("类别|类型|分类|种类|性质|属性")


def find_by_values(view: View, headings: Headings, header: Header) -> None:
    """Serials without a heading, main items beside sub items, and columns only their values name."""
    _find_serials(view, headings, header)
    _find_mains(view, headings, header)
    _find_recognised(view, headings, header)
    _leave_marks(view, headings, header)
    _read_marks(view, headings, header)


def _values(view: View, headings: Headings, header: Header, column: int) -> list[str]:
    """The first texts of a column, down to the next header; a row that says one thing is a heading or a note."""
    found = []
    for row in range(header.first, header.first + ROWS_LOOKED_AT):
        own = view.own(row)
        if sum(headings.knows(text) for _, text in own) > 1:
            break
        text = view.text(row, column)
        if text and len(own) > 1 and not _counts_columns(own):
            found.append(text)
    return found


def _counts_columns(own: Sequence[tuple[int, str]]) -> bool:
    """（1）, （2）, （3） under the header number the columns."""
    serials = [read_serial(text) for _, text in own]
    return len(own) > 2 and [one and one.number for one in serials] == list(range(1, len(own) + 1))


def _find_serials(view: View, headings: Headings, header: Header) -> None:
    """Running numbers under a blank heading, left of the names, or under 编号: the serials."""
    serial, code = headings.field_of_role("serial"), headings.field_of_role("code")
    places = [header.column_of(headings.field_of_role(role)) for role in ("name", "main_name")]
    name = next((place for place in places if place is not None), None)
    if serial is None or name is None or header.column_of(serial) is not None:
        return
    # A heading nobody can read (序呺) over running numbers is no obstacle.
    labelled = set(header.fields) | header.by_hand
    coded = {header.column_of(code)} - header.by_hand - {None}
    for column in sorted((set(range(name)) - labelled) | coded):
        values = _values(view, headings, header, column)
        numbers = sum(read_serial(text) is not None for text in values)
        enough = len(values) > 1 or column in coded
        if enough and numbers * 3 > len(values) * 2 and all(len(text) <= 6 for text in values):
            header.fields[column] = serial
            if (
                any(label.column == column and label.is_own for label in header.labels)
                and column not in coded
            ):
                header.guessed[column] = Candidate(serial, NEAR, 0)
            return


def _find_mains(view: View, headings: Headings, header: Header) -> None:
    """事项名称 merged over two columns that both hold text: main items left, sub items right."""
    name, main = headings.field_of_role("name"), headings.field_of_role("main_name")
    column = header.column_of(name)
    if not name or not main or column is None or header.column_of(main) is not None:
        return
    under = {label.column for label in header.labels if not label.is_own}
    if column + 1 in under - set(header.fields) and _values(view, headings, header, column + 1):
        header.fields[column], header.fields[column + 1] = main, name


def _find_recognised(view: View, headings: Headings, header: Header) -> None:
    """A column under a vague heading (类别, 性质) whose values only one field can have."""
    for wanted in headings.columns.values():
        if wanted.recognises is None or header.column_of(wanted.field) is not None:
            continue
        for label in header.labels:
            taken = headings.columns.get(header.fields.get(label.column, ""))
            if label.column in header.by_hand or not _may_be(wanted, taken, label, header):
                continue
            values = _values(view, headings, header, label.column)
            if values and sum(map(wanted.recognises, values)) * 5 >= len(values) * 4:
                if taken:
                    _pass_on(header, label.column, taken.field)
                header.fields[label.column] = wanted.field
                header.guessed[label.column] = Candidate(wanted.field, NEAR, 0)
                header.rivals = [rival for rival in header.rivals if rival[0] != label.column]
                break


def _may_be(wanted: Column, taken: Column | None, label: Label, header: Header) -> bool:
    """Whether the column may turn out to be the wanted one, whatever it was taken for."""
    if wanted.mistaken_for:
        return taken is not None and taken.field == wanted.mistaken_for
    is_vague = label.column in header.guessed or VAGUE.search(fold(label.printed))
    return taken is None or bool(is_vague and not taken.role)


def _pass_on(header: Header, holder: int, field: str) -> None:
    """服务领域 means the field too that 事项类别 has taken and turns out not to be."""
    for rival in header.rivals:
        if rival[1] == holder and rival[0] not in header.by_hand:
            header.fields[rival[0]] = field
            others = [(one, rival[0]) for one, held in header.rivals if held == holder and one != rival[0]]
            header.rivals = [one for one in header.rivals if one[1] != holder] + others
            return


def _leave_marks(view: View, headings: Headings, header: Header) -> None:
    """√ under the name of a township is no receiver; such columns stay as printed."""
    for column, name in list(header.fields.items()):
        declared = headings.columns[name]
        if declared.fills_down and not declared.role and column not in header.by_hand:
            values = _values(view, headings, header, column)
            if values and all(MARK.fullmatch(value) for value in values):
                del header.fields[column]
                header.guessed.pop(column, None)


def _read_marks(view: View, headings: Headings, header: Header) -> None:
    """Columns named after townships or kinds, marked where one is meant; two kinds of marks say two things."""
    for column in headings.columns.values():
        if not column.takes_marks or header.marks or header.column_of(column.field) is not None:
            continue
        taken = {*header.fields, *header.by_hand}
        is_one = column.recognises or ONE_TOWNSHIP.fullmatch
        named = {
            label.column: label.texts[-1]
            for label in header.labels
            if label.column not in taken and label.is_own and is_one(label.texts[-1])
        }
        said = {text for place in named for text in _values(view, headings, header, place)} - NO
        if len(named) > 1 and len(said) == 1 and YES.fullmatch(mark := said.pop()):
            header.marks = Marks(column.field, mark, named)
