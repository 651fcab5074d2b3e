"""What must never be false, from both sides: the form is told in a sentence, the database refuses."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import journal
from accounts.choices import OfficeKind, Role, TownshipKind
from accounts.models import Department, Office, Township, TownshipSuccession, User, Village
from tests import factories

pytestmark = pytest.mark.django_db


def refused(row):
    """The sentences with which a row is refused; and the database would not have it either."""
    with pytest.raises(ValidationError) as told:
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    return " ".join(told.value.messages)


def test_department_name_is_unique_in_its_county(county, other_county):
    factories.make_department(county, "县民政局")
    factories.make_department(other_county, "县民政局")
    assert refused(Department(county=county, name="县民政局"))


def test_department_answers_to_all_its_names(county):
    department = factories.make_department(
        county, "县住房和城乡建设局", short_names="县住建局、住建局", nameplates="县人防办"
    )
    assert department.names == ["县住房和城乡建设局", "县住建局", "住建局", "县人防办"]


@pytest.mark.parametrize(
    ("serial", "kind"),
    [
        (1, TownshipKind.SUBDISTRICT),
        (100, TownshipKind.TOWN),
        (200, TownshipKind.ETHNIC_TOWNSHIP),
        (400, TownshipKind.QUASI_UNIT),
    ],
)
def test_township_kind_fits_its_code(county, serial, kind):
    township = Township(county=county, code=f"990101{serial:03d}", name="某镇", kind=kind)
    township.full_clean()
    township.kind = TownshipKind.TOWN if kind != TownshipKind.TOWN else TownshipKind.SUBDISTRICT
    with pytest.raises(ValidationError):
        township.full_clean()


@pytest.mark.parametrize("code", ["990102100", "99010110", "99010110x", ""])
def test_township_code_is_the_countys(county, code):
    with pytest.raises(ValidationError) as told:
        Township(county=county, code=code, name="某镇", kind=TownshipKind.TOWN).full_clean()
    assert "code" in told.value.message_dict


def test_coordinates_come_in_pairs(county):
    township = factories.make_township(county, longitude=126.5, latitude=46.5)
    township.full_clean()
    township.latitude = None
    assert refused(township)


@pytest.mark.parametrize(("longitude", "latitude"), [(None, 46.5), (126.5, None), (181, 46.5), (126.5, -91)])
def test_a_hall_and_an_office_lie_somewhere_on_the_globe(township, longitude, latitude):
    office, county = factories.make_office(township), township.county
    office.longitude, office.latitude = Decimal("126.5"), Decimal("46.5")
    county.hall_longitude, county.hall_latitude = Decimal(180), Decimal(-90)
    office.full_clean()
    county.full_clean()
    office.longitude, office.latitude = longitude, latitude
    county.hall_longitude, county.hall_latitude = longitude, latitude
    assert refused(office)
    assert refused(county)


def test_seconded_unit_names_its_sender_and_no_other_office_does(township, department):
    factories.make_office(township, sent_by=department)
    assert refused(Office(township=township, name="司法所", kind=OfficeKind.SECONDED))
    assert refused(Office(township=township, name="综合办", sending_department=department))


def test_sender_is_of_the_same_county(township, other_department):
    office = Office(
        township=township, name="水务站", kind=OfficeKind.SECONDED, sending_department=other_department
    )
    with pytest.raises(ValidationError) as told:
        office.full_clean()
    assert "sending_department" in told.value.message_dict


def test_village_code_begins_with_its_townships(township, sister_township):
    Village(township=township, code="990101100201", name="东谷村").full_clean()
    with pytest.raises(ValidationError):
        Village(township=sister_township, code="990101100201", name="东谷村").full_clean()


def test_township_does_not_follow_itself(township, sister_township):
    TownshipSuccession(
        predecessor=township, successor=sister_township, effective_on="2025-01-01"
    ).full_clean()
    assert refused(TownshipSuccession(predecessor=township, successor=township, effective_on="2025-01-01"))


def test_everyone_but_a_site_administrator_belongs_to_a_county(county):
    assert refused(User(username="a", password="x", role=Role.EDITOR))
    assert refused(User(username="b", password="x", role=Role.SITE_ADMIN, county=county))


def test_department_staff_and_only_they_have_a_department(county, department, department_clerk):
    assert refused(User(username="a", password="x", role=Role.DEPARTMENT, county=county))
    assert refused(User(username="b", password="x", role=Role.EDITOR, county=county, department=department))


def test_township_staff_and_only_they_have_a_township(county, township, township_clerk):
    assert refused(User(username="a", password="x", role=Role.TOWNSHIP, county=county))
    assert refused(User(username="b", password="x", role=Role.EDITOR, county=county, township=township))


def test_nobody_stands_above_the_roles():
    assert User.objects.create_superuser("a", password="a-long-enough-pass-phrase").role == Role.SITE_ADMIN
    assert refused(User(username="b", password="x", role=Role.SITE_ADMIN, is_superuser=True))


def test_events_are_only_ever_added_to(clerk, county):
    event = journal.record("tried", county, by=clerk, county=county)
    for undoing in (event.save, event.delete, type(event).objects.all().delete):
        with pytest.raises(ValidationError):
            undoing()
