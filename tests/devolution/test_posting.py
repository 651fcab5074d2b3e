"""Units posted to townships: on record once their catalogue is announced or taken over, with what hangs on them."""

from datetime import date

import pytest

from accounts.choices import OfficeKind
from accounts.models import Office, Township
from catalog import publishing
from devolution.catalogues.taking_over import take_over_catalogue
from devolution.models import Power, TransferTownship
from tests.catalog.workbooks import real, written
from tests.devolution.seeing import text_of
from tests.factories import make_office

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
HEADING = ["序号", "派驻部门", "派驻机构名称", "事项名称", "权力类别", "派驻乡镇", "派驻人数", "日常管理"]


@pytest.fixture(autouse=True)
def today(clock):
    clock("2026-03-10 12:00")


@pytest.fixture
def announce(approver, editor):
    def announce(edition):
        edition.title, edition.document_number = "派驻机构目录", "北政办发〔2026〕2号"
        publishing.write_record(edition=edition, by=editor)
        return publishing.announce(edition=edition, by=approver, published_on=DAY, effective_on=DAY)

    return announce


def bodies(*rows):
    return written([[number, *row] for number, row in enumerate(rows, 1)], title="派驻目录", heading=HEADING)


JUSTICE = ("县司法局", "司法所", "人民调解指导", "其他行政权力", "榆树镇、柳河镇", 3, "乡镇统筹")


def test_units_without_powers_are_on_record_once_announced(keep, announce, client):
    edition = keep(real("seconded_bodies"), "seconded_powers")
    before = Office.objects.count()
    assert "日常工作由乡镇统筹" not in text_of(client, "/t/990102100/")
    announce(edition)
    assert not Power.objects.exists()
    # Of six units three are on record already, under the names that their towns give them: 榆树司法所.
    assert Office.objects.count() == before + 3
    unit = Office.objects.get(township__code="990102100", name="榆树自然资源所")
    assert (unit.kind, unit.sending_department.name, unit.head_count) == ("seconded", "县自然资源局", 4)
    assert unit.management == "以派出单位管理为主，日常工作由乡镇统筹"
    page = text_of(client, "/t/990102100/")
    for words in ("榆树自然资源所", "县自然资源局", "日常工作由乡镇统筹"):
        assert words in page


def test_a_catalogue_of_units_alone_can_be_taken_over(keep, approver):
    edition = keep(real("seconded_bodies"), "seconded_powers")
    outcome = take_over_catalogue(edition=edition, by=approver, since=DAY, document="派驻情况表")
    assert (outcome.units, outcome.in_force) == (6, 0)


def test_powers_hang_on_their_unit(keep, approver, client):
    edition = keep(bodies(JUSTICE), "seconded_powers")
    assert not TransferTownship.objects.exclude(office=None).exists()
    take_over_catalogue(edition=edition, by=approver, since=DAY, document="派驻目录")
    rows = TransferTownship.objects.in_force(date(2026, 3, 10))
    assert {(row.township.name, row.office.name) for row in rows} == {
        ("榆树镇", "榆树司法所"),
        ("柳河镇", "柳河司法所"),
    }
    assert all(row.office.township == row.township for row in rows)
    assert "司法所" in text_of(client, "/t/990102100/powers/")
    assert "司法所" in text_of(client, "/990102/powers/1/")


def test_two_units_of_one_department_keep_their_own_powers(keep, approver):
    forestry = ("县林业和草原局", "林业站", "林木采伐指导", "其他行政权力", "榆树镇", 2, "")
    fire = ("县林业和草原局", "防火队", "森林防火巡查", "行政检查", "榆树镇", 5, "")
    edition = keep(bodies(forestry, fire), "seconded_powers")
    take_over_catalogue(edition=edition, by=approver, since=DAY, document="派驻目录")
    rows = TransferTownship.objects.select_related("power", "office")
    assert {(row.power.name, row.office.name) for row in rows} == {
        ("林木采伐指导", "林业站"),
        ("森林防火巡查", "防火队"),
    }


def test_an_office_on_record_becomes_the_unit_and_keeps_what_the_paper_leaves_out(keep, announce, beiyuan):
    elm = Township.objects.get(code="990102100")
    make_office(elm, "防火队", OfficeKind.STATION, phone="0000-1234", head_count=9)
    announce(
        keep(
            bodies(("县林业和草原局", "防火队", "巡查", "行政检查", "榆树镇", None, None)), "seconded_powers"
        )
    )
    office = elm.offices.get(name="防火队")
    assert (office.kind, office.sending_department.name) == (OfficeKind.SECONDED, "县林业和草原局")
    assert (office.phone, office.head_count) == ("0000-1234", 9)


def test_the_same_units_again_are_the_same_units(keep, announce):
    announce(keep(bodies(JUSTICE), "seconded_powers"))
    before = list(Office.objects.values_list("pk", "name", "head_count").order_by("pk"))
    keep(bodies(JUSTICE), "seconded_powers")
    assert list(Office.objects.values_list("pk", "name", "head_count").order_by("pk")) == before


def test_units_of_one_name_in_many_townships_are_told_apart_by_their_township(keep, editor):
    """The same sheet again is the same units, each in its own township."""
    first = keep(real("seconded_bodies"), "seconded_powers")
    second = keep(real("seconded_bodies"), "seconded_powers")
    assert second.report["counts"] == {"new": 0, "changed": 0, "unchanged": 6, "refused": 0, "gone": 0}
    places = [dict(each.entries.values_list("item", "receiving_body")) for each in (first, second)]
    assert places[0] == places[1]
