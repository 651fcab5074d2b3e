"""A county whose offices and departments the test workbooks name, and the road of an import."""

from dataclasses import replace
from datetime import date

import pytest

from catalog import publishing
from catalog.choices import PowerType
from catalog.importing.drafts import store_draft
from catalog.importing.intake import take_in
from catalog.importing.planning import make_plan
from catalog.kinds import kind_called
from catalog.models import Category, ItemList
from catalog.views.searching import SEARCHES
from tests import factories
from tests.catalog import published

OFFICES = ["公共服务中心", "综合办公室", "民政民生办公室", "党群服务中心", "农业农村服务中心"]
DEPARTMENTS = ["县民政局", "县教育局", "县自然资源局"]


@pytest.fixture(autouse=True)
def nobody_has_searched():
    """A worker counts by itself for a while; what other tests asked is no part of this one's."""
    SEARCHES._unsaved.clear()


@pytest.fixture
def qinghe(county, township):
    """青禾县 with the offices and departments that its workbooks name; one person may walk the whole road."""
    county.needs_second_person = False
    county.save()
    for name in OFFICES:
        factories.make_office(township, name)
    for name in DEPARTMENTS:
        factories.make_department(county, name)
    return county


@pytest.fixture
def services(qinghe) -> ItemList:
    """The county's list of public services, still without an edition."""
    return ItemList.objects.create(county=qinghe, kind="public_services")


@pytest.fixture
def read(qinghe):
    """Take a workbook in for the county: `read(content)`; without the kind's own checks if not `is_judged`."""

    def read(content, name="清单.xlsx", kind="public_services", is_judged=True, **options):
        kind = kind_called(kind) if is_judged else replace(kind_called(kind), checks=None)
        return take_in(content, name, kind=kind, county=qinghe, **options)

    return read


@pytest.fixture
def imported(services, clerk, read):
    """Read and store a workbook, not yet confirmed: `imported(content)`."""

    def imported(content, **options):
        plan = make_plan(read(content, **options), publishing.edition_before(services))
        return store_draft(
            plan=plan, item_list=services, by=clerk, title="事项目录", document_number="青政发〔2025〕1号"
        )

    return imported


@pytest.fixture
def announced(imported, clerk):
    """Read, confirm and announce a workbook: `announced(content, effective_on)`."""

    def announced(content, effective_on=date(2025, 1, 1), **options):
        edition = publishing.confirm(edition=imported(content), by=clerk)
        return publishing.announce(
            edition=edition, by=clerk, published_on=effective_on, effective_on=effective_on, **options
        )

    return announced


@pytest.fixture
def portal(services, township, clock):
    """青禾县 on 10 March 2026 with a former, a current and a coming edition of its services."""
    clock("2026-03-10 12:00")
    category = Category.objects.create(code="social", name="基本社会服务", name_en="Basic social services")
    rows = [
        {"name": "最低生活保障申请受理", "category": category, "category_name": "基本社会服务"},
        {"name": "残疾人证申领受理", "responsible_unit": "民政民生办公室"},
        {"name": "占道经营处罚", "power_type": PowerType.PENALTY},
    ]
    published.issue(services, [*rows, "旧事项"], effective_on=published.FORMER)
    published.issue(services, rows)
    coming = {"effective_on": published.COMING, "published_on": published.CURRENT}
    published.issue(services, [*rows, {"name": "新事项", "number": 5}], **coming)
    return services
