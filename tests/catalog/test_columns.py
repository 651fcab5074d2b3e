"""Columns a reader is unsure of: mapped by hand, remembered for the county, followed in its next file."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Event
from catalog.forms import MappingForm
from catalog.importing import meanings
from catalog.importing.planning import make_plan
from catalog.importing.report import report_of
from catalog.kinds import kind_called
from catalog.models import ColumnMeaning, Edition, ImportRun
from tests.catalog.workbooks import real, written
from tests.factories import make_user

# No heading of it says where the names stand, and nobody knows the last one.
ODD = ["序号", "类别", "办什么", "职权类别", "责任单位", "盖章情况"]
ROWS = [[1, "基本社会服务", "低保申请", "行政给付", "公共服务中心", "已盖"]]
PAGE = written(ROWS, heading=ODD)


def at(name, *args):
    return reverse(f"admin:catalog_{name}", args=args)


@pytest.fixture
def browser(clerk, signed_in):
    return signed_in(clerk)


@pytest.fixture
def upload(services, browser):
    """Upload a workbook as the clerk: gives the page it leads to."""

    def upload(content, **fields):
        data = {"file": SimpleUploadedFile("清单.xlsx", content), **fields}
        return browser.post(at("itemlist_import", services.pk), data, follow=True)

    return upload


def answers(page, **chosen):
    """What the page's form of columns sends, with some headings read otherwise."""
    form = page.context["columns_form"]
    sent = {"columns-is_remembered": "on"}
    for row in form.rows:
        field = row["field"]
        sent[field.html_name] = chosen.get(row["heading"], field.initial)
    return sent


def codes(intake):
    return [message.code for message in intake.messages]


# --- In the page ---


def test_a_refused_page_shows_every_column_as_printed_and_as_understood(upload):
    page = upload(PAGE)
    rows = {row["heading"]: row for row in page.context["columns_form"].rows}
    assert rows["办什么"]["places"] == ["Sheet!C"]
    assert rows["办什么"]["values"] == ["低保申请"]
    assert rows["办什么"]["doubt"] == rows["盖章情况"]["doubt"] == "unknown"
    assert rows["责任单位"]["field"].initial == "responsible_unit"
    assert "低保申请" in page.content.decode()
    assert not Edition.objects.exists()


def test_the_clerks_word_reads_the_same_file_again_and_the_next_one(upload, browser, clerk):
    run = ImportRun.objects.get(pk=upload(PAGE).context["run"].pk)
    page = browser.get(at("importrun_change", run.pk))
    sent = answers(page, 办什么="name", 盖章情况="-")
    preview = browser.post(at("importrun_columns", run.pk), sent, follow=True)
    edition = Edition.objects.get()
    assert preview.redirect_chain[-1][0] == at("edition_preview", edition.pk)
    assert (edition.entries.get().name, edition.entries.get().details) == ("低保申请", {})
    assert {m.heading: m.said for m in ColumnMeaning.objects.all()} == {"办什么": "name", "盖章情况": None}
    assert Event.objects.filter(action="remember", by=clerk).count() == 2

    again = upload(PAGE)
    followed = [m for m in again.context["report"]["messages"] if m["code"] == "meaning_followed"]
    assert [message["cell"] for message in followed] == ["C2", "F2"]
    assert "办什么" in followed[0]["text"]


def test_a_preview_read_again_takes_the_place_of_the_one_before(upload, browser):
    page = upload(real("service_items"))
    before = Edition.objects.get()
    sent = answers(page, 服务对象="") | {"columns-is_remembered": ""}
    browser.post(at("importrun_columns", page.context["run"].pk), sent)
    edition = Edition.objects.get()
    assert edition.pk != before.pk
    assert edition.entries.count() == 57
    assert edition.entries.get(serial=1).service_target == ""
    assert edition.entries.get(serial=1).details["服务对象"]
    assert not ColumnMeaning.objects.exists()
    assert ImportRun.objects.get().edition == edition


def test_two_columns_cannot_be_the_same(upload, browser):
    page = upload(PAGE)
    sent = answers(page, 办什么="name", 盖章情况="name")
    response = browser.post(at("importrun_columns", page.context["run"].pk), sent, follow=True)
    assert "办什么" in str(next(iter(response.context["messages"])))
    assert not Edition.objects.exists()


def test_a_heading_that_stands_twice_is_told_apart_by_letters(upload, browser):
    heading = ["序号", "名目", "名目", "责任单位"]
    page = upload(written([[1, "社会救助", "低保申请", "公共服务中心"]], heading=heading))
    form = page.context["columns_form"]
    assert [row["places"] for row in form.rows][1:3] == [["Sheet!B"], ["Sheet!C"]]
    names = {row["places"][0]: row["field"].html_name for row in form.rows}
    sent = answers(page) | {names["Sheet!B"]: "main_name", names["Sheet!C"]: "name"}
    browser.post(at("importrun_columns", page.context["run"].pk), sent)
    entry = Edition.objects.get().entries.get()
    assert (entry.main_name, entry.name) == ("社会救助", "低保申请")
    assert not ColumnMeaning.objects.filter(key__in=["b", "c"]).exists()


def test_a_colleague_reads_nothing_again(upload, county, signed_in):
    page = upload(PAGE)
    colleague = signed_in(make_user(Role.EDITOR, county))
    for name in ("columns", "again", "marked", "progress"):
        assert colleague.post(at(f"importrun_{name}", page.context["run"].pk)).status_code == 404


def test_what_was_decided_is_seen_and_taken_back_in_the_admin(qinghe, clerk, browser, auditor, signed_in):
    (meaning,) = meanings.remember(
        county=qinghe, kind="public_services", mapping={"办什么": "name"}, by=clerk
    )
    page = browser.get(at("columnmeaning_changelist")).content.decode()
    assert "办什么" in page
    assert "事项名称" in page or "项目名称" in page
    assert signed_in(auditor).post(at("columnmeaning_delete", meaning.pk), {"post": "yes"}).status_code == 403
    browser.post(at("columnmeaning_delete", meaning.pk), {"post": "yes"})
    assert not ColumnMeaning.objects.exists()
    assert Event.objects.filter(action="forget", by=clerk).count() == 1


# --- What a file speaks for ---


def test_a_file_of_one_department_is_narrowed_with_one_click_and_back(upload, browser, announced, qinghe):
    heading = ["序号", "项目名称", "责任部门"]
    before = [[1, "低保申请", "县民政局"], [2, "资助申请", "县教育局"], [3, "用地审批", "县自然资源局"]]
    announced(written(before, heading=heading))
    page = upload(written([[1, "低保申请受理", "县民政局"]], heading=heading))
    assert "县民政局" in page.content.decode()
    for what, only, gone in (("only", ["县民政局"], 1), ("whole", [], 3)):
        run = ImportRun.objects.get()
        page = browser.post(at("importrun_again", run.pk), {"what": what}, follow=True)
        assert page.context["report"]["only"] == only
        assert page.context["counts"]["gone"] == gone
    assert Edition.objects.count() == 2  # the announced one and the last import


def test_refused_rows_are_left_out_with_one_click(upload, browser):
    rows = [[1, "低保申请", "公共服务中心"], [2, "", "公共服务中心"], [3, "生育登记", "无此单位"]]
    page = upload(written(rows, heading=["序号", "项目名称", "责任单位"]))
    page = browser.post(at("importrun_again", page.context["run"].pk), {"what": "leave_out"}, follow=True)
    assert [entry.name for entry in Edition.objects.get().entries.all()] == ["低保申请"]
    assert "已拒绝" not in [row["words"] for row in page.context["ignored"]]
    assert "refused" not in [row["words"] for row in page.context["ignored"]]


# --- In the reading ---


def test_a_countys_word_is_its_own(qinghe, other_county, other_clerk, read):
    meanings.remember(county=other_county, kind="public_services", mapping={"办什么": "name"}, by=other_clerk)
    assert "missing_column" in codes(read(PAGE)) or "no_header" in codes(read(PAGE))


def test_what_is_said_of_this_file_wins_over_what_was_decided(qinghe, clerk, read):
    meanings.remember(county=qinghe, kind="public_services", mapping={"办什么": "remark"}, by=clerk)
    intake = read(PAGE, mapping={"办什么": "name"})
    assert [taken.values["name"] for taken in intake.rows] == ["低保申请"]
    assert "meaning_followed" not in codes(intake)


def test_a_heading_the_next_file_lacks_is_no_matter(qinghe, clerk, read):
    meanings.remember(county=qinghe, kind="public_services", mapping={"办什么": "name"}, by=clerk)
    assert "mapping_unknown_heading" not in codes(read(real("service_items")))


def test_a_field_of_no_such_kind_is_refused(qinghe, clerk):
    with pytest.raises(ValidationError):
        meanings.remember(county=qinghe, kind="public_services", mapping={"甲": "no_such"}, by=clerk)


def test_a_report_shows_columns_where_no_header_was_found(read):
    plan = make_plan(read(written([["甲", "乙"]], heading=["什么", "谁管"])), None)
    report = report_of(plan)
    assert [column["heading"] for column in report["tables"][0]["columns"]] == ["什么", "谁管"]
    form = MappingForm(
        {"columns-of_0": "name", "columns-of_1": "responsible_unit"},
        kind=kind_called("public_services"),
        tables=report["tables"],
    )
    assert form.is_valid()
    intake = read(written([["甲", "公共服务中心"]], heading=["什么", "谁管"]), mapping=form.mapping)
    assert intake.rows[0].values["name"] == "甲"


# --- Constraints, from both sides ---


@pytest.mark.parametrize(
    ("values", "is_fine"),
    [
        ({"field": "name"}, True),
        ({"is_left_out": True}, True),
        ({"field": "name", "is_left_out": True}, False),
        ({"key": ""}, False),
    ],
)
def test_a_meaning_says_one_thing_of_a_heading(values, is_fine, county, clerk):
    given = {"county": county, "kind": "public_services", "heading": "甲", "key": "甲", "decided_by": clerk}
    meaning = ColumnMeaning(**(given | values))
    if is_fine:
        meaning.full_clean()
        meaning.save()
        with pytest.raises(ValidationError):
            ColumnMeaning(**(given | values)).full_clean()
        return
    with pytest.raises(ValidationError):
        meaning.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        meaning.save()
