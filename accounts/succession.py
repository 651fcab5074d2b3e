"""When a township gives way to another: upper apps register what of theirs must end or move."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mover:
    """What an upper app keeps for a township, and how it follows a `TownshipSuccession`."""

    label: str
    move: Callable[..., int]


movers: list[Mover] = []
