"""The words of `accounts`: roles, kinds of townships, of offices, and lines of departments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is here to do; each person has one."""

    SITE_ADMIN = "admin", _("Site administrator")
    EDITOR = "editor", _("County editor")
    APPROVER = "approver", _("County approver")
    DEPARTMENT = "department", _("Department staff")
    TOWNSHIP = "township", _("Township staff")
    AUDITOR = "auditor", _("Auditor")
    KEEPER = "keeper", _("County account keeper")


class DepartmentLine(models.TextChoices):
    """To whom a department answers; it decides who reviews its acts (行政复议法 24, 27)."""

    GOVERNMENT = "government", _("Department of the county government")
    VERTICAL = "vertical", _("Vertical line (tax, customs, finance, state security)")
    MUNICIPAL = "municipal", _("Branch of a municipal department")


class TownshipKind(models.TextChoices):
    """What stands at township level; the last three digits of the division code tell most of it."""

    SUBDISTRICT = "subdistrict", _("Subdistrict")
    TOWN = "town", _("Town")
    TOWNSHIP = "township", _("Township")
    ETHNIC_TOWNSHIP = "ethnic_township", _("Ethnic township")
    SUMU = "sumu", _("Sumu")
    QUASI_UNIT = "quasi_unit", _("Quasi-unit (farm, development zone)")

    @classmethod
    def allowed_for(cls, code: str) -> frozenset["TownshipKind"]:
        """The kinds a nine-digit division code leaves open (GB/T 10114: 001–099, 100–199, 200–399, 400–599)."""
        serial = int(code[6:])
        if 1 <= serial <= 99:
            return frozenset({cls.SUBDISTRICT})
        if 100 <= serial <= 199:
            return frozenset({cls.TOWN})
        if 200 <= serial <= 399:
            return frozenset({cls.TOWNSHIP, cls.ETHNIC_TOWNSHIP, cls.SUMU})
        if 400 <= serial <= 599:
            return frozenset({cls.QUASI_UNIT})
        return frozenset()


class OfficeKind(models.TextChoices):
    """What a body inside a township is; a seconded unit belongs to a county department."""

    OFFICE = "office", _("Office")
    CENTRE = "centre", _("Centre")
    STATION = "station", _("Station")
    SECONDED = "seconded", _("Seconded unit")
