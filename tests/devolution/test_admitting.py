"""Bringing unlisted work to townships: asked, heard, decided, led on."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from devolution import lifecycle
from devolution.models import Admission, Opinion, Power
from tests.devolution.conftest import DAY, END
from tests.devolution.seeing import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_forestry(county, forestry, elm, willow, clerk_of_forestry):
    admission = Admission(
        county=county, department=forestry, name="护林员考核", reason="防火", requested_on=DAY
    )
    return lifecycle.request_admission(admission=admission, townships=[elm, willow], by=clerk_of_forestry)


def say(admission, township, by, verdict="agrees"):
    opinion = Opinion(admission=admission, township=township, verdict=verdict, given_on=DAY)
    return lifecycle.give_opinion(opinion=opinion, by=by)


@pytest.fixture
def heard(request_of_forestry, elm, willow, clerk_of_elm, editor):
    say(request_of_forestry, elm, clerk_of_elm)
    say(request_of_forestry, willow, editor)
    return request_of_forestry


def decide(admission, by, is_admitted=True, **options):
    return lifecycle.decide_admission(admission=admission, by=by, is_admitted=is_admitted, on=END, **options)


def test_a_request_names_townships(county, forestry, clerk_of_forestry):
    admission = Admission(county=county, department=forestry, name="某事", reason="急", requested_on=DAY)
    with pytest.raises(ValidationError):
        lifecycle.request_admission(admission=admission, townships=[], by=clerk_of_forestry)


def test_a_department_asks_for_itself_only(county, water, elm, clerk_of_forestry):
    admission = Admission(county=county, department=water, name="某事", reason="急", requested_on=DAY)
    with pytest.raises(ValidationError):
        lifecycle.request_admission(admission=admission, townships=[elm], by=clerk_of_forestry)


def test_the_county_decides_after_every_township_is_heard(request_of_forestry, elm, clerk_of_elm, editor):
    say(request_of_forestry, elm, clerk_of_elm)
    with pytest.raises(ValidationError, match="柳河镇"):
        decide(request_of_forestry, editor)


def test_a_township_may_change_its_mind_until_the_decision(heard, elm, clerk_of_elm, editor):
    say(heard, elm, clerk_of_elm, "objects")
    assert heard.opinions.get(township=elm).verdict == "objects"
    decide(heard, editor)
    with pytest.raises(ValidationError):
        say(heard, elm, clerk_of_elm)


def test_a_township_speaks_for_itself_only(request_of_forestry, willow, subdistrict, clerk_of_elm, editor):
    with pytest.raises(ValidationError):
        say(request_of_forestry, willow, clerk_of_elm)
    with pytest.raises(ValidationError):
        say(request_of_forestry, subdistrict, editor)


def test_the_public_sees_what_is_decided(heard, editor, county):
    assert not Admission.objects.decided(END).exists()
    decide(heard, editor, document_number="北政办函〔2028〕2号")
    assert list(Admission.objects.decided(END)) == [heard]
    county.refresh_from_db()
    assert county.publications == 1
    with pytest.raises(ValidationError):
        decide(heard, editor)


def test_a_refusal_says_why(heard, editor):
    with pytest.raises(ValidationError) as problem:
        decide(heard, editor, is_admitted=False)
    assert "decision" in problem.value.error_dict
    decide(heard, editor, is_admitted=False, decision="乡镇无力承担")


def test_admitted_work_leads_into_a_transfer(heard, entrusted, editor):
    with pytest.raises(ValidationError):
        lifecycle.lead_into(admission=heard, by=editor, transfer=entrusted)
    decide(heard, editor)
    assert lifecycle.lead_into(admission=heard, by=editor, transfer=entrusted).transfer == entrusted


@pytest.fixture
def admitted(heard, approver):
    return decide(heard, approver, document_number="北政发〔2025〕9号", decision="同意准入")


def test_admitted_work_leads_into_a_prepared_transfer(admitted, editor, entrustment):
    admitted.basis = "《森林法》第三十四条"
    admitted.save()
    led = lifecycle.lead_into_transfer(
        admission=admitted, by=editor, mode="entrusted", instrument=entrustment, power_type="10"
    )
    assert (led.transfer.power.name, led.transfer.power.power_type) == ("护林员考核", "10")
    assert [basis.article for basis in led.transfer.power.bases.all()] == ["第三十四条"]
    assert led.transfer.receipts.prepared().count() == 2
    with pytest.raises(ValidationError):
        lifecycle.lead_into_transfer(
            admission=led, by=editor, mode="entrusted", instrument=entrustment, power_type="10"
        )


def test_what_the_law_refuses_is_not_led_into(admitted, editor, entrustment):
    with pytest.raises(ValidationError, match="行政强制法"):
        lifecycle.lead_into_transfer(
            admission=admitted, by=editor, mode="entrusted", instrument=entrustment, power_type="03"
        )
    assert not Power.objects.exists()


def test_admitted_work_leads_onto_the_draft_of_a_list(admitted, editor, county, other_county):
    draft = county.lists.create(kind="public_services").editions.create(created_by=editor)
    led = lifecycle.lead_into_edition(admission=admitted, by=editor, edition=draft)
    entry = draft.entries.get()
    assert (entry.name, entry.department) == (admitted.name, admitted.department)
    assert led.edition == draft


def test_what_is_not_admitted_leads_nowhere(heard, editor, entrustment):
    with pytest.raises(ValidationError):
        lifecycle.lead_into_transfer(
            admission=heard, by=editor, mode="entrusted", instrument=entrustment, power_type="10"
        )


def test_the_screen_leads_on_once(admitted, editor, entrustment, signed_in):
    browser = signed_in(editor)
    change = reverse("admin:devolution_admission_change", args=[admitted.pk])
    address = reverse("admin:devolution_admission_lead", args=[admitted.pk])
    assert address in browser.get(change).content.decode()
    assert browser.post(address, {"mode": ""}).context["form"].non_field_errors()
    data = {"instrument": entrustment.pk, "mode": "entrusted", "power_type": "10"}
    assert browser.post(address, data).status_code == 302
    assert Admission.objects.get().transfer is not None
    assert address not in browser.get(change).content.decode()
    assert browser.post(address, data).context["form"].non_field_errors()


def test_residents_read_what_was_decided_and_nothing_else(
    client, heard, approver, editor, entrustment, ready, clock
):
    clock("2028-06-01 12:00")
    address = f"/{heard.county.code}/admissions/"
    assert "尚未" in text_of(client, address)
    admitted = decide(heard, approver, document_number="北政发〔2025〕9号", decision="同意准入")
    page = text_of(client, address)
    for words in ("护林员考核", "县林业和草原局", "榆树镇、柳河镇", "北政发〔2025〕9号", "同意准入", "2028"):
        assert words in page
    lead = {"mode": "entrusted", "instrument": entrustment, "power_type": "10"}
    led = lifecycle.lead_into_transfer(admission=admitted, by=editor, **lead)
    link = f"/{heard.county.code}/powers/{led.transfer.power.code}/"
    # What is only prepared is nobody's business yet.
    assert link not in client.get(address).content.decode()
    lifecycle.take_over_as_found(transfers=[led.transfer], by=approver, since=DAY, document="目录")
    assert link in client.get(address).content.decode()
    assert address in client.get(f"/{heard.county.code}/").content.decode()


def test_the_page_of_decisions_asks_no_more_for_many(
    client, heard, approver, django_assert_num_queries, clock
):
    clock("2028-06-01 12:00")
    decide(heard, approver)
    # counter, county, count, requests, townships, opinions, transfers in force
    with django_assert_num_queries(6):
        client.get(f"/{heard.county.code}/admissions/")
