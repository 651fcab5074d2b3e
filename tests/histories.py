"""Watches, while tests run, that nothing of the portal changes rows with a history past it."""

import sys
from functools import wraps
from pathlib import Path

from django.apps import apps
from django.db.models import QuerySet

BASE = Path(__file__).resolve().parent.parent
OURS = tuple(str(path.parent) for path in BASE.glob("*/apps.py"))
MADE_UP = str(BASE / "township_portal" / "provinces.py")  # to be measured; it has no past


def models_with_history():
    """Every model that keeps its history row by row."""
    return {model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")}


def watched(name, kept):
    """The queryset's method, which refuses when a module of the portal calls it for such a model."""
    method = getattr(QuerySet, name)

    @wraps(method)
    def watching(queryset, *args, **kwargs):
        if queryset.model in kept and called_by_us() and touches(queryset.model, name, args, kwargs):
            raise AssertionError(f"{queryset.model.__name__}.{name} leaves no history")
        return method(queryset, *args, **kwargs)

    return watching


def touches(model, method, args, kwargs) -> bool:
    """Whether anything is written that the history tells of: a counter may be left out of it."""
    if method == "bulk_create":
        return True
    written = kwargs if method == "update" else kwargs.get("fields") or args[1]
    return not {field.name for field in model.history.model.tracked_fields}.isdisjoint(written)


def called_by_us() -> bool:
    """Whether the call comes from the portal; a manager's method hands it on by a frame of its own."""
    frame = sys._getframe(2)
    while frame.f_code.co_filename.endswith("django/db/models/manager.py"):
        frame = frame.f_back
    name = frame.f_code.co_filename
    return name.startswith(OURS) and name != MADE_UP
