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


# Everyone who works for one county; a site administrator runs the site and keeps no list.
COUNTY_ROLES = frozenset(Role) - {Role.SITE_ADMIN}


class DepartmentLine(models.TextChoices):
    """To whom a department answers; it decides who reviews its acts (行政复议法 24, 27)."""

    UNRECORDED = "", _("Not recorded")
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
        """The kinds that a nine-digit division code leaves open (GB/T 10114)."""
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


class ReorganisationKind(models.TextChoices):
    """What happens to townships or departments on the day."""

    MERGER = "merger", _("merger")
    SPLIT = "split", _("split")
    RENAMING = "renaming", _("renaming")


# The words that sheets and exports use for these choices, in any interface language.
ROLE_NAMES: dict[Role, str] = {
    Role.SITE_ADMIN: "系统管理员",
    Role.EDITOR: "县级编辑员",
    Role.APPROVER: "县级审核员",
    Role.DEPARTMENT: "部门工作人员",
    Role.TOWNSHIP: "乡镇工作人员",
    Role.AUDITOR: "审计员",
    Role.KEEPER: "县级账号管理员",
}

DEPARTMENT_LINE_NAMES: dict[DepartmentLine, str] = {
    DepartmentLine.GOVERNMENT: "县政府部门",
    DepartmentLine.VERTICAL: "垂直管理部门",
    DepartmentLine.MUNICIPAL: "市级部门派出机构",
}

TOWNSHIP_KIND_NAMES: dict[TownshipKind, str] = {
    TownshipKind.SUBDISTRICT: "街道",
    TownshipKind.TOWN: "镇",
    TownshipKind.TOWNSHIP: "乡",
    TownshipKind.ETHNIC_TOWNSHIP: "民族乡",
    TownshipKind.SUMU: "苏木",
    TownshipKind.QUASI_UNIT: "类似乡级单位",
}

TOWNSHIP_KIND_ALIASES: dict[str, TownshipKind] = {
    "街道办事处": TownshipKind.SUBDISTRICT,
    "建制镇": TownshipKind.TOWN,
}

OFFICE_KIND_NAMES: dict[OfficeKind, str] = {
    OfficeKind.OFFICE: "办公室",
    OfficeKind.CENTRE: "中心",
    OfficeKind.STATION: "站所",
    OfficeKind.SECONDED: "派驻机构",
}

OFFICE_KIND_ALIASES: dict[str, OfficeKind] = {
    "内设机构": OfficeKind.OFFICE,
    "事业单位": OfficeKind.CENTRE,
    "派出机构": OfficeKind.SECONDED,
}
