"""Each table three ways: a new row creates, a known row updates, the same sheet twice changes nothing."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.choices import DepartmentLine, OfficeKind, TownshipKind
from accounts.models import County, Department, Office, Township, TownshipClass, TownshipSuccession, Village
from accounts.resources import (
    CountyResource,
    DepartmentResource,
    EventResource,
    OfficeResource,
    TownshipClassResource,
    TownshipResource,
    TownshipSuccessionResource,
    UserResource,
    VillageResource,
)
from accounts.resources.base import ScopedResource
from accounts.spreadsheets import Unreadable, read_tables
from catalog.models import Holiday
from catalog.resources.holidays import HolidayResource
from tests import factories
from tests.sheets import workbook

pytestmark = pytest.mark.django_db

# A sheet for each table, and what its row holds once stored.
SHEETS = {
    CountyResource: (
        [
            ["行政区划代码", "名称", "所属市州", "网站标识码", "休息日", "经度", "纬度"],
            [990103, "新禾县", "青原市", "9901030001", "周日", 126.5, 46.25],
        ],
        County,
        {
            "code": "990103",
            "name": "新禾县",
            "site_code": "9901030001",
            "hotline": "12345",
            "hall_closed_days": "周日",
            "hall_latitude": Decimal("46.25"),
        },
    ),
    HolidayResource: (
        [["日期", "节日", "安排"], ["2026-10-10", "国庆节", "补班"]],
        Holiday,
        {"day": date(2026, 10, 10), "name": "国庆节", "is_workday": True},
    ),
    DepartmentResource: (
        [["序号", "名称", "简称", "挂牌名称", "隶属"], [1, "县税务局", "税务局", None, "垂直管理部门"]],
        Department,
        {"name": "县税务局", "line": DepartmentLine.VERTICAL, "nameplates": ""},
    ),
    TownshipClassResource: (
        [["代码", "名称"], ["strong", "经济强镇"]],
        TownshipClass,
        {"code": "strong", "name": "经济强镇"},
    ),
    TownshipResource: (
        [
            ["行政区划代码", "名称", "类型", "人口", "面积(平方公里)", "经度", "纬度", "赶集日"],
            [990101201.0, "霜降满族乡", "民族乡", "11,836", 261.9, 126.33, "46.39", "农历逢三、八"],
        ],
        Township,
        {
            "code": "990101201",
            "kind": TownshipKind.ETHNIC_TOWNSHIP,
            "population": 11836,
            "area": Decimal("261.9"),
            "centre_market_days": "农历逢三、八",
        },
    ),
    TownshipSuccessionResource: (
        [
            ["原乡镇", "新乡镇", "生效日期", "文号"],
            ["谷雨镇", "990101101", "2025年1月1日", "青政发〔2024〕9号"],
        ],
        TownshipSuccession,
        {"effective_on": date(2025, 1, 1)},
    ),
    OfficeResource: (
        [
            ["乡镇", "名称", "类型", "派出部门", "编制人数", "地址", "办公时间"],
            ["谷雨镇", "司法所", "派驻机构", "民政局", 3.0, "新谷街30号", "8:00–17:00"],
        ],
        Office,
        {"name": "司法所", "kind": OfficeKind.SECONDED, "head_count": 3, "address": "新谷街30号"},
    ),
    VillageResource: (
        [["行政区划代码", "名称", "乡镇", "服务点"], ["９９０１０１１００２０１", "东谷村", "谷雨镇", None]],
        Village,
        {"code": "990101100201", "name": "东谷村", "service_point": ""},
    ),
}
EACH = pytest.mark.parametrize("resource_class", SHEETS, ids=lambda resource: resource.__name__)


@pytest.fixture
def place(county, department, township, sister_township, site_admin, clerk):
    """Who brings which sheet, with everything it may name."""
    of_all = (CountyResource, HolidayResource)
    return lambda resource_class: site_admin if resource_class in of_all else clerk


def stored(resource_class, user, rows, **options):
    """Import the rows as a workbook; the totals, and the refusals as texts."""
    resource = resource_class(user=user, **options)
    dataset = resource.dataset(read_tables(workbook(*rows)))
    result = resource.store(dataset)
    return result.totals, [str(problem) for problem in resource.problems(dataset, result)]


@EACH
def test_new_row_creates(place, resource_class):
    rows, model, expected = SHEETS[resource_class]
    before = set(model.objects.all())
    totals, problems = stored(resource_class, place(resource_class), rows)
    assert problems == []
    assert totals["new"] == 1
    (row,) = set(model.objects.all()) - before
    assert {name: getattr(row, name) for name in expected} == expected


@EACH
def test_known_row_updates(place, resource_class):
    """One column that is no part of the key is written anew."""
    rows, model, _ = SHEETS[resource_class]
    stored(resource_class, place(resource_class), rows)
    before = model.objects.count()
    resource = resource_class()
    key = {resource.fields[name].column_name for name in resource._meta.import_id_fields}
    news = {"文号": "青政发〔2024〕10号", "编制人数": 5, "简称": "税局", "名称": "改名", "节日": "中秋节"}
    heading = next(name for name in news if name in rows[0] and name not in key)
    changed = [rows[0], [news[heading] if name == heading else value for name, value in pairs(rows)]]
    totals, problems = stored(resource_class, place(resource_class), changed)
    assert problems == []
    assert (totals["new"], totals["update"]) == (0, 1)
    assert model.objects.count() == before


def pairs(rows):
    return zip(rows[0], rows[1], strict=True)


@EACH
def test_same_sheet_twice_changes_nothing(place, resource_class):
    rows, model, _ = SHEETS[resource_class]
    stored(resource_class, place(resource_class), rows)
    history = getattr(model, "history", model.objects)
    before = history.count()
    totals, problems = stored(resource_class, place(resource_class), rows)
    assert problems == []
    assert (totals["new"], totals["update"], totals["skip"]) == (0, 0, 1)
    assert history.count() == before


@EACH
def test_what_is_handed_out_comes_in_again(place, resource_class):
    rows, _, _ = SHEETS[resource_class]
    stored(resource_class, place(resource_class), rows)
    exported = resource_class(user=place(resource_class)).export()
    totals, problems = stored(resource_class, place(resource_class), [exported.headers, *exported])
    assert problems == []
    assert (totals["new"], totals["update"]) == (0, 0)


def test_every_resource_is_tried():
    def under(resource):
        return {resource, *(sub for child in resource.__subclasses__() for sub in under(child))}

    assert under(ScopedResource) - {ScopedResource, UserResource, EventResource} == set(SHEETS)


# --- Refusals, each a sentence with its row and heading ---


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["谷雨镇", None, "办公室", None, None], "名称"),
        ([None, "综合办", "办公室", None, None], "乡镇"),
        (["谷雨", "综合办", "办公室", None, None], "谷雨镇"),
        (["榆树镇", "综合办", "办公室", None, None], "榆树镇"),
        (["谷雨镇", "综合办", "科室", None, None], "办公室、中心、站所、派驻机构"),
        (["谷雨镇", "水务站", "派驻机构", "县水务局", None], "县水务局"),
        (["谷雨镇", "综合办", "派驻机构", None, None], ""),
        (["谷雨镇", "综合办", "办公室", None, "2.5"], "2.5"),
        (["谷雨镇", "综合办", "办公室", None, "三"], "三"),
        (["谷雨镇", "综合办", "办公室", None, "1e500"], "1e500"),
        (["谷雨镇", "综合办", "办公室", None, -3], "编制人数"),
        (["谷雨镇", "综" * 101, "办公室", None, None], "名称"),
    ],
)
def test_refusals_name_row_and_heading(place, clerk, other_township, other_department, row, said):
    headings = ["乡镇", "名称", "类型", "派出部门", "编制人数"]
    totals, problems = stored(OfficeResource, clerk, [headings, row])
    assert totals["new"] == 0
    assert problems
    assert all("2" in problem for problem in problems)
    assert said in " ".join(problems)
    assert not Office.objects.exists()


def test_one_refused_row_keeps_all_out(place, clerk):
    headings = ["乡镇", "名称"]
    _, problems = stored(OfficeResource, clerk, [headings, ["谷雨镇", "综合办"], ["无此镇", "综合办"]])
    assert len(problems) == 1
    assert not Office.objects.exists()


def test_row_numbers_are_those_of_the_sheet(place, clerk):
    rows = [["北原县内设机构一览表"], [], ["序号", "乡镇", "名称"], [], [1, "无此镇", "综合办"]]
    _, problems = stored(OfficeResource, clerk, rows)
    assert "5" in problems[0]
    assert "乡镇" in problems[0]


def test_the_same_key_twice_is_refused(place, clerk):
    rows = [["名称", "简称"], ["县财政局", "财政局"], ["县财政局 ", "财局"]]
    _, problems = stored(DepartmentResource, clerk, rows)
    assert len(problems) == 1
    assert not Department.objects.filter(name="县财政局").exists()


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (["名称", "名称"], "名称"),
        (["简称"], "名称"),
        (["名称", "咨询电括"], "咨询电话"),
        (["名称", None], "2"),
        (["甲", "乙"], "名称"),
    ],
)
def test_a_sheet_with_other_headings_is_refused(clerk, headings, said):
    with pytest.raises(Unreadable, match=said):
        stored(DepartmentResource, clerk, [headings, ["县财政局", "财政局"]])


@pytest.mark.parametrize("code", ["3.4E+11", "9901011002", "990101100201x"])
def test_codes_that_lost_digits_are_refused(place, clerk, code):
    rows = [["行政区划代码", "名称", "乡镇"], [code, "东谷村", "谷雨镇"]]
    _, problems = stored(VillageResource, clerk, rows)
    assert "行政区划代码" in problems[0]


def test_the_county_is_never_read_from_the_file(place, clerk, county, other_department):
    """Another county's department of the same name is neither seen nor touched."""
    totals, _ = stored(DepartmentResource, clerk, [["名称", "简称"], ["县水务局", "水务局"]])
    assert totals["new"] == 1
    other_department.refresh_from_db()
    assert other_department.short_names == ""
    assert Department.objects.get(short_names="水务局").county == county


def test_another_countys_code_is_refused(place, clerk, other_township):
    rows = [["行政区划代码", "名称", "类型"], [other_township.code, "抢来镇", "镇"]]
    _, problems = stored(TownshipResource, clerk, rows)
    assert problems
    other_township.refresh_from_db()
    assert other_township.name == "榆树镇"


def test_township_staff_bring_offices_of_their_own_township(place, township_clerk):
    _, problems = stored(OfficeResource, township_clerk, [["乡镇", "名称"], ["芒种镇", "综合办"]])
    assert problems
    totals, _ = stored(OfficeResource, township_clerk, [["乡镇", "名称"], ["谷雨镇", "综合办"]])
    assert totals["new"] == 1


def test_a_preview_writes_nothing(place, clerk, django_assert_max_num_queries):
    resource = DepartmentResource(user=clerk)
    dataset = resource.dataset(read_tables(workbook(["名称"], ["县财政局"])))
    with django_assert_max_num_queries(12) as queries:
        result = resource.preview(dataset)
    assert result.totals["new"] == 1
    assert not [query for query in queries if "INSERT" in query["sql"] or "UPDATE" in query["sql"]]


def test_columns_left_out_stay_as_they_are(place, clerk, department):
    stored(DepartmentResource, clerk, [["名称", "咨询电话"], [department.name, "0000-1"]])
    department.refresh_from_db()
    assert (department.short_names, department.phone) == ("民政局", "0000-1")


def test_history_names_who_brought_the_sheet(place, clerk):
    stored(DepartmentResource, clerk, [["名称"], ["县财政局"]])
    assert Department.objects.get(name="县财政局").history.get().history_user == clerk


def test_users_are_handed_out_without_secrets(keeper, clerk, department_clerk):
    exported = UserResource(user=keeper).export()
    assert not [name for name in exported.headers if "密码" in name or "password" in name]
    assert ["department_clerk", "", "部门工作人员", "县民政局", "", "是", ""] in [
        list(row) for row in exported
    ]
    assert factories.PASSWORD not in exported.csv
