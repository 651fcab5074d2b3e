"""What leaves as a workbook and as a text table, and what is typed by hand so that it can leave unharmed."""

import csv
import io
import zipfile
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from catalog.exporting.table import EditionTable, han_number
from catalog.importing.typed import mend_typed
from catalog.models import Edition, Entry
from tests.catalog.outgoing import FORMATS, exported, make_bodies, make_edition, plan_of

pytestmark = pytest.mark.once


@pytest.fixture
def edition_of(county, township):
    """Make an edition from raw values: `edition_of(kind, rows)`."""
    make_bodies(county, township)
    return partial(make_edition, county)


# --- The form and the text table ---


ROWS = [
    {"name": "低保申请", "category_name": "基本社会服务", "legal_basis": "=1+1", "serial": 1},
    {"name": "临时救助", "category_name": "基本社会服务",
     "details": {"网格员": "'=1", "promised_limit": {"value": 20, "unit": "工作日"}}},
    {"name": "参保登记", "category_name": "社会保险服务", "remark": "_x0041_"},
]  # fmt: skip


def form_of(edition):
    return load_workbook(io.BytesIO(exported(edition))).active


def test_the_workbook_is_laid_out_like_the_official_form(edition_of):
    edition = edition_of("public_services", ROWS)
    edition.notes = "以县政府公布的为准。"
    sheet = form_of(edition)
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0][0] == "青禾县事项目录"
    assert lines[1][0] == "青政发〔2025〕1号"
    assert lines[2] == ["序号", "类别", "事项名称", "设定依据", "备注", "承诺办结时限", "网格员", "平台编码"]
    assert lines[3][0] == "一、基本社会服务（2项）"
    assert lines[4] == [1, "基本社会服务", "低保申请", "=1+1", None, None, None, 1]
    assert [lines[6][0], lines[8][0]] == ["二、社会保险服务（1项）", "注：以县政府公布的为准。"]
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {
        f"A{row}:H{row}" for row in (1, 2, 4, 7, 9)
    }
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$1:$3")
    assert sheet.page_setup.orientation == "landscape"


def test_a_department_that_another_column_names_has_no_column_of_its_own(edition_of):
    row = {"name": "甲", "department_name": "县民政局", "details": {"superior_departments": "县民政局"}}
    edition = edition_of("cooperating_duties", [row])
    assert [cell.value for cell in form_of(edition)[3]] == ["事项名称", "对应上级部门", "平台编码"]
    assert plan_of(exported(edition), edition).counts["unchanged"] == 1


def test_a_count_stands_in_for_no_other(edition_of):
    edition = edition_of("seconded_powers", [{"name": "甲", "details": {"posts": 3}}])
    assert plan_of(exported(edition), edition).counts["unchanged"] == 1


def test_groups_are_counted_as_they_are_printed(edition_of):
    edition = edition_of("public_services", ROWS)
    declared = plan_of(exported(edition), edition).intake.layout.declared
    assert [(one.name, one.claimed, one.found) for one in declared] == [
        ("基本社会服务", 2, 2),
        ("社会保险服务", 1, 1),
    ]


@pytest.mark.parametrize("groups", [["甲", "乙", "甲"], ["甲", "", "乙"], ["甲", "甲"]])
def test_a_list_that_is_not_in_groups_gets_none(groups, edition_of):
    rows = [{"name": f"事项{place}", "category_name": name} for place, name in enumerate(groups)]
    assert EditionTable(edition_of("public_services", rows)).groups == []


def test_a_text_is_a_text_in_the_workbook(edition_of):
    edition = edition_of("public_services", ROWS)
    cell = form_of(edition)["D5"]
    assert (cell.data_type, cell.value, cell.quotePrefix, cell.number_format) == ("s", "=1+1", True, "@")
    parts = zipfile.ZipFile(io.BytesIO(exported(edition)))
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_text_is_a_text_in_the_text_table(edition_of):
    content = exported(edition_of("public_services", ROWS), "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1] == ["1", "基本社会服务", "低保申请", "'=1+1", "", "", "", "1"]
    assert rows[2][-2] == "''=1"


def test_control_characters_never_break_an_export(edition_of):
    edition = edition_of("public_services", ROWS)
    # As no door lets it in, but a database may hold it.
    edition.entries.filter(serial=1).update(name="低\x0b\x1f\ufffe申请", remark="\x01")
    assert form_of(edition)["C5"].value == "低申请"
    assert exported(edition, "csv")


def test_a_column_named_like_ours_stays_apart(edition_of):
    edition = edition_of(
        "public_services", [{"name": "甲", "remark": "我们的", "details": {"备注": "县里的"}}]
    )
    assert "备注（原列）" in [cell.value for cell in form_of(edition)[3]]
    assert plan_of(exported(edition), edition).counts == {
        "new": 0,
        "changed": 0,
        "unchanged": 1,
        "refused": 0,
        "gone": 0,
    }


def test_an_edited_export_changes_what_was_edited_and_nothing_else(edition_of):
    edition = edition_of("public_services", ROWS)
    book = load_workbook(io.BytesIO(exported(edition)))
    sheet = book.active
    sheet["C5"] = "最低生活保障申请"
    sheet["D6"] = "同上"
    sheet.delete_rows(8)
    sheet.insert_rows(7)
    for column, value in enumerate([4, "同上", "医疗救助"], start=1):
        sheet.cell(7, column, value)
    stream = io.BytesIO()
    book.save(stream)
    plan = plan_of(stream.getvalue(), edition)
    assert plan.counts == {"new": 1, "changed": 2, "unchanged": 0, "refused": 0, "gone": 1}
    renamed, kept, added = (taken.values for taken in plan.intake.rows)
    assert (renamed["name"], plan.known[plan.matching.pairs[0]].number) == ("最低生活保障申请", 1)
    assert kept["legal_basis"] == "同上"
    assert (added["name"], added["category_name"], added["legal_basis"]) == ("医疗救助", "基本社会服务", "")


def test_the_same_queries_for_2_entries_and_200(edition_of, django_assert_num_queries):
    def rows(number):
        return [{"name": f"事项{place}", "category_name": "甲"} for place in range(number)]

    for edition in (edition_of("public_services", rows(2)), edition_of("basic_duties", rows(200))):
        for form in FORMATS:
            table = EditionTable(Edition.objects.with_list().get(pk=edition.pk))
            with django_assert_num_queries(2):  # the look over it, the rows
                FORMATS[form](table).close()


def test_parts_are_numbered_as_papers_number_them():
    assert [han_number(n) for n in (1, 10, 11, 20, 21, 99, 100)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
        "100",
    ]


# --- What is typed by hand ---


@pytest.fixture
def draft(edition_of):
    return edition_of("public_services", [])


def test_a_typed_value_is_mended_as_a_cell_would_be(draft):
    entry = Entry(
        edition=draft,
        name="登记　申请 ",
        requirements="一\r\n  二",
        details={"promised_limit": "20"},
    )
    mend_typed(entry)
    assert (entry.name, entry.requirements) == ("登记申请", "一\n二")
    assert entry.details == {
        "promised_limit": {"value": 20, "unit": "工作日"},
        "promised_limit_printed": "20",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [("department_name", "县没有局"), ("responsible_unit", "没有中心"),
     ("remark", "长" * 32_768), ("remark", "😀" * 16_384)],
)  # fmt: skip
def test_what_an_import_would_refuse_is_refused_when_typed(field, value, draft):
    with pytest.raises(ValidationError) as refused:
        mend_typed(Entry(edition=draft, name="甲", **{field: value}))
    assert list(refused.value.message_dict) == [field]


def test_the_longest_text_a_cell_can_hold_comes_back_whole(edition_of):
    edition = edition_of("public_services", [{"name": "甲", "remark": "长" * 32_767}])
    assert plan_of(exported(edition), edition).counts == {
        "new": 0,
        "changed": 0,
        "unchanged": 1,
        "refused": 0,
        "gone": 0,
    }
