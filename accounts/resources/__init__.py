from .base import Column, Problem, ScopedResource
from .county import CountyResource
from .department import DepartmentResource
from .people import EventResource, UserResource
from .township import (
    OfficeResource,
    TownshipClassResource,
    TownshipResource,
    TownshipSuccessionResource,
    VillageResource,
)

__all__ = [
    "Column",
    "CountyResource",
    "DepartmentResource",
    "EventResource",
    "OfficeResource",
    "Problem",
    "ScopedResource",
    "TownshipClassResource",
    "TownshipResource",
    "TownshipSuccessionResource",
    "UserResource",
    "VillageResource",
]
