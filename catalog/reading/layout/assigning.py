"""Which column of a header takes which field: what a clerk said, then the surest heading."""

import re
from collections.abc import Sequence

from catalog.reading.grid import column_letters
from catalog.reading.layout.header import Header, Label
from catalog.reading.layout.headings import CONTAINED, MEANT, Candidate, Headings
from catalog.reading.layout.view import View
from catalog.reading.words import fold

NAMES_SOMETHING = re.compile(
    "(?!.*(?:部门|单位|机构|机关|主体|组织|乡镇|村|法律|法规|依据|材料|结果|窗口|系统)).{2,8}名称"
)
# 委托职权 says how far a power goes, beside another column for its name.
WHAT_IS_HANDED_DOWN = re.compile("(?:委托|受托|下放|赋予|赋权|授权|派驻)的?(?:行政)?(?:职权|权限|权力|内容)")
SUB_ITEM = re.compile("子项|小项|分项|二级|具体|办理项")


def read_header(rows: tuple[int, ...], first: int, labels: tuple[Label, ...], headings: Headings) -> Header:
    """What each of these columns means: the surest heading takes the field."""
    header = Header(rows, labels, first)
    _by_hand(header, headings)
    wishes = sorted(
        (
            (candidate.quality, order, candidate.place, label.column, candidate)
            for label in labels
            if label.column not in header.by_hand
            for order, variant in enumerate(label.variants)
            for candidate in headings.candidates(variant)
        ),
        key=lambda wish: wish[:4],
    )
    lost: dict[int, int] = {}
    for quality, _, _, column, candidate in wishes:
        holder = header.column_of(candidate.field)
        if column in header.fields:
            continue
        if holder is not None:
            if quality < MEANT:
                lost.setdefault(column, holder)
            continue
        header.fields[column] = candidate.field
        if quality >= CONTAINED:
            header.guessed[column] = candidate
    header.rivals = [(column, holder) for column, holder in lost.items() if column not in header.fields]
    _tell_main_from_sub(header, headings)
    _stand_in(header, headings)
    _name_at_last(header, headings)
    return header


def _by_hand(header: Header, headings: Headings) -> None:
    """What the clerk said comes first."""
    left_out: set[int] = set()
    kept: set[int] = set()
    for label in header.labels:
        letter = column_letters(label.column)
        said = [fold(text) for text in (label.printed, *label.variants)]
        known = next((text for text in said if text in headings.by_heading), None)
        if known is not None:
            name = headings.by_heading[known]
        elif letter in headings.by_letter:
            name = headings.by_letter[letter]
        else:
            continue
        if name is None:
            left_out.add(label.column)
        elif not name:
            kept.add(label.column)
        elif header.column_of(name) is None:
            header.fields[label.column] = name
    header.left_out = frozenset(left_out)
    header.by_hand = frozenset((*header.fields, *left_out, *kept))


def _tell_main_from_sub(header: Header, headings: Headings) -> None:
    """项目 beside 子项: both may name items, so the one that is no sub item is the main item."""
    name, main = headings.field_of_role("name"), headings.field_of_role("main_name")
    if not name or not main or header.column_of(main) is not None:
        return
    words = {label.column: label.printed for label in header.labels}
    for rival in header.rivals:
        is_sub = [bool(SUB_ITEM.search(words[column])) for column in rival]
        if header.fields.get(rival[1]) == name and is_sub[0] != is_sub[1]:
            sub, other = rival if is_sub[0] else rival[::-1]
            header.fields[other], header.fields[sub] = main, name
            header.rivals.remove(rival)
            return


def _stand_in(header: Header, headings: Headings) -> None:
    """A list of bodies has no column for names of items: the body's own name is the item's."""
    for column in headings.columns.values():
        wanted, place = column.stands_in_for, header.column_of(column.field)
        if wanted and place is not None and header.column_of(wanted) is None:
            header.fields[place] = wanted
            header.also[column.field] = wanted


def _name_at_last(header: Header, headings: Headings) -> None:
    """Where nothing else names the items, 下放权限名称 does, whatever else it might have meant."""
    name, main = headings.field_of_role("name"), headings.field_of_role("main_name")
    if not name or header.by_hand or any(header.column_of(field) is not None for field in (name, main)):
        return
    for label in header.labels:
        key = fold(label.printed)
        is_sure = label.column in header.fields and label.column not in header.guessed
        if label.is_own and (
            WHAT_IS_HANDED_DOWN.fullmatch(key) or (not is_sure and NAMES_SOMETHING.fullmatch(key))
        ):
            header.fields[label.column] = name
            header.guessed[label.column] = Candidate(name, MEANT, 0)
            return


def header_by_letters(view: View, headings: Headings) -> Header | None:
    """A sheet without a header, whose columns the clerk named by their letters."""
    named = {
        column: headings.by_letter[letter]
        for column in range(view.width)
        if (letter := column_letters(column)) in headings.by_letter
    }
    wanted = [column for column, name in named.items() if name]
    if not wanted:
        return None
    first = _first_full_row(view, wanted)
    labels = tuple(Label(column, (column_letters(column),), first) for column in named)
    return read_header((), first, labels, headings)


def _first_full_row(view: View, columns: Sequence[int]) -> int:
    """The first row that fills most of the columns the clerk named: above it stand titles."""
    for row in range(view.height):
        if sum(bool(view.text(row, column)) for column in columns) * 2 > len(columns):
            return row
    return 0
