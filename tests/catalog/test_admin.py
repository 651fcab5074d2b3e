"""The staff's screens: upload, preview, decide, confirm, type, announce; and who may not."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.choices import Role
from accounts.models import County, Event
from catalog import publishing
from catalog.admin.preview import shown_messages
from catalog.choices import EditionState
from catalog.models import Basis, Edition, Entry, Handling, Item, Suggestion
from tests.catalog.workbooks import real, service_rows, written
from tests.factories import make_user

ROWS = written([[1, "基本社会服务", "低保申请", "行政给付", "公共服务中心", "", "", ""]])


def at(name, *args):
    return reverse(f"admin:catalog_{name}", args=args)


@pytest.fixture
def upload(services, clerk, signed_in):
    """Upload bytes as the clerk would: gives the page it leads to."""

    def upload(content, by=clerk, name="清单.xlsx", **fields):
        data = {"file": SimpleUploadedFile(name, content), **fields}
        return signed_in(by).post(at("itemlist_import", services.pk), data, follow=True)

    return upload


def test_a_workbook_leads_to_its_preview(upload):
    response = upload(real("service_items"))
    edition = Edition.objects.get()
    assert response.redirect_chain[-1][0] == at("edition_preview", edition.pk)
    page = response.content.decode()
    assert "<strong>57</strong>" in page
    assert "Sheet1!G43" in page


def test_what_the_form_states_wins_over_the_sheet(upload):
    upload(real("service_items"), document_number="青政发〔2026〕9号")
    assert Edition.objects.get().document_number == "青政发〔2026〕9号"


def test_errors_are_shown_by_cell_and_nothing_is_stored(upload):
    rows = service_rows()
    rows[3][2] = None
    response = upload(written(rows))
    page = response.content.decode()
    assert response.status_code == 200
    assert "C6" in page
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"<html><body>1</body></html>", b"PK\x03\x04 cut off", b"\x00" * 100],
)
def test_what_is_no_workbook_is_answered_with_a_sentence(content, upload):
    response = upload(content)
    assert response.status_code == 200
    assert response.context["report"]["messages"][0]["text"]
    assert 'value="same"' in response.content.decode()
    assert not Edition.objects.exists()


def test_an_empty_upload_is_named(upload):
    assert upload(b"").context["form"].errors["file"]


def test_a_file_over_ten_megabytes_is_refused_by_its_size(upload):
    response = upload(b"x" * (10 * 2**20 + 1))
    assert "10" in response.context["form"].errors["file"][0]


def test_a_stated_title_too_long_is_named_at_its_field(upload):
    assert "title" in upload(ROWS, title="长" * 201).context["form"].errors


def test_decisions_are_stored_and_followed(upload, services, clerk, signed_in, announced):
    announced(written([[1, "基本社会服务", "老年人优待证办理", "公共服务", "公共服务中心", "", "", ""]]))
    upload(written([[1, "基本社会服务", "老年人优待证申请办理", "公共服务", "公共服务中心", "", "", ""]]))
    edition = Edition.objects.get(state=EditionState.UNCONFIRMED)
    suggestion = Suggestion.objects.get()
    browser = signed_in(clerk)
    browser.post(at("edition_decide", edition.pk), {f"{suggestion.pk}-decision": "renamed"})
    assert edition.entries.get().item == suggestion.item
    response = browser.get(at("edition_preview", edition.pk))
    assert response.context["counts"] == {"new": 0, "changed": 1, "unchanged": 0, "gone": 0}


def test_a_forged_decision_changes_nothing(upload, clerk, signed_in, announced):
    announced(written([[1, "基本社会服务", "老年人优待证办理", "公共服务", "公共服务中心", "", "", ""]]))
    upload(written([[1, "基本社会服务", "老年人优待证申请办理", "公共服务", "公共服务中心", "", "", ""]]))
    suggestion = Suggestion.objects.get()
    data = {f"{suggestion.pk}-decision": "no such thing"}
    response = signed_in(clerk).post(at("edition_decide", suggestion.entry.edition_id), data)
    suggestion.refresh_from_db()
    assert response.status_code == 302
    assert suggestion.decision == ""


def token_of(browser, edition):
    """What the preview's confirming button sends."""
    form = browser.get(at("edition_preview", edition.pk)).context["confirm_form"]
    return {"token": form.initial["token"]}


def test_confirming_twice_says_so_and_changes_nothing(upload, clerk, signed_in):
    upload(ROWS)
    edition = Edition.objects.get()
    browser = signed_in(clerk)
    sent = token_of(browser, edition)
    first = browser.post(at("edition_confirm", edition.pk), sent)
    again = browser.post(at("edition_confirm", edition.pk), sent, follow=True)
    assert first.url == at("edition_change", edition.pk)
    assert [message.level_tag for message in again.context["messages"]] == ["success", "error"]
    assert edition.entries.count() == 1


@pytest.mark.parametrize("token", ["", "forged", "WzEsMV0:1:forged"])
def test_without_the_previews_own_token_nothing_is_confirmed(token, upload, clerk, signed_in):
    upload(ROWS)
    edition = Edition.objects.get()
    signed_in(clerk).post(at("edition_confirm", edition.pk), {"token": token})
    assert Edition.objects.get().state == EditionState.UNCONFIRMED


def test_a_token_is_good_for_its_own_import_alone(upload, clerk, signed_in):
    upload(ROWS)
    first = Edition.objects.get()
    browser = signed_in(clerk)
    sent = token_of(browser, first)
    upload(real("service_items"))
    second = Edition.objects.exclude(pk=first.pk).get()
    browser.post(at("edition_confirm", second.pk), sent)
    second.refresh_from_db()
    assert second.state == EditionState.UNCONFIRMED


def test_a_large_loss_is_confirmed_by_typing_its_number(upload, announced, clerk, signed_in):
    announced(written(service_rows()))
    upload(written(service_rows()[:40]))
    edition = Edition.objects.get(state=EditionState.UNCONFIRMED)
    browser = signed_in(clerk)
    sent = token_of(browser, edition)
    for typed in ({}, {"gone": "16"}):
        browser.post(at("edition_confirm", edition.pk), sent | typed)
        edition.refresh_from_db()
        assert edition.state == EditionState.UNCONFIRMED
    browser.post(at("edition_confirm", edition.pk), sent | {"gone": "17"})
    edition.refresh_from_db()
    assert edition.state == EditionState.DRAFT


def test_refused_rows_are_left_out_only_when_the_clerk_says_so(upload):
    rows = service_rows()
    rows[3][2] = None
    upload(written(rows), leave_out_refused="on")
    edition = Edition.objects.get()
    assert edition.entries.count() == 56
    assert [row["reason"] for row in edition.report["ignored"]].count("refused") == 1


def test_the_second_clerk_is_told_of_the_first(upload, services, county, signed_in):
    upload(ROWS)
    colleague = make_user(Role.EDITOR, county, username="colleague")
    page = signed_in(colleague).get(at("itemlist_import", services.pk))
    assert [other.created_by.username for other in page.context["others"]] == ["clerk"]


def test_what_is_read_and_not_confirmed_is_its_clerks_alone(upload, county, signed_in):
    upload(ROWS)
    edition = Edition.objects.get()
    colleague = signed_in(make_user(Role.EDITOR, county))
    assert colleague.get(at("edition_preview", edition.pk)).status_code == 404
    assert colleague.post(at("edition_confirm", edition.pk)).status_code == 404
    assert not colleague.get(at("entry_changelist")).context["cl"].result_count


def test_another_county_reaches_nothing(upload, services, other_clerk, signed_in):
    upload(ROWS)
    edition = Edition.objects.get()
    stranger = signed_in(other_clerk)
    assert upload(ROWS, by=other_clerk).status_code == 404
    for name in ("preview", "confirm", "discard", "announce", "repeal", "decide"):
        assert stranger.post(at(f"edition_{name}", edition.pk)).status_code == 404
    assert Edition.objects.get().state == EditionState.UNCONFIRMED


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.APPROVER])
def test_who_only_reads_cannot_upload_confirm_or_discard(role, upload, county, imported, clerk, signed_in):
    edition = publishing.confirm(edition=imported(ROWS), by=clerk)
    person = make_user(role, county)
    assert upload(ROWS, by=person).status_code == 403
    assert signed_in(person).post(at("edition_discard", edition.pk)).status_code == 403
    assert Edition.objects.exists()


def test_a_typed_entry_joins_the_draft(imported, clerk, signed_in):
    edition = publishing.confirm(edition=imported(ROWS), by=clerk)
    data = {
        "edition": edition.pk,
        "name": "法律援助申请转交",
        "bases-TOTAL_FORMS": 0,
        "bases-INITIAL_FORMS": 0,
    }
    response = signed_in(clerk).post(at("entry_add"), data)
    assert response.status_code == 302
    assert edition.entries.get(name="法律援助申请转交").item.number == 2


def test_a_typed_double_is_refused_above_the_form(imported, clerk, signed_in):
    edition = publishing.confirm(edition=imported(ROWS), by=clerk)
    data = {"edition": edition.pk, "name": "低保申请", "responsible_unit": "公共服务中心"}
    data |= {"bases-TOTAL_FORMS": 0, "bases-INITIAL_FORMS": 0}
    response = signed_in(clerk).post(at("entry_add"), data)
    assert response.status_code == 200
    assert response.context["errors"]
    assert Entry.objects.count() == 1


def test_an_entry_cannot_be_added_to_an_announced_edition(announced, clerk, signed_in):
    edition = announced(ROWS)
    data = {"edition": edition.pk, "name": "后来的事项", "bases-TOTAL_FORMS": 0, "bases-INITIAL_FORMS": 0}
    response = signed_in(clerk).post(at("entry_add"), data)
    assert response.status_code == 200
    assert Entry.objects.count() == 1


def test_an_announced_entry_opens_read_only(announced, clerk, signed_in):
    entry = announced(ROWS).entries.get()
    browser = signed_in(clerk)
    assert browser.get(at("entry_change", entry.pk)).status_code == 200
    assert browser.post(at("entry_change", entry.pk), {"name": "改"}).status_code == 403
    assert browser.post(at("entry_delete", entry.pk), {"post": "yes"}).status_code == 403


def test_announcing_asks_for_the_days_and_publishes(imported, clerk, signed_in):
    edition = publishing.confirm(edition=imported(ROWS), by=clerk)
    browser = signed_in(clerk)
    page = browser.get(at("edition_announce", edition.pk))
    assert page.context["counts"]["new"] == 1
    days = {"published_on": "2025-06-30", "effective_on": "2025-07-01"}
    response = browser.post(at("edition_announce", edition.pk), days)
    assert list(response.context["form"].errors) == ["is_past_meant"]
    response = browser.post(at("edition_announce", edition.pk), days | {"is_past_meant": "on"})
    assert response.status_code == 302
    assert Edition.objects.in_force(date(2025, 7, 1)).get() == edition


def test_a_refused_announcement_names_its_field(announced, imported, clerk, signed_in):
    announced(ROWS, date(2025, 7, 1))
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    days = {"published_on": "2025-01-01", "effective_on": "2025-01-01", "is_past_meant": "on"}
    response = signed_in(clerk).post(at("edition_announce", draft.pk), days)
    assert response.context["form"].errors["effective_on"]


def test_a_draft_is_discarded_only_after_a_question(imported, clerk, signed_in):
    edition = publishing.confirm(edition=imported(ROWS), by=clerk)
    browser = signed_in(clerk)
    assert browser.get(at("edition_discard", edition.pk)).status_code == 200
    assert Edition.objects.exists()
    browser.post(at("edition_discard", edition.pk))
    assert not Edition.objects.exists()


def test_the_record_of_a_draft_is_edited_in_its_form(imported, clerk, signed_in):
    edition = publishing.confirm(edition=imported(ROWS), by=clerk)
    browser = signed_in(clerk)
    form = browser.get(at("edition_change", edition.pk)).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields} | {"title": "新的标题"}
    response = browser.post(at("edition_change", edition.pk), data)
    assert response.status_code == 302
    assert Edition.objects.get().title == "新的标题"


def test_an_empty_draft_is_begun_from_its_list(services, clerk, signed_in):
    signed_in(clerk).post(at("itemlist_begin", services.pk))
    assert Edition.objects.get().state == EditionState.DRAFT


@pytest.mark.parametrize(
    "name", ["itemlist", "edition", "entry", "item", "guide", "handling", "category", "law"]
)
def test_a_changelist_costs_the_same_for_2_rows_and_22(
    name, announced, clerk, signed_in, django_assert_max_num_queries
):
    rows = [[n, "基本社会服务", f"事项{n}", "公共服务", "公共服务中心", "", "", ""] for n in range(1, 23)]
    browser = signed_in(clerk)
    announced(written(rows[:2]))
    browser.get(at(f"{name}_changelist"))
    with django_assert_max_num_queries(30) as few:
        browser.get(at(f"{name}_changelist"))
    announced(written(rows), date(2025, 2, 1))
    with django_assert_max_num_queries(len(few)):
        browser.get(at(f"{name}_changelist"))


def test_a_draft_has_no_public_page_to_lead_to(imported, clerk, signed_in):
    edition = publishing.confirm(edition=imported(ROWS), by=clerk)
    browser = signed_in(clerk)
    assert browser.get(at("edition_change", edition.pk)).status_code == 200
    assert browser.get(at("entry_change", edition.entries.get().pk)).status_code == 200
    for row in (edition, edition.entries.get()):
        kind = ContentType.objects.get_for_model(row).pk
        assert browser.get(reverse("admin:view_on_site", args=[kind, row.pk])).status_code == 404


def test_a_form_left_open_over_an_announcement_is_refused(announced, clerk, signed_in):
    edition = announced(ROWS)
    response = signed_in(clerk).post(at("edition_change", edition.pk), {"title": "改"})
    assert response.status_code == 403
    assert Edition.objects.get().title == "事项目录"


def test_the_side_filter_hides_what_a_colleague_has_not_confirmed(upload, county, signed_in):
    upload(ROWS, title="尚未确认的清单")
    colleague = signed_in(make_user(Role.EDITOR, county))
    assert "尚未确认的清单" not in colleague.get(at("entry_changelist")).content.decode()


def test_taking_away_an_exception_is_public_at_once(announced, township, clerk, signed_in):
    item = announced(ROWS).entries.get().item
    handling = Handling.objects.create(item=item, township=township, valid_from=date(2025, 1, 1))
    before = County.objects.get(pk=item.county_id).publications
    signed_in(clerk).post(at("handling_delete", handling.pk), {"post": "yes"})
    assert not Handling.objects.exists()
    assert County.objects.get(pk=item.county_id).publications == before + 1
    assert Event.objects.filter(action="delete").count() == 1


def test_items_are_chosen_by_name_and_code(announced, clerk, signed_in):
    item = announced(ROWS).entries.get().item
    browser = signed_in(clerk)
    asked = {"app_label": "catalog", "model_name": "guide", "field_name": "item", "term": ""}
    (found,) = browser.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert found["text"] == f"低保申请 ({item.code})"
    guide = item.guides.create(valid_from=date(2026, 1, 1))
    page = browser.get(at("guide_change", guide.pk)).content.decode()
    assert f"低保申请 ({item.code})" in page


def test_editions_of_one_title_are_told_apart(announced, imported, clerk, signed_in):
    announced(ROWS, date(2025, 7, 1))
    publishing.confirm(edition=imported(ROWS), by=clerk)
    shown = [str(edition) for edition in Edition.objects.all()]
    assert len(set(shown)) == 2
    page = signed_in(clerk).get(at("entry_changelist")).content.decode()
    assert all(one in page for one in shown)
    assert "2025-07-01" in page


def test_the_first_fifty_messages_of_each_level_are_shown():
    told = [{"level": level} for level in ("note", "error", "warning") for _each in range(60)]
    shown = shown_messages({"messages": told}, None)
    assert [message["level"] for message in shown["messages_shown"]] == (
        ["error"] * 50 + ["warning"] * 50 + ["note"] * 50
    )
    assert shown["messages_left"] == 30
    assert shown_messages({"messages": told}, "note")["messages_left"] == 10


def test_what_was_imported_is_undone_as_a_whole(upload, services, clerk, signed_in):
    upload(real("service_items"))
    browser = signed_in(clerk)
    edition = Edition.objects.get()
    browser.post(at("edition_confirm", edition.pk), token_of(browser, edition))
    assert Item.objects.count() == 57
    browser.post(at("edition_discard", edition.pk))
    left = [model.objects.count() for model in (Edition, Entry, Basis, Item, Suggestion)]
    assert left == [0, 0, 0, 0, 0]
    acts = Event.objects.filter(subject_id=edition.pk).order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["import", "confirm", "discard"]
