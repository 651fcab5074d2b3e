"""The record of what is edited in place: bulk paths write it too, and the watch on them can fail."""

import pytest

from accounts.histories import change_many, insert_many
from accounts.models import County, Department, Township
from catalog.firstguides import BEGUN, begin_guides, end_guides
from catalog.models import Guide, ItemList, Material
from tests import histories
from tests.catalog import published

pytestmark = pytest.mark.django_db


def test_many_rows_are_written_with_their_history(county, clerk):
    insert_many([Department(county=county, name=name) for name in ("甲局", "乙局")], by=clerk, reason="新设")
    assert change_many(Department.objects.filter(county=county), by=clerk, phone="0999-1") == 2
    for department in Department.objects.filter(county=county):
        after, before = department.history.all()
        assert (before.history_type, before.history_change_reason, before.phone) == ("+", "新设", "")
        assert (after.history_type, after.history_user, after.phone) == ("~", clerk, "0999-1")


def test_first_guides_and_their_parts_begin_with_a_history(county, clerk):
    services = ItemList.objects.create(county=county, kind="public_services")
    edition = published.issue(services, [{"name": "低保申请", "details": {"materials": "申请表；身份证"}}])
    begin_guides(edition, by=clerk)
    guide = Guide.objects.get()
    records = [guide.history.get(), *(row.history.get() for row in guide.materials.all())]
    assert len(records) == 3
    assert {(each.history_user, each.history_change_reason) for each in records} == {(clerk, BEGUN)}


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_first_guide_goes_with_its_edition_unless_somebody_has_kept_a_part_of_it(county, clerk, is_kept):
    services = ItemList.objects.create(county=county, kind="public_services")
    edition = published.issue(services, [{"name": "低保申请", "details": {"materials": "申请表"}}])
    begin_guides(edition, by=clerk)
    if is_kept:
        material = Material.objects.get()
        material.copies = 2
        material.save()
    end_guides(edition)
    assert Guide.objects.exists() == is_kept


def test_the_watch_refuses_the_portals_own_calls_only(county, monkeypatch):
    Township.objects.filter(county=county).update(population=1)  # a test may
    monkeypatch.setattr(histories, "OURS", (__file__,))
    for change in (
        lambda: Township.objects.filter(county=county).update(population=2),
        lambda: Township.objects.update(population=2),
        lambda: Department.objects.bulk_create([], batch_size=5),
        lambda: Department.objects.bulk_update([], ["phone"]),
    ):
        with pytest.raises(AssertionError, match="history"):
            change()
    County.objects.update(publications=5)  # a counter, which the history leaves out
