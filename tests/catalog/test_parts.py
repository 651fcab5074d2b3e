"""A workbook with all parts of a duty list, taken in as each of the three kinds; and lists of bodies."""

import io

import openpyxl
import pytest

from accounts.models import Department
from catalog.importing.report import told
from tests import factories

BASIC = [["序号", "事项名称"], [1, "学习贯彻"], [2, "发展党员"]]
COOPERATING = [
    ["序号", "事项名称", "对应上级部门", "上级部门职责", "乡镇配合职责"],
    [1, "低保", "县民政局\n县教育局", "1.县民政局：审批；\n2.县教育局：核对。", "受理"],
]
WITHDRAWN = [["序号", "事项名称", "承接部门", "工作方式"], [1, "燃气检查", "县自然资源局", "定期检查"]]
TITLES = ["一、基本履职事项清单", "二、配合履职事项清单", "三、上级部门收回事项清单"]
PARTS = [BASIC, COOPERATING, WITHDRAWN]
NAMES = {
    "basic_duties": ["学习贯彻", "发展党员"],
    "cooperating_duties": ["低保"],
    "withdrawn_matters": ["燃气检查"],
}
everyone = pytest.mark.parametrize("kind", NAMES)


def saved(sheets: dict[str, list[list]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def on_one_sheet() -> bytes:
    rows = [["榆树镇履行职责事项清单"]]
    for title, part in zip(TITLES, PARTS, strict=True):
        rows += [[title], *part]
    return saved({"Sheet1": rows})


def names(intake):
    return [row.fields["name"] for row in intake.rows]


@everyone
@pytest.mark.parametrize(
    "content",
    [
        on_one_sheet(),
        saved({"基本履职": BASIC, "配合履职": COOPERATING, "收回": WITHDRAWN}),
        saved({f"Sheet{place}": [[TITLES[place]], *part] for place, part in enumerate(PARTS)}),
        saved({f"Sheet{place}": part for place, part in enumerate(PARTS)}),
    ],
    ids=["one sheet", "named sheets", "titled sheets", "only columns"],
)
def test_each_kind_takes_its_own_part(kind, content, read):
    intake = read(content, kind=kind)
    assert names(intake) == NAMES[kind]
    assert len(intake.other_parts) == 4 - len(intake.rows)
    assert [told(message) for message in intake.messages if message.level != "note"] == []


@pytest.mark.parametrize(("kind", "part"), [*zip(NAMES, PARTS, strict=True)])
def test_a_part_alone_is_taken_whole(kind, part, read):
    intake = read(saved({"Sheet1": part}), kind=kind)
    assert names(intake) == NAMES[kind]
    assert intake.other_parts == []


def test_a_file_of_another_part_says_which_it_holds(read):
    intake = read(saved({"Sheet1": [[TITLES[1]], *COOPERATING]}), kind="basic_duties")
    (message,) = [told(message) for message in intake.messages if message.level == "error"]
    assert message["code"] == "part_missing"
    assert "配合履职事项" in message["text"]


def test_the_department_of_a_duty_is_the_one_above(read):
    cooperating = read(on_one_sheet(), kind="cooperating_duties").rows[0].fields
    withdrawn = read(on_one_sheet(), kind="withdrawn_matters").rows[0].fields
    assert cooperating["superior_departments"] == cooperating["department"] == ["县民政局", "县教育局"]
    assert withdrawn["taking_over_department"] == withdrawn["department"] == "县自然资源局"
    assert withdrawn["way_of_working"] == "定期检查"


def test_bodies_of_one_name_in_two_townships_are_no_doubles(read, qinghe):
    Department.objects.create(county=qinghe, name="县司法局")
    for town in ("榆树镇", "柳河镇"):
        factories.make_township(qinghe, name=town)
    rows = [
        ["序号", "派出部门", "派驻机构", "派驻人数", "派驻乡镇", "主要职责"],
        [1, "县司法局", "司法所", 3.0, "榆树镇", "人民调解"],
        [2, "县司法局", "司法所", "2人", "柳河镇", "人民调解"],
    ]
    intake = read(saved({"派驻机构": rows}), kind="seconded_powers")
    assert not intake.has_errors
    assert [
        tuple(
            row.fields[name]
            for name in ("name", "seconded_unit", "department", "receiving_body", "head_count")
        )
        for row in intake.rows
    ] == [("司法所", "司法所", "县司法局", "榆树镇", 3), ("司法所", "司法所", "县司法局", "柳河镇", 2)]


def test_columns_can_be_named_by_letter(read):
    intake = read(saved({"Sheet1": [["北原县清单"], [1, "低保申请"]]}), mapping={"A": "seq", "B": "name"})
    assert names(intake) == ["低保申请"]


def test_a_receiver_the_county_lacks_is_refused_with_the_nearest(read, qinghe):
    factories.make_township(qinghe, name="榆树镇")
    rows = [
        ["序号", "事项名称", "承接主体"],
        [1, "甲", "青禾县榆树镇人民政府、各街道办事处"],
        [2, "乙", "新榆树镇"],
    ]
    rows += [[3, "丙", "建制镇人民政府"], [4, "丁", "经济强镇"], [5, "戊", "各试点乡镇（街道）"]]
    intake = read(saved({"Sheet1": rows}), kind="delegated_powers", is_judged=False)
    assert [row.is_refused for row in intake.rows] == [False, True, False, False, False]
    (message,) = [told(message) for message in intake.messages if message.level == "error"]
    assert (message["code"], message["cell"]) == ("unknown_township", "C3")
    assert "榆树镇" in message["text"]
