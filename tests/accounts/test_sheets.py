"""Import and export in the admin: preview, token, confirmation, template, files without live formulas."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts import uploads
from accounts.models import Department, Event
from accounts.spreadsheets import read_tables
from accounts.spreadsheets.reading import MAX_BYTES
from tests import factories
from tests.sheets import cells, upload, values, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.once]

IMPORT = "/admin/accounts/department/import/"
CONFIRM = "/admin/accounts/department/process_import/"
EXPORT = "/admin/accounts/department/export/"
ROWS = [["名称", "简称"], ["县财政局", "财政局"]]


@pytest.fixture(autouse=True)
def empty_storage():
    """The storage in memory outlives a test."""
    for name in kept():
        default_storage.delete(f"{uploads.FOLDER}/{name}")


@pytest.fixture
def preview(signed_in, clerk):
    """Upload a table: `preview(*rows)`, with the answer's browser at hand as `preview.browser`."""

    def preview(*rows, content=None, name="table.xlsx"):
        content = workbook(*rows) if content is None else content
        return preview.browser.post(IMPORT, {"import_file": upload(content, name)})

    preview.browser = signed_in(clerk)
    return preview


def kept():
    return default_storage.listdir(uploads.FOLDER)[1] if default_storage.exists(uploads.FOLDER) else []


def test_preview_stores_nothing_and_confirming_stores(preview, clerk):
    answer = preview(*ROWS)
    assert "县财政局" in answer.content.decode()
    assert not Department.objects.exists()

    answer = preview.browser.post(CONFIRM, {"token": answer.context["token"]})
    assert answer.status_code == 302
    assert Department.objects.get().history.get().history_user == clerk
    assert kept() == []


def test_preview_shows_before_and_after_and_leaves_out_the_unchanged(preview, department):
    page = preview(["名称", "简称"], ["县民政局", "民政局、<b>民局"]).content.decode()
    assert "<del>民政局</del> <ins>民政局、&lt;b&gt;民局</ins>" in page
    assert "style=" not in page.split('id="preview"')[1]
    assert 'class="update"' not in preview(["名称", "简称"], ["县民政局", "民政局"]).content.decode()


def test_refusals_are_shown_and_nothing_can_be_confirmed(preview):
    answer = preview(["名称", "隶属"], ["县财政局", "不知道"])
    assert answer.context["token"] is None
    assert [(problem.row, problem.heading) for problem in answer.context["problems"]] == [(2, "隶属")]
    assert kept() == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.xlsx"),
        (b"<table></table>", "a.html"),
        (b"PK\x03\x04x", "a.xlsx"),
        (b"x" * (MAX_BYTES + 1), "a.csv"),
    ],
)
def test_a_file_that_is_no_table_is_told_in_a_sentence(preview, content, name):
    answer = preview(content=content, name=name)
    assert answer.status_code == 200
    assert answer.context["form"].errors["import_file"]


def test_a_text_table_in_gb18030_is_read(preview):
    answer = preview(content="名称\r\n县财政局\r\n".encode("gb18030"), name="a.csv")
    assert answer.context["result"].totals["new"] == 1


def test_a_double_click_is_no_server_error(preview):
    token = preview(*ROWS).context["token"]
    answers = [preview.browser.post(CONFIRM, {"token": token}) for _ in range(2)]
    assert [answer.url for answer in answers] == ["/admin/accounts/department/", IMPORT]
    assert Department.objects.count() == 1


def test_another_persons_upload_cannot_be_confirmed(preview, signed_in, county, other_clerk):
    colleague = factories.make_user(county=county)
    token = preview(*ROWS).context["token"]
    for person in (colleague, other_clerk):
        signed_in(person).post(CONFIRM, {"token": token})
    assert not Department.objects.exists()
    assert len(kept()) == 1


def test_a_token_is_for_one_table(preview):
    token = preview(*ROWS).context["token"]
    preview.browser.post("/admin/accounts/township/process_import/", {"token": token})
    assert len(kept()) == 1


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "\0", "a:b:c"])
def test_odd_tokens_lead_back(preview, token):
    answer = preview.browser.post(
        CONFIRM, {"token": token, "import_file_name": "/etc/hosts", "format": "99", "resource": "x"}
    )
    assert answer.status_code == 302
    assert answer.url == IMPORT


def test_an_old_token_leads_back(preview, monkeypatch):
    token = preview(*ROWS).context["token"]
    monkeypatch.setattr(uploads, "LIFETIME", -uploads.LIFETIME)
    assert preview.browser.post(CONFIRM, {"token": token}).url == IMPORT
    assert not Department.objects.exists()


def test_what_was_never_confirmed_is_swept(preview, monkeypatch):
    preview(*ROWS)
    monkeypatch.setattr(uploads, "LIFETIME", -uploads.LIFETIME)
    uploads.sweep()
    assert kept() == []


def test_data_changed_since_the_preview_stores_nothing_and_says_so(preview, county):
    """A township of the new one's name appears between the two steps."""
    rows = [["行政区划代码", "名称", "类型"], ["990101102", "小满镇", "镇"], ["990101103", "夏至镇", "镇"]]
    address = "/admin/accounts/township/"
    answer = preview.browser.post(f"{address}import/", {"import_file": upload(workbook(*rows))})
    token = answer.context["token"]
    factories.make_township(county, 150, "夏至镇")

    answer = preview.browser.post(f"{address}process_import/", {"token": token})
    assert answer.status_code == 200
    assert [problem.row for problem in answer.context["problems"]] == [3]
    assert [str(message) for message in answer.context["messages"]]
    assert not county.townships.filter(name="小满镇").exists()


def test_confirming_needs_a_post_and_the_permission(preview, signed_in, approver):
    assert preview.browser.get(CONFIRM).status_code == 405
    assert signed_in(approver).post(CONFIRM, {"token": "x"}).status_code == 403
    assert signed_in(approver).post(IMPORT, {"import_file": upload(workbook(*ROWS))}).status_code == 403


@pytest.mark.parametrize("model", ["department", "township", "townshipclass", "office", "village"])
def test_the_template_has_headings_and_explains_them(signed_in, clerk, model):
    content = signed_in(clerk).get(reverse(f"admin:accounts_{model}_template")).content
    (headings,) = values(content)
    assert [row[0] for row in values(content, "填写说明")[1:]] == headings
    assert next(iter(read_tables(content).values())) == [(1, headings)]


def test_the_template_names_what_may_be_filled_in(signed_in, clerk):
    content = signed_in(clerk).get(reverse("admin:accounts_office_template")).content
    assert "办公室、中心、站所、派驻机构" in [row[3] for row in values(content, "填写说明")]


@pytest.mark.parametrize(("number", "read"), [("0", None), ("1", "csv")])
def test_exports_hold_own_rows_and_no_formula(signed_in, clerk, county, other_department, number, read):
    Department.objects.create(county=county, name='=HYPERLINK("http://x")', phone="+86\x0b0000")
    answer = signed_in(clerk).post(EXPORT, {"format": number, "resource": "0"})
    assert answer.status_code == 200
    if read == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "'=HYPERLINK" in text
        assert "'+860000" in text
        assert "县水务局" not in text
        return
    row = cells(answer.content)[1]
    assert (row[0].data_type, row[0].value) == ("s", '=HYPERLINK("http://x")')
    assert len(cells(answer.content)) == 2


def test_an_import_is_on_record_and_a_long_preview_is_cut(preview, clerk):
    answer = preview(["名称"], *[[f"县第{number}局"] for number in range(250)])
    assert answer.content.decode().count('<tr class="new">') == 200
    preview.browser.post(CONFIRM, {"token": answer.context["token"]})
    event = Event.objects.get()
    assert (event.action, event.by, event.details["new"]) == ("imported", clerk, 250)


def test_an_export_follows_the_filters_of_the_list(signed_in, clerk, county):
    factories.make_department(county, "县财政局")
    factories.make_department(county, "县税务局", line="vertical")
    answer = signed_in(clerk).post(f"{EXPORT}?line__exact=vertical", {"format": "0", "resource": "0"})
    assert [row[0] for row in values(answer.content)[1:]] == ["县税务局"]


def test_export_of_forged_ids_holds_own_rows_only(signed_in, clerk, department, other_department):
    post = {"format": "0", "resource": "0", "export_items": [department.pk, other_department.pk]}
    answer = signed_in(clerk).post(EXPORT, post)
    assert "县水务局".encode() not in answer.content


@pytest.mark.parametrize("number", ["7", "x", ""])
def test_odd_formats_are_told(signed_in, clerk, number):
    assert signed_in(clerk).post(EXPORT, {"format": number, "resource": "0"}).status_code == 200
