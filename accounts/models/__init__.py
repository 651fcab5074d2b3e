from .county import County
from .department import Department
from .event import Event
from .office import Office
from .pacecount import PaceCount
from .reorganisation import DepartmentSuccession, Move, Reorganisation
from .township import Township, TownshipClass, TownshipSuccession
from .user import User
from .village import Village

__all__ = [
    "County",
    "Department",
    "DepartmentSuccession",
    "Event",
    "Move",
    "Office",
    "PaceCount",
    "Reorganisation",
    "Township",
    "TownshipClass",
    "TownshipSuccession",
    "User",
    "Village",
]
