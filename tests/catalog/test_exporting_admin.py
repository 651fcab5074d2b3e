"""Downloads in the admin: who may have what, what they are called, and what stays on record."""

from datetime import date
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Event
from catalog import publishing
from catalog.models import Edition, ImportRun
from tests.catalog.workbooks import real, written
from tests.factories import make_user

pytestmark = pytest.mark.once

ROW = [1, "基本社会服务", "低保申请", "行政给付", "公共服务中心", "", "", ""]
ROWS = written([ROW])
REFUSED = written([[1, "基本社会服务", "低保申请", "行政许司", "公共服务中心", "", "", ""]])


def at(name, *args):
    return reverse(f"admin:catalog_{name}", args=args)


def downloads(edition):
    return [
        at("edition_export", edition.pk, "xlsx"),
        at("edition_export", edition.pk, "csv"),
        at("edition_paper", edition.pk),
        at("edition_source", edition.pk),
        at("edition_report", edition.pk),
    ]


@pytest.fixture
def draft(imported, clerk):
    return publishing.confirm(edition=imported(ROWS), by=clerk)


def got(browser, address):
    """The response, and its body read to the end, which closes its file."""
    response = browser.get(address)
    return response, response.getvalue()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.AUDITOR])
def test_who_reads_the_countys_lists_may_take_them_out(role, draft, county, signed_in):
    browser = signed_in(make_user(role, county))
    for address in downloads(draft):
        assert got(browser, address)[0].status_code == 200


def test_another_county_and_a_keeper_find_nothing(draft, services, other_clerk, keeper, signed_in):
    for person in (other_clerk, keeper):
        for address in [*downloads(draft), at("itemlist_template", services.pk)]:
            assert signed_in(person).get(address).status_code in (403, 404)
    assert not Event.objects.filter(action="export").exists()


def test_nobody_signs_in_by_a_download(draft, client):
    for address in downloads(draft):
        assert client.get(address).status_code == 302


def test_each_way_out_is_on_record(draft, clerk, signed_in):
    for address in downloads(draft):
        got(signed_in(clerk), address)
    forms = [event.details["form"] for event in Event.objects.about(draft).filter(action="export", by=clerk)]
    assert sorted(forms) == ["A4", "csv", "report", "source", "xlsx"]


def test_names_arrive_in_chinese(draft, clerk, signed_in):
    response, _content = got(signed_in(clerk), at("edition_export", draft.pk, "csv"))
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('事项目录（草案）.csv')}"


def test_a_hostile_title_ends_no_header(draft, clerk, signed_in):
    Edition.objects.update(title='a"b/../c\r\nSet-Cookie: x=1;长' * 7)
    response, _content = got(signed_in(clerk), at("edition_export", draft.pk, "xlsx"))
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert "/" not in response["Content-Disposition"]


def test_an_announced_edition_says_its_day(announced, clerk, signed_in):
    edition = announced(ROWS)
    response, _content = got(signed_in(clerk), at("edition_export", edition.pk, "xlsx"))
    assert quote("（2025-01-01）.xlsx") in response["Content-Disposition"]


def test_what_is_not_confirmed_is_not_taken_out_but_its_report_is(imported, clerk, county, signed_in):
    edition = imported(ROWS)
    browser = signed_in(clerk)
    statuses = [got(browser, address)[0].status_code for address in downloads(edition)]
    assert statuses == [404, 404, 404, 200, 200]
    colleague = signed_in(make_user(Role.EDITOR, county))
    assert {colleague.get(address).status_code for address in downloads(edition)} == {404}


def test_the_source_comes_back_byte_for_byte(draft, clerk, signed_in):
    response, content = got(signed_in(clerk), at("edition_source", draft.pk))
    assert content == ROWS
    assert quote("清单.xlsx") in response["Content-Disposition"]


def test_a_draft_typed_by_hand_has_no_source(services, clerk, signed_in):
    edition = publishing.begin_draft(item_list=services, by=clerk)
    browser = signed_in(clerk)
    assert browser.get(at("edition_source", edition.pk)).status_code == 404
    assert browser.get(at("edition_report", edition.pk)).status_code == 404
    assert got(browser, at("edition_export", edition.pk, "xlsx"))[0].status_code == 200


def test_no_other_format_is_written(draft, clerk, signed_in):
    assert signed_in(clerk).get(at("edition_export", draft.pk, "json")).status_code == 404


def test_reading_a_draft_on_paper_is_no_work_on_it(draft, county, approver, signed_in):
    county.needs_second_person = True
    county.save()
    got(signed_in(approver), at("edition_paper", draft.pk))
    day = draft.created_at.date()
    publishing.announce(edition=draft, by=approver, published_on=day, effective_on=day)


def test_the_paper_holds_title_number_rows_notes_and_places_to_sign(draft, clerk, signed_in):
    Edition.objects.update(notes="以公布的为准。\n第二行", title="<b>目录</b>")
    page = got(signed_in(clerk), at("edition_paper", draft.pk))[1].decode()
    for words in (
        "&lt;b&gt;目录&lt;/b&gt;",
        "青政发〔2025〕1号",
        "低保申请",
        "以公布的为准",
        "签发人",
        "盖章",
        "草案",
    ):
        assert words in page
    assert "css/paper.css" in page
    assert "style=" not in page


@pytest.mark.parametrize("way", ["edition_paper", "edition_export"])
def test_a_way_out_costs_the_same_for_2_entries_and_200(
    way, announced, clerk, signed_in, django_assert_num_queries
):
    rows = [[n, "基本社会服务", f"事项{n}", "公共服务", "公共服务中心", "", "", ""] for n in range(1, 201)]
    small, large = announced(written(rows[:2])), announced(written(rows), date(2025, 2, 1))
    form = ["xlsx"] if way == "edition_export" else []
    browser = signed_in(clerk)
    got(browser, at(way, small.pk, *form))
    # Session, person, phone, edition, reach, the look over the entries, the entries, the event.
    for edition in (small, large):
        with django_assert_num_queries(8):
            got(browser, at(way, edition.pk, *form))


# --- Refused files ---


@pytest.fixture
def refused(services, clerk, signed_in):
    """The run of a refused upload."""
    file = SimpleUploadedFile("清单 甲.xlsx", REFUSED)
    signed_in(clerk).post(at("itemlist_import", services.pk), {"file": file})
    return ImportRun.objects.get()


def test_a_refused_file_comes_back_marked_and_nothing_is_stored(refused, clerk, signed_in):
    browser = signed_in(clerk)
    page = browser.get(at("importrun_change", refused.pk)).content.decode()
    assert at("importrun_marked", refused.pk) in page
    for _again in range(2):
        response, content = got(browser, at("importrun_marked", refused.pk))
        assert content.startswith(b"PK")
        assert quote("清单 甲") in response["Content-Disposition"]
    assert not Edition.objects.exists()


def test_a_refused_file_is_its_uploaders_alone(refused, county, auditor, signed_in):
    for stranger in (make_user(Role.EDITOR, county), auditor):
        browser = signed_in(stranger)
        assert browser.get(at("importrun_marked", refused.pk)).status_code in (403, 404)
        assert browser.get(at("importrun_change", refused.pk)).status_code in (302, 403, 404)


def test_what_could_not_be_read_does_not_come_back(services, clerk, signed_in):
    file = SimpleUploadedFile("清单.xlsx", b"%PDF-1.7")
    browser = signed_in(clerk)
    browser.post(at("itemlist_import", services.pk), {"file": file})
    run = ImportRun.objects.get()
    page = browser.get(at("importrun_change", run.pk)).content.decode()
    assert at("importrun_marked", run.pk) not in page
    assert browser.get(at("importrun_marked", run.pk)).status_code == 404


# --- Buttons ---


def test_every_way_out_is_offered_where_one_looks_for_it(draft, services, clerk, signed_in):
    browser = signed_in(clerk)
    page = browser.get(at("edition_change", draft.pk)).content.decode()
    assert all(address in page for address in downloads(draft)[:4])
    assert downloads(draft)[4] in browser.get(at("edition_preview", draft.pk)).content.decode()
    for name in ("itemlist_change", "itemlist_import"):
        assert at("itemlist_template", services.pk) in browser.get(at(name, services.pk)).content.decode()


def test_a_template_is_for_everyone_of_the_county(services, auditor, signed_in):
    response, content = got(signed_in(auditor), at("itemlist_template", services.pk))
    assert content.startswith(b"PK")
    assert quote("青禾县") in response["Content-Disposition"]


def test_a_real_list_walks_out_and_in_again_unchanged(announced, clerk, signed_in, services):
    edition = announced(real("service_items"))
    browser = signed_in(clerk)
    content = got(browser, at("edition_export", edition.pk, "xlsx"))[1]
    browser.post(at("itemlist_import", services.pk), {"file": SimpleUploadedFile("出.xlsx", content)})
    page = browser.get(at("edition_preview", Edition.objects.latest("pk").pk))
    assert page.context["counts"] == {"new": 0, "changed": 0, "unchanged": 57, "gone": 0}
