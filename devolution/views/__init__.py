"""The public pages of powers. Each view is a paragraph: get, narrow, page, show."""

from .admissions import admissions
from .lists import power_list, power_list_workbook
from .power import power
from .powers import powers, township_powers
from .townships import compare_townships, compare_townships_table

__all__ = [
    "admissions",
    "compare_townships",
    "compare_townships_table",
    "power",
    "power_list",
    "power_list_workbook",
    "powers",
    "township_powers",
]
