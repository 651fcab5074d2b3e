"""A county whose offices and departments the test workbooks name, and the road of an import."""

from datetime import date

import pytest

from accounts.choices import Role, TownshipKind
from accounts.models import County, Department, Office, Township, User
from catalog import publishing
from catalog.importing.drafts import store_draft
from catalog.importing.intake import take_in
from catalog.importing.planning import make_plan
from catalog.kinds import kind_called
from catalog.models import ItemList

OFFICES = ["公共服务中心", "综合办公室", "民政民生办公室", "党群服务中心", "农业农村服务中心"]
DEPARTMENTS = ["县民政局", "县教育局", "县自然资源局"]


@pytest.fixture
def qinghe(db) -> County:
    """青禾县 with the offices its service list names."""
    county = County.objects.create(code="990101", name="青禾县", needs_second_person=False)
    town = Township.objects.create(county=county, code="990101100", name="柳溪镇", kind=TownshipKind.TOWN)
    Office.objects.bulk_create([Office(township=town, name=name) for name in OFFICES])
    Department.objects.bulk_create([Department(county=county, name=name) for name in DEPARTMENTS])
    return county


@pytest.fixture
def town(qinghe) -> Township:
    return qinghe.townships.get()


@pytest.fixture
def services(qinghe) -> ItemList:
    """The county's list of public services, still without an edition."""
    return ItemList.objects.create(county=qinghe, kind="public_services")


@pytest.fixture
def editor(qinghe) -> User:
    return make_staff(qinghe, Role.EDITOR, "editor.990101")


@pytest.fixture
def approver(qinghe) -> User:
    return make_staff(qinghe, Role.APPROVER, "approver.990101")


def make_staff(county, role, name) -> User:
    return User.objects.create_user(name, password="a long password", role=role, county=county, is_staff=True)


@pytest.fixture
def read(qinghe):
    """Take a workbook in for the county: `read(content)`."""

    def read(content, name="清单.xlsx", kind="public_services", **options):
        return take_in(content, name, kind=kind_called(kind), county=qinghe, **options)

    return read


@pytest.fixture
def imported(services, editor, read):
    """Read and store a workbook, not yet confirmed: `imported(content)`."""

    def imported(content, **options):
        plan = make_plan(read(content, **options), publishing.edition_before(services))
        return store_draft(
            plan=plan, item_list=services, by=editor, title="事项目录", document_number="青政发〔2025〕1号"
        )

    return imported


@pytest.fixture
def announced(imported, editor):
    """Read, confirm and announce a workbook: `announced(content, effective_on)`."""

    def announced(content, effective_on=date(2025, 1, 1), **options):
        edition = publishing.confirm(edition=imported(content), by=editor)
        return publishing.announce(
            edition=edition, by=editor, published_on=effective_on, effective_on=effective_on, **options
        )

    return announced
