"""Rows for tests: plain functions, each with the traits a test may want to say."""

from itertools import count

from accounts.choices import DepartmentLine, OfficeKind, Role, TownshipKind
from accounts.models import County, Department, Office, Township, TownshipClass, User, Village

PASSWORD = "a long enough password"
numbers = count(1)

KIND_OF_RANGE = [
    (1, TownshipKind.SUBDISTRICT),
    (100, TownshipKind.TOWN),
    (200, TownshipKind.TOWNSHIP),
    (400, TownshipKind.QUASI_UNIT),
]


def make_county(code="990101", name="青禾县", **values) -> County:
    return County.objects.create(code=code, name=name, **values)


def make_department(county, name=None, line=DepartmentLine.GOVERNMENT, **values) -> Department:
    name = name or f"县第{next(numbers)}局"
    return Department.objects.create(county=county, name=name, line=line, **values)


def make_township_class(county, code="strong", name="经济强镇") -> TownshipClass:
    return TownshipClass.objects.create(county=county, code=code, name=name)


def make_township(county, serial=None, name=None, **values) -> Township:
    """A township of the county; its kind follows from the three digits of its serial."""
    serial = serial or 100 + county.townships.count()
    kind = values.pop("kind", [kind for first, kind in KIND_OF_RANGE if serial >= first][-1])
    return Township.objects.create(
        county=county, code=f"{county.code}{serial:03d}", name=name or f"第{serial}镇", kind=kind, **values
    )


def make_office(township, name=None, kind=OfficeKind.OFFICE, sent_by=None, **values) -> Office:
    """An office; `sent_by` a department it is a seconded unit."""
    kind = OfficeKind.SECONDED if sent_by else kind
    name = name or f"第{next(numbers)}办公室"
    return Office.objects.create(
        township=township, name=name, kind=kind, sending_department=sent_by, **values
    )


def make_village(township, name=None, **values) -> Village:
    serial = 201 + township.villages.count()
    return Village.objects.create(
        township=township, code=f"{township.code}{serial}", name=name or f"第{serial}村", **values
    )


def make_user(role=Role.EDITOR, county=None, **values) -> User:
    """Somebody on the staff; a department or township brings its county along."""
    body = values.get("department") or values.get("township")
    county = county or (body and body.county)
    name = values.pop("username", f"{role}.{next(numbers)}")
    return User.objects.create_user(name, password=PASSWORD, role=role, county=county, **values)
