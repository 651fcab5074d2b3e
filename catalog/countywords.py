"""The names a county's lists may use: its departments, offices and townships, the fields and the laws."""

import re

from accounts.models import County, Department, DepartmentSuccession, Office, Reorganisation, Township

from .models import Category, Law
from .reading.citations import title_key
from .reading.words import fold, nearest

# 榆树镇便民服务中心 and 乡镇便民服务中心 are the townships' 便民服务中心.
TOWNSHIP_BEFORE = re.compile(
    "^(?:各|本|所在|辖区)?(?:乡镇|镇街|乡|镇|街道)(?:[(](?:街道|镇|乡)[)])?(?:人民政府)?"
)

LEVEL = re.compile("[县区市旗]")

# No township by its name, but the townships: 各乡镇（街道）, 乡级人民政府, 建制镇人民政府, 本镇.
ALL_TOWNSHIPS = re.compile("[各所有全部相关试点本建制属县域辖区内级道办事处人民政府乡镇街()及]+")


def is_shortened(short: str, name: str) -> bool:
    """Whether the characters of the short name stand in the long one in order, the first and the last at its ends."""
    ending = {"联": "联合会", "委": "委员会"}.get(short[-1], short[-1])
    if short[0] != name[0] or not name.endswith(ending) or len(short) >= len(name):
        return False
    characters = iter(name[1 : -len(ending)])
    return all(character in characters for character in short[1:-1])


class CountyWords:
    """A county's names, loaded once for a whole workbook; look-ups ignore blanks, width and kinds of brackets.

    Lists print departments in full, by a short name, or by a second nameplate.
    """

    def __init__(self, county: County):
        self.county = county
        # 县民政局 in one list is 青禾县民政局 or 民政局 in another; 市民政局 is another body, unless this is a city.
        self._level = re.compile(f"^[县{''.join(LEVEL.findall(county.name)[-1:])}](?=..)")
        self._departments: dict[str, Department] = {}
        for department in Department.objects.filter(county=county):
            for name in department.names:
                self._departments.setdefault(fold(name), department)
        self._follow_departments(county)
        for name, department in list(self._departments.items()):
            self._departments.setdefault(self._bare(name), department)
        self._asked: dict[str, Department | None] = {}
        self._townships = {fold(town.name): town for town in Township.objects.filter(county=county)}
        for renaming in Reorganisation.objects.exclude(township=None).filter(county=county):
            self._townships.setdefault(fold(renaming.former_name), renaming.township)
        offices = Office.objects.filter(township__county=county).values_list("name", flat=True).distinct()
        self._offices = {fold(name): name for name in offices}
        # A county that keeps none yet cannot say that a name is wrong.
        self.keeps_departments = bool(self._departments)
        self.keeps_townships = bool(self._townships)
        self.keeps_offices = bool(self._offices)
        self._categories: dict[str, Category] = {}
        for category in Category.objects.all():
            for name in category.names:
                self._categories.setdefault(fold(name), category)
        self._laws = {title_key(title): pk for pk, title in Law.objects.values_list("pk", "title")}

    def _follow_departments(self, county: County) -> None:
        """A department that gave way to one other is meant to be that one, under whatever name a list has it."""
        following: dict[int, list[Department]] = {}
        successions = DepartmentSuccession.objects.filter(predecessor__county=county)
        carried_out = successions.exclude(reorganisation__carried_out_on=None)
        for succession in carried_out.select_related("successor").order_by(
            "reorganisation__effective_on", "pk"
        ):
            following.setdefault(succession.predecessor_id, []).append(succession.successor)
        for name, department in self._departments.items():
            while len(after := following.get(department.pk, [])) == 1:
                department = after[0]
            self._departments[name] = department

    def department(self, name: str) -> Department | None:
        """The department of this name, with or without 县 or the county's own name in front."""
        if name not in self._asked:
            key = fold(name)
            self._asked[name] = (
                self._departments.get(key) or self._departments.get(self._bare(key)) or self._shortened(key)
            )
        return self._asked[name]

    def is_named(self, name: str) -> bool:
        """Whether a department is called so, and the name not only understood as a shorter one."""
        key = fold(name)
        return key in self._departments or self._bare(key) in self._departments

    def _shortened(self, key: str) -> Department | None:
        """人社局 is 人力资源和社会保障局 where only one department can be shortened so."""
        short = self._bare(key)
        if not 2 < len(short) + short.endswith("联") < 6:
            return None
        fitting = {
            department.pk: department
            for name, department in self._departments.items()
            if is_shortened(short, self._bare(name))
        }
        return fitting.popitem()[1] if len(fitting) == 1 else None

    def _bare(self, key: str) -> str:
        return self._level.sub("", key.removeprefix(fold(self.county.name)))

    def unit(self, name: str) -> str | None:
        """An office of the townships, by its name or with the township's, or all of theirs, in front."""
        key = fold(name)
        for town in self._townships:
            if key.startswith(town):
                key = key.removeprefix(town).removeprefix("人民政府")
                break
        return (
            self._offices.get(fold(name))
            or self._offices.get(key)
            or self._offices.get(TOWNSHIP_BEFORE.sub("", key))
        )

    def township(self, name: str) -> Township | None:
        """The township of this name, with or without the county's name in front and its office behind."""
        key = fold(name)
        bare = key.removeprefix(fold(self.county.name)).removesuffix("人民政府").removesuffix("办事处")
        return self._townships.get(key) or self._townships.get(bare)

    def names_townships(self, name: str) -> bool:
        """Whether townships are meant: one of the county's, or all of them (各乡镇人民政府, 镇街)."""
        return self.township(name) is not None or bool(
            ALL_TOWNSHIPS.fullmatch(fold(name)) and re.search("[乡镇街]", name)
        )

    def category(self, name: str) -> Category | None:
        return self._categories.get(fold(name))

    def law(self, title: str) -> int | None:
        """The primary key of a law by its title as printed, long or short."""
        return self._laws.get(title_key(title))

    def nearest_township(self, name: str) -> str:
        return nearest(name.removesuffix("人民政府"), [town.name for town in self._townships.values()]) or ""

    def nearest_department(self, name: str) -> str:
        return nearest(name, [department.name for department in self._departments.values()]) or ""

    def nearest_unit(self, name: str) -> str:
        """The nearest office or department."""
        departments = [department.name for department in self._departments.values()]
        return nearest(name, [*self._offices.values(), *departments]) or ""
