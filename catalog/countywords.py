"""The names a county's lists may use: its departments, offices and townships, the fields and the laws."""

import re

from accounts.models import County, Department, Office, Township

from .models import Category, Law
from .reading.citations import title_key
from .reading.words import fold, nearest

# No township by its name, but the townships: 各乡镇（街道）, 乡级人民政府, 建制镇人民政府, 本镇.
ALL_TOWNSHIPS = re.compile("[各所有全部相关试点本建制属县域辖区内级道办事处人民政府乡镇街()及]+")


class CountyWords:
    """A county's names, loaded once for a whole workbook; look-ups ignore blanks, width and kinds of brackets.

    Lists print departments in full, by a short name, or by a second nameplate.
    """

    def __init__(self, county: County):
        self.county = county
        self._departments: dict[str, Department] = {}
        for department in Department.objects.filter(county=county):
            for name in department.names:
                self._departments.setdefault(fold(name), department)
        self._asked: dict[str, Department | None] = {}
        self._townships = {fold(town.name): town for town in Township.objects.filter(county=county)}
        offices = Office.objects.filter(township__county=county).values_list("name", flat=True).distinct()
        self._offices = {fold(name): name for name in offices}
        self._categories: dict[str, Category] = {}
        for category in Category.objects.all():
            for name in category.names:
                self._categories.setdefault(fold(name), category)
        self._laws = {title_key(title): pk for pk, title in Law.objects.values_list("pk", "title")}

    def department(self, name: str) -> Department | None:
        """The department of this name, with or without the county's own name in front."""
        if name not in self._asked:
            key = fold(name)
            known = (key, key.removeprefix(fold(self.county.name)), f"县{key}")
            self._asked[name] = next(
                (self._departments[one] for one in known if one in self._departments), None
            )
        return self._asked[name]

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

    def office(self, name: str) -> str | None:
        """The name of a township office of the county, as the county writes it."""
        return self._offices.get(fold(name))

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
