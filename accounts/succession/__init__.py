"""When townships or departments give way to others: what differs is asked, then everything follows at once.

Upper apps register what of theirs must end or move, and what of it differs between the parts.
"""

from . import institutions
from .planning import Difference, Option, Plan
from .reorganising import (
    Mover,
    carry_out_due,
    differences_of,
    move_along,
    movers,
    record_reorganisation,
)

movers.insert(
    0, Mover(institutions.LABEL, institutions.move, institutions.differences, institutions.carry_out)
)

__all__ = [
    "Difference",
    "Mover",
    "Option",
    "Plan",
    "carry_out_due",
    "differences_of",
    "move_along",
    "movers",
    "record_reorganisation",
]
