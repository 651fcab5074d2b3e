"""Reach: which rows a person may see, said once by each model and read everywhere.

A model states its paths to the bodies people are bound to:

    class Office(models.Model):
        scope = Scope(county="township__county", township="township")

Admin rows, choices of foreign keys, side filters, autocompletes, imports and
exports all narrow through `within_reach`.
"""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet

from .choices import Role


@dataclass(frozen=True)
class Scope:
    """Lookup paths from a model to a county, a department and a township.

    A path left empty says that people bound to such a body reach the model's
    rows of their whole county. An empty county path marks a reference table
    that all counties share.
    """

    county: str = ""
    department: str = ""
    township: str = ""


def scope_of(model: type[Model]) -> Scope:
    """What a model says of its reach; a model that says nothing has no place in the admin."""
    try:
        return model.scope
    except AttributeError:
        raise ImproperlyConfigured(f"{model._meta.label} states no scope, so nobody can reach it.") from None


def within_reach(queryset: QuerySet, user) -> QuerySet:
    """The rows of the queryset that belong to the person's own county, department or township."""
    scope = scope_of(queryset.model)
    if user.role == Role.SITE_ADMIN or not scope.county:
        return queryset
    if user.role == Role.DEPARTMENT and scope.department:
        return queryset.filter(**{scope.department: user.department_id})
    if user.role == Role.TOWNSHIP and scope.township:
        return queryset.filter(**{scope.township: user.township_id})
    return queryset.filter(**{scope.county: user.county_id})


def reaches(user, row: Model) -> bool:
    """Whether a stored row is within the person's reach."""
    scope = scope_of(type(row))
    if user.role == Role.SITE_ADMIN or not scope.county:
        return True
    return within_reach(type(row)._default_manager.filter(pk=row.pk), user).exists()


def county_of(row: Model) -> Model | None:
    """The county a row belongs to; None for reference tables that all counties share."""
    path = scope_of(type(row)).county
    if path == "pk":
        return row
    body = row
    for step in path.split("__") if path else ():
        body = getattr(body, step)
    return body if path else None


def bodies_given_by(user, model: type[Model]) -> dict[str, Model]:
    """The fields of a new row that follow from who makes it.

    They are never asked for and never read from a post or a file.
    """
    if user.role == Role.SITE_ADMIN:
        return {}
    scope = scope_of(model)
    bodies = {scope.county: user.county, scope.department: user.department, scope.township: user.township}
    names = {field.name for field in model._meta.concrete_fields}
    return {path: body for path, body in bodies.items() if body is not None and path in names}
