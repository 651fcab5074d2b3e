"""The staff's screens of the catalogue: they declare and delegate; what happens stands in `publishing`."""

from . import (
    bulkchanges,
    comments,
    editions,
    entries,
    feedback,
    finding,
    guides,
    handlings,
    lists,
    procedures,
    reference,
    runs,
)

__all__ = [
    "bulkchanges",
    "comments",
    "editions",
    "entries",
    "feedback",
    "finding",
    "guides",
    "handlings",
    "lists",
    "procedures",
    "reference",
    "runs",
]
