"""When a township gives way to another: upper apps register what of theirs must end or move."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from .journal import record
from .models import TownshipSuccession, User


@dataclass(frozen=True)
class Mover:
    """What an upper app keeps for a township, and how it follows a `TownshipSuccession`."""

    label: str
    move: Callable[..., int]


movers: list[Mover] = []


@transaction.atomic
def record_succession(*, succession: TownshipSuccession, by: User) -> dict[str, int]:
    """Store that a township gives way to another, and let every app move what it keeps; counts by label."""
    succession.full_clean()
    succession.save()
    return move_along(succession=succession, by=by)


@transaction.atomic
def move_along(*, succession: TownshipSuccession, by: User | None) -> dict[str, int]:
    """Let every app end or move what it keeps for a township that gives way; counts by label."""
    moved = {str(mover.label): mover.move(succession=succession, by=by) for mover in movers}
    record("succession", succession, by=by, county=succession.predecessor.county, moved=moved)
    return moved
