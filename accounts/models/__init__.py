from .county import County
from .department import Department
from .event import Event
from .office import Office
from .pacecount import PaceCount
from .township import Township, TownshipClass, TownshipSuccession
from .user import User
from .village import Village

__all__ = [
    "County",
    "Department",
    "Event",
    "Office",
    "PaceCount",
    "Township",
    "TownshipClass",
    "TownshipSuccession",
    "User",
    "Village",
]
