"""Reach: which rows a person may see, said once by each model and read everywhere.

A model states its paths to the bodies people are bound to:

    class Office(models.Model):
        scope = Scope(county="township__county", township="township")

Admin rows, choices of foreign keys, side filters, autocompletes, imports and
exports all narrow through `within_reach`.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

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


def within_reach(queryset: QuerySet, user) -> QuerySet:
    """The rows of the queryset that belong to the person's own county, department or township."""
    scope: Scope = queryset.model.scope
    if user.role == Role.SITE_ADMIN or not scope.county:
        return queryset
    if user.role == Role.DEPARTMENT and scope.department:
        return queryset.filter(**{scope.department: user.department_id})
    if user.role == Role.TOWNSHIP and scope.township:
        return queryset.filter(**{scope.township: user.township_id})
    return queryset.filter(**{scope.county: user.county_id})
