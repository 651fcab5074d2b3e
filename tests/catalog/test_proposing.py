"""A guide is changed by proposal and second person, and is in force on its day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.choices import Role
from accounts.models import County
from catalog import publishing
from catalog.choices import GuideState
from catalog.guidechanges import guide_changes
from catalog.models import Guide, ItemList, Material
from tests import factories
from tests.catalog import published

TODAY, COMING = date(2026, 3, 10), date(2026, 4, 1)


@pytest.fixture
def item(county, department, clock):
    """An item of the department, with the guide that residents read; the county wants a second person."""
    clock("2026-03-10 12:00")
    services = ItemList.objects.create(county=county, kind="public_services")
    edition = published.issue(services, [{"name": "低保申请", "department": department}])
    item = edition.entries.get().item
    guide = Guide.objects.create(item=item, valid_from=published.CURRENT, phone="0000-1", rule="here")
    Material.objects.create(guide=guide, position=1, name="居民身份证")
    return item


@pytest.fixture
def proposal(item, department_clerk):
    guide = publishing.propose_guide(item=item, by=department_clerk, valid_from=COMING)
    guide.phone = "0000-2"
    guide.save()
    return publishing.submit_guide(guide=guide, by=department_clerk, on=TODAY)


def at(name, *args):
    return reverse(f"admin:catalog_guide_{name}", args=args)


def phone_on(item, day):
    return Guide.objects.in_force(day).get(item=item).phone


def test_a_proposal_copies_the_guide_with_its_rows_and_stays_unseen(item, proposal, resident):
    assert [row.name for row in proposal.materials.all()] == ["居民身份证"]
    assert phone_on(item, COMING) == "0000-1"
    assert "0000-2" not in resident.get(f"/990101/items/{item.code}/").content.decode()


def test_an_approved_proposal_is_in_force_on_its_day(item, proposal, approver):
    before = County.objects.get(pk=item.county_id).publications
    publishing.approve_guide(guide=proposal, by=approver, on=TODAY)
    assert [phone_on(item, TODAY), phone_on(item, COMING)] == ["0000-1", "0000-2"]
    assert County.objects.get(pk=item.county_id).publications == before + 1


def test_approved_late_it_holds_from_that_day_on(item, proposal, approver):
    late = date(2026, 4, 20)
    publishing.approve_guide(guide=proposal, by=approver, on=late)
    assert [phone_on(item, date(2026, 4, 19)), phone_on(item, late)] == ["0000-1", "0000-2"]


def test_its_author_does_not_approve_it(proposal, department_clerk):
    with pytest.raises(ValidationError):
        publishing.approve_guide(guide=proposal, by=department_clerk, on=TODAY)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.KEEPER])
def test_no_other_role_approves(role, proposal, county):
    with pytest.raises(ValidationError):
        publishing.approve_guide(guide=proposal, by=factories.make_user(role, county), on=TODAY)


def test_a_colleague_of_the_department_approves_another_department_does_not(proposal, department, county):
    stranger = factories.make_user(Role.DEPARTMENT, department=factories.make_department(county))
    with pytest.raises(ValidationError):
        publishing.approve_guide(guide=proposal, by=stranger, on=TODAY)
    colleague = factories.make_user(Role.DEPARTMENT, department=department)
    assert publishing.approve_guide(guide=proposal, by=colleague, on=TODAY).answered_by == colleague


def test_a_department_proposes_for_its_own_items_only(item, county):
    stranger = factories.make_user(Role.DEPARTMENT, department=factories.make_department(county))
    with pytest.raises(ValidationError):
        publishing.propose_guide(item=item, by=stranger, valid_from=COMING)


def test_one_change_at_a_time(item, proposal, clerk):
    with pytest.raises(ValidationError):
        publishing.propose_guide(item=item, by=clerk, valid_from=COMING)


def test_a_refused_proposal_is_mended_and_handed_in_again(proposal, approver, department_clerk):
    with pytest.raises(ValidationError):
        publishing.refuse_guide(guide=proposal, by=approver, reason=" ")
    refused = publishing.refuse_guide(guide=proposal, by=approver, reason="电话不对")
    assert refused.refusal == "电话不对"
    again = publishing.submit_guide(guide=refused, by=department_clerk, on=TODAY)
    assert (again.state, again.refusal) == (GuideState.PROPOSED, "")


def test_a_proposal_with_placeholders_or_a_past_day_is_not_handed_in(item, department_clerk):
    guide = publishing.propose_guide(item=item, by=department_clerk, valid_from=TODAY)
    Material.objects.create(guide=guide, position=2, name="XX证明")
    with pytest.raises(ValidationError, match="XX"):
        publishing.submit_guide(guide=guide, by=department_clerk, on=TODAY)
    guide.materials.filter(position=2).delete()
    with pytest.raises(ValidationError):
        publishing.submit_guide(guide=guide, by=department_clerk, on=COMING)


def test_what_changes_is_told_field_by_field(item, proposal):
    Material.objects.create(guide=proposal, position=2, name="户口簿", copies=1)
    changes = guide_changes(item.guides.approved().get(), proposal)
    assert [(change.before, change.after) for change in changes] == [
        ("0000-1", "0000-2"),
        ("居民身份证", "居民身份证\n户口簿 · 1"),
    ]


def test_a_proposal_walks_through_the_admin(item, department_clerk, approver, clerk, signed_in):
    guide = item.guides.get()
    writer, second = signed_in(department_clerk), signed_in(approver)
    assert signed_in(clerk).post(at("change", guide.pk), {"phone": "1"}).status_code == 403
    address = writer.post(at("propose", guide.pk)).url
    proposal = item.guides.get(state=GuideState.WRITING)
    assert address == at("change", proposal.pk)
    page = writer.get(address)
    form = page.context["adminform"].form
    data = {name: form.initial.get(name, "") for name in form.fields}
    data = {name: "" if value in (None, []) else value for name, value in data.items()}
    for formset in page.context["inline_admin_formsets"]:
        data |= {each.html_name: each.value() for each in formset.formset.management_form}
        for inline in formset.formset.forms:
            fields = [each for each in inline if each.name not in ("blank_form", "filled_sample")]
            data |= {each.html_name: each.value() or "" for each in fields}
    data |= {"phone": "0000-9", "valid_from": "2026-03-11", "township_kinds": "[]"}
    assert second.post(address, data).status_code == 403
    answer = writer.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    writer.post(at("submit", proposal.pk))
    assert writer.post(at("answer", proposal.pk), {"approve": "1"}).status_code == 403
    assert "0000-9" in second.get(at("answer", proposal.pk)).content.decode().replace("<ins>", "").replace(
        "</ins>", ""
    )
    second.post(at("answer", proposal.pk), {"refuse": "1", "reason": ""})
    second.post(at("answer", proposal.pk), {"approve": "1"})
    assert phone_on(item, date(2026, 3, 11)) == "0000-9"


def test_where_no_second_person_is_wanted_an_editor_changes_in_place(item, clerk, signed_in):
    item.county.needs_second_person = False
    item.county.save()
    page = signed_in(clerk).get(at("change", item.guides.get().pk))
    assert page.context["has_change_permission"]
