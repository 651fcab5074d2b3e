"""Bringing unlisted work to townships: asked, heard, decided, led on."""

import pytest
from django.core.exceptions import ValidationError

from devolution import lifecycle
from devolution.models import Admission, Opinion
from tests.devolution.conftest import DAY, END

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
