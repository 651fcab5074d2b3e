"""Counts a sheet claims, held against the rows found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, takewhile

from catalog.reading.grid import Message
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.rowcells import printings
from catalog.reading.layout.shapes import Declared, Row, Scope
from catalog.reading.layout.view import View
from catalog.reading.layout.wording import GroupHeading, counts_in
from catalog.reading.values import split_count

DEPARTMENTS = ("部门", "单位")
MAINS = ("主项", "大项")
SUBS = ("子项", "小项", "分项")
OF_A_PAGE = "本页"
KINDS = ("大类", "类别", "领域", "方面", "类")


@dataclass(frozen=True)
class Claim:
    """A count as printed: of what, how many, and where the rows it speaks of begin or end.

    `page` is where those of its page begin, which a page's own count speaks of.
    """

    sheet: str
    cell: str
    scope: str
    name: str
    unit: str
    claimed: int
    table: int
    place: int = 0
    groups: tuple[str, ...] = ()
    text: str = ""
    page: int = 0


def claims_in(
    view: View,
    row: int,
    column: int,
    text: str,
    scope: str,
    name: str,
    table: int,
    place: int = 0,
    groups: Sequence[GroupHeading] = (),
) -> list[Claim]:
    """The counts of one line; a bare figure beside 合计 counts items."""
    counts = counts_in(text)
    if not counts and scope == "total":
        figures = [said for _, said in view.own(row) if said.isdigit()]
        counts = [(int(figures[0]), "项")] if len(figures) == 1 else []
    path = tuple(heading.name for heading in groups)
    cell = view.address(row, column)
    return [
        Claim(view.title, cell, scope, name, unit, claimed, table, place, path, text)
        for claimed, unit in counts
    ]


def settle(claims: Sequence[Claim], rows: Sequence[Row], headings: Headings) -> list[Declared]:
    """Every claim with what was found; claims of things no column tells apart are left out."""
    settled = []
    for claim in _with_pages(claims):
        choices = [
            (number, meant)
            for meant in _meant(claim, rows, headings)
            for number in _numbers(claim.unit, meant.rows, headings)
            if number is not None
        ]
        if choices:
            found, meant = next((choice for choice in choices if choice[0] == claim.claimed), choices[0])
            settled.append(
                Declared(claim.sheet, claim.cell, meant.scope, meant.name, claim.unit, claim.claimed, found)
            )
    return settled + _blocks(rows, headings)


def _with_pages(claims: Sequence[Claim]) -> Iterator[Claim]:
    """A page begins below the count of the one before."""
    ends: dict[str, int] = {}
    for claim in claims:
        yield replace(claim, page=ends.get(claim.sheet, 0))
        if claim.text.startswith(OF_A_PAGE):
            ends[claim.sheet] = claim.place


def count_messages(declared: Sequence[Declared]) -> list[Message]:
    """A warning for every claim that does not hold."""
    return [
        Message(
            "warning",
            "count_mismatch",
            one.sheet,
            one.cell,
            {
                "scope": one.scope,
                "name": one.name,
                "unit": one.unit,
                "claimed": str(one.claimed),
                "found": str(one.found),
            },
        )
        for one in declared
        if not one.is_met
    ]


@dataclass(frozen=True)
class Meant:
    """Rows a claim may speak of."""

    scope: Scope
    name: str
    rows: Sequence[Row]


def _meant(claim: Claim, rows: Sequence[Row], headings: Headings) -> list[Meant]:
    """The rows a claim may speak of, the likeliest first."""
    in_sheet = [row for row in rows if row.sheet == claim.sheet]
    if claim.scope == "part":
        return [Meant("part", claim.name, [row for row in in_sheet if row.part == claim.name])]
    if claim.scope == "group":
        return [Meant("group", claim.name, _run(in_sheet[claim.place :], claim.groups))]
    whole = [Meant("list", "", in_sheet), Meant("list", "", rows)]
    if claim.scope != "total":
        return [*whole, Meant("list", "", [row for row in in_sheet if row.table == claim.table])]
    if claim.text.startswith(OF_A_PAGE):
        return [Meant("block", OF_A_PAGE, in_sheet[claim.page : claim.place])]
    if "小计" in claim.text:
        return _before_subtotal(claim, in_sheet, headings)
    above = in_sheet[: claim.place]
    return [
        *whole,
        Meant("list", "", above),
        Meant("part", claim.name, _last_run(above, lambda row: row.part)),
    ]


def _before_subtotal(claim: Claim, in_sheet: Sequence[Row], headings: Headings) -> list[Meant]:
    """小计 speaks of the block it names, else of the group or block that ends above it."""
    above = in_sheet[: claim.place]
    counted = [column.field for column in headings.columns.values() if column.is_counted]
    for name in counted:
        named = [row for row in in_sheet if row.text(name) and row.text(name) in claim.text]
        if named:
            return [Meant("block", named[0].text(name), named)]
    meant = []
    if claim.groups and above:
        meant.append(Meant("group", claim.groups[-1], _last_run(above, lambda row: row.groups)))
    for name in counted:
        last = above[-1].text(name) if above else ""
        if last:
            block = _last_run(above, partial(Row.text, name=name))
            meant.append(Meant("block", last, block))
    # 小计 … 以上共16项 may count everything above it.
    return [*meant, Meant("list", "", above)]


def _sheet_and_text(row: Row, name: str) -> tuple[str, str]:
    return row.sheet, row.text(name)


def _run(rows: Sequence[Row], path: tuple[str, ...]) -> list[Row]:
    return list(takewhile(lambda row: row.groups[: len(path)] == path, rows))


def _last_run(rows: Sequence[Row], key: Callable[[Row], object]) -> list[Row]:
    return list(takewhile(lambda row: key(row) == key(rows[-1]), reversed(rows)))


def _numbers(unit: str, rows: Sequence[Row], headings: Headings) -> list[int | None]:
    main = headings.field_of_role("main_name")
    name = headings.field_of_role("name")
    mains = len({row.text(main) for row in rows if row.text(main)}) if main else 0
    if unit in MAINS:
        return [mains or None]
    if unit in DEPARTMENTS:
        counted = [
            column.field for column in headings.columns.values() if column.is_counted and not column.role
        ]
        values = [len({row.text(name) for row in rows if row.text(name)}) for name in counted]
        return [value for value in values if value] or [None]
    if unit in KINDS:
        return [len({row.groups[0] for row in rows if row.groups}) or None]
    if not mains:
        return [len(rows)]
    subs = sum(row.text(main) != row.text(name) for row in rows) if main and name else 0
    return [len(rows), subs] if unit in SUBS else [len(rows), mains]


def _blocks(rows: Sequence[Row], headings: Headings) -> list[Declared]:
    """``县自然资源局（5项）``: the rows below each other that say, or take, the same name."""
    settled = []
    for column in headings.columns.values():
        # Each printing is looked at once: most columns carry no count anywhere.
        printed = printings(rows, column.field) if column.is_counted else ()
        if all(split_count(one)[1] is None for one in printed):
            continue
        for _, run in groupby(rows, key=partial(_sheet_and_text, name=column.field)):
            block = list(run)
            cell = block[0].cells.get(column.field)
            claimed = split_count(cell.printed)[1] if cell else None
            if cell and claimed is not None:
                settled.append(
                    Declared(block[0].sheet, cell.address, "block", cell.text, "项", claimed, len(block))
                )
    return settled
