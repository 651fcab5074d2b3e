"""What only one kind of list has is typed in the entry's form, and read as an import reads a cell."""

import pytest
from django.urls import reverse

from catalog.choices import EditionState
from catalog.models import Entry, ItemList, ItemNumbering
from tests.catalog import published

ADD = reverse("admin:catalog_entry_add")
NO_BASES = {"bases-TOTAL_FORMS": 0, "bases-INITIAL_FORMS": 0}


@pytest.fixture
def draft(county, clerk):
    """A catalogue of entrusted powers, read and not yet confirmed."""
    catalogue = ItemList.objects.create(county=county, kind="entrusted_powers")
    ItemNumbering.draw(county, 1)
    return published.issue(catalogue, ["占道处罚"], state=EditionState.UNCONFIRMED, created_by=clerk)


def page(draft, clerk, signed_in):
    entry = draft.entries.get()
    browser, address = signed_in(clerk), reverse("admin:catalog_entry_change", args=[entry.pk])
    form = browser.get(address).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields}
    return browser, address, data | NO_BASES


def test_a_kinds_own_columns_are_typed_and_understood(draft, clerk, signed_in):
    browser, address, data = page(draft, clerk, signed_in)
    typed = {
        "authority_scope": "现场检查",
        "valid_from": "2026年1月1日",
        "valid_to": "长期",
        "promised_limit": "5个工作日",
    }
    assert typed.keys() <= data.keys()
    assert browser.post(address, data | typed).status_code == 302
    details = draft.entries.get().details
    assert (details["authority_scope"], details["valid_from"]) == ("现场检查", "2026-01-01")
    assert details["valid_to_printed"] == "长期"
    assert details["promised_limit"] == {"value": 5, "unit": "工作日"}
    browser, address, data = page(draft, clerk, signed_in)
    assert (data["valid_to"], data["promised_limit"]) == ("长期", "5个工作日")
    assert browser.post(address, data | {"authority_scope": ""}).status_code == 302
    assert draft.entries.get().details == {
        name: details[name] for name in details if name != "authority_scope"
    }


def test_a_new_entry_has_the_columns_of_its_draft(draft, clerk, other_clerk, signed_in):
    fields = signed_in(clerk).get(f"{ADD}?edition={draft.pk}").context["adminform"].form.fields
    assert {"entrustment_doc", "term"} <= fields.keys()
    for person, query in [(other_clerk, f"?edition={draft.pk}"), (clerk, "?edition=x"), (clerk, "")]:
        fields = signed_in(person).get(f"{ADD}{query}").context["adminform"].form.fields
        assert "term" not in fields
    data = {"edition": draft.pk, "name": "占绿处罚", "entrustment_doc": "青委〔2026〕1号", **NO_BASES}
    assert signed_in(clerk).post(ADD, data).status_code == 302
    assert Entry.objects.get(name="占绿处罚").details == {"entrustment_doc": "青委〔2026〕1号"}


def test_a_refusal_stands_at_its_field(draft, department, clerk, signed_in):
    browser, address, data = page(draft, clerk, signed_in)
    answer = browser.post(address, data | {"implementing_body": "不知名局"})
    assert "implementing_body" in answer.context["adminform"].form.errors
    assert draft.entries.get().details == {}


def test_another_hands_details_are_not_overwritten(draft, clerk, signed_in):
    browser, address, data = page(draft, clerk, signed_in)
    draft.entries.update(details={"term": "三年"})
    answer = browser.post(address, data | {"term": "两年"})
    assert answer.status_code == 200
    assert "三年" in str(answer.context["adminform"].form.errors)
    assert draft.entries.get().details == {"term": "三年"}


def test_what_is_announced_shows_its_columns_as_printed(county, clerk, signed_in):
    services = ItemList.objects.create(county=county, kind="public_services")
    edition = published.issue(
        services, [{"name": "低保申请", "details": {"conditions": "本县户籍", "原列": "甲"}}]
    )
    address = reverse("admin:catalog_entry_change", args=[edition.entries.get().pk])
    text = signed_in(clerk).get(address).content.decode()
    assert "本县户籍" in text
    assert "原列" in text
