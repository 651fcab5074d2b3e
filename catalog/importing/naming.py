"""The county department behind an item, where the list has it under another heading than that of departments."""

from collections.abc import Mapping

from ..countywords import CountyWords
from ..reading.values import department_names
from ..resources.base import ListResource
from .cells import LONGEST


def department_told(details: Mapping[str, object], resource: ListResource, words: CountyWords) -> str:
    """The departments that the first of the other columns names which names any; townships are none."""
    for field in resource.department_fields:
        told = department_names(str(details.get(field, "")))
        names = [name for name in told if words.department(name)]
        if names:
            printed = "、".join(names)
            return printed if len(printed) <= LONGEST["department_name"] else names[0]
    return ""
