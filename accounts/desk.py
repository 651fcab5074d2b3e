"""What waits on a person's desk: upper apps register tasks, the admin's first page reads them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Task:
    """One line of the to-do list: a label, how many wait for this person, and the filtered list of them."""

    label: str
    count: Callable[["object", date], int]
    address: Callable[["object"], str]


tasks: list[Task] = []


def waiting_for(user, today: date) -> list[tuple[Task, int]]:
    """The tasks with something to do for this person on this day, with their counts."""
    counted = [(task, task.count(user, today)) for task in tasks]
    return [(task, count) for task, count in counted if count]
