"""The kinds of lists a county keeps; each app registers its own when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class EditionAct:
    """Something that can be done with an edition of one kind beyond what every list knows.

    `address` is the name of a page of the admin that takes the edition's key; `roles` are those who see the way.
    """

    label: str | Promise
    address: str
    roles: frozenset[str]


@dataclass(frozen=True)
class ListKind:
    """One kind of list: its columns as a resource, and what happens on the way of its editions.

    A kind that is only `is_read` can be read and reported on; one that is
    `is_kept` can be imported, edited and announced. `checks(intake, on=day)` looks at
    the rows that were read; the other hooks are called inside the transaction of the act,
    with `edition` and `by`. `on_write` and `on_remove` speak of a confirmed draft and are
    called with `entry` and `by`: after it is stored, with what it said `before` (None of a
    new one), and before it goes. What residents find in a list that
    `is_found_by_items` is its items; other lists are found as something else, or not at all.
    """

    code: str
    title: str | Promise
    resource: type
    is_kept: bool = False
    is_of_one_township: bool = False
    is_found_by_items: bool = True
    checks: Callable[..., None] | None = None
    on_confirm: Callable[..., None] | None = None
    on_announce: Callable[..., None] | None = None
    on_write: Callable[..., None] | None = None
    on_remove: Callable[..., None] | None = None
    on_discard: Callable[..., None] | None = None
    acts: tuple[EditionAct, ...] = ()


# The list a resident asks for: what the township's service centre does for people.
PUBLIC_SERVICES = "public_services"

kinds: list[ListKind] = []


def kind_choices() -> list[tuple[str, str | Promise]]:
    """Every kind for a select."""
    return [(kind.code, kind.title) for kind in kinds]


def kind_called(code: str) -> ListKind:
    """The kind of this code; `KeyError` when no app has registered it."""
    for kind in kinds:
        if kind.code == code:
            return kind
    raise KeyError(code)
