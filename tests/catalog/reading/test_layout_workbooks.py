"""The four county workbooks, against what a person read from them."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from catalog.reading.grid import Merge, Sheet, Workbook
from catalog.reading.layout import Layout, lay_out
from catalog.reading.values import read_day, read_department, serial_number
from tests.catalog.reading.grids import county_workbook, expected, without_merges
from tests.catalog.reading.kinds import DELEGATED, DUTIES, ENTRUSTED, SERVICES

KINDS = {
    "service_items": (SERVICES, {}),
    "basic_duties": (DUTIES, {"group_field": "domain", "part_field": "list_part"}),
    "delegated_powers": (DELEGATED, {}),
    "entrusted_powers": (ENTRUSTED, {}),
}
everyone = pytest.mark.parametrize("name", KINDS)


@cache
def laid_out(name: str) -> Layout:
    columns, fields = KINDS[name]
    return lay_out(county_workbook(name), columns, **fields)


def as_expected(row, field):
    text = row.text(field)
    if field == "seq":
        return serial_number(row.cells[field].value)
    if field == "department":
        return read_department(text).name
    if field in ("valid_from", "valid_to"):
        day = read_day(row.cells[field].value).day
        return day.isoformat() if day else None
    return text


@everyone
def test_title_is_read(name):
    assert laid_out(name).title == expected(name)["list_title"]


@everyone
def test_every_item_is_a_row_and_nothing_else_is(name):
    layout = laid_out(name)
    assert len(layout.rows) == expected(name)["item_count"]
    assert [serial_number(row.cells["seq"].value) for row in layout.rows] == list(
        range(1, len(layout.rows) + 1)
    )


@everyone
@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_cells_of_a_row_are_read(name, which):
    layout, wanted = laid_out(name), expected(name)
    row = layout.rows[{"first": 0, "middle": wanted["middle_index_0based"], "last": -1}[which]]
    values = {field: value for field, value in wanted[which].items() if field != "mode"}
    assert {field: as_expected(row, field) for field in values} == values


@everyone
@pytest.mark.parametrize("field", ["domain", "power_type", "department"])
def test_items_are_counted_by_field(name, field):
    wanted = expected(name).get(f"{field}_counts")
    if wanted:
        assert Counter(as_expected(row, field) for row in laid_out(name).rows) == wanted


@everyone
def test_header_and_columns_are_found(name):
    layout, wanted = laid_out(name), expected(name)
    rows = wanted.get("header_rows_1based") or [wanted["header_row_1based"]]
    assert list(layout.header_rows) == rows
    assert all(layout.columns.values())
    assert len(layout.columns) == len(wanted["columns"])


@everyone
def test_declared_totals_hold(name):
    assert all(declared.is_met for declared in laid_out(name).declared)


@everyone
def test_nothing_is_an_error(name):
    assert not laid_out(name).has_errors


@everyone
def test_the_same_items_are_read_from_csv(name):
    columns, fields = KINDS[name]
    rows = lay_out(without_merges(county_workbook(name)), columns, **fields).rows
    assert [
        (as_expected(row, "seq"), row.text("name"), as_expected(row, "department"), row.text("domain"))
        for row in rows
    ] == [
        (as_expected(row, "seq"), row.text("name"), as_expected(row, "department"), row.text("domain"))
        for row in laid_out(name).rows
    ]


def test_document_numbers_stand_above_the_table():
    assert laid_out("entrusted_powers").document_number == "北政规〔2024〕2号"
    assert laid_out("service_items").document_number == "青政办发〔2025〕12号"
    assert laid_out("delegated_powers").document_number == ""


def test_days_are_told_apart_by_the_words_around_them():
    assert laid_out("entrusted_powers").published_on == date(2024, 1, 15)
    assert laid_out("service_items").made_on == date(2025, 6, 30)
    assert laid_out("delegated_powers").effective_on == date(2024, 1, 1)


def test_other_rows_are_reported_with_their_reason():
    reasons = Counter(one.reason for one in laid_out("delegated_powers").ignored)
    assert reasons == {
        "attachment": 1, "title": 1, "declared_count": 1, "header": 1, "total": 3, "note": 2,
    }  # fmt: skip


def test_declared_counts_cover_departments_subtotals_and_the_whole():
    declared = {(one.scope, one.unit, one.claimed) for one in laid_out("delegated_powers").declared}
    assert {("list", "部门", 10), ("list", "项", 53), ("block", "项", 5)} <= declared


def test_an_entrustment_document_does_not_reach_another_department():
    layout = laid_out("entrusted_powers")
    emergency = [row for row in layout.rows if row.text("department") == "县应急管理局"]
    assert {row.text("entrustment_doc") for row in emergency} == {""}
    assert [(one.code, one.cell) for one in layout.messages] == [
        ("block_reaches_too_far", "I33"),
        ("block_reaches_too_far", "J33"),
    ]


def test_a_filled_cell_says_where_its_text_stands():
    row = laid_out("service_items").rows[1]
    assert (row.cells["domain"].address, row.cells["domain"].filled_from) == ("B5", "B4")


def unmerged_by_repeating(workbook: Workbook) -> Workbook:
    (sheet,) = workbook.sheets
    rows = [list(row) for row in sheet.rows]
    for merge in sheet.merges:
        for row in range(merge.top, merge.bottom + 1):
            for column in range(merge.left, merge.right + 1):
                rows[row][column] = rows[merge.top][merge.left]
    return Workbook((Sheet(sheet.title, tuple(map(tuple, rows))),))


def moved(workbook: Workbook) -> Workbook:
    (sheet,) = workbook.sheets
    rows = ((), (), *((None, *row) for row in sheet.rows))
    merges = tuple(Merge(one.top + 2, one.left + 1, one.bottom + 2, one.right + 1) for one in sheet.merges)
    return Workbook((Sheet(sheet.title, rows, merges),))


@everyone
@pytest.mark.parametrize("changed", [unmerged_by_repeating, moved])
def test_the_same_items_are_read_from_a_workbook_laid_out_otherwise(name, changed):
    columns, fields = KINDS[name]
    layout = lay_out(changed(county_workbook(name)), columns, **fields)
    told = ("seq", "name", "department", "domain", "power_type", "responsible_unit", "receiving_body")
    assert [[as_expected(row, field) for field in told] for row in layout.rows] == [
        [as_expected(row, field) for field in told] for row in laid_out(name).rows
    ]
    assert all(declared.is_met for declared in layout.declared)
    assert not layout.has_errors
