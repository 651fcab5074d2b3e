"""The staff's screens of the catalogue: they declare and delegate; what happens stands in `publishing`."""

from . import comments, editions, entries, feedback, finding, guides, lists, procedures, reference, runs

__all__ = [
    "comments",
    "editions",
    "entries",
    "feedback",
    "finding",
    "guides",
    "lists",
    "procedures",
    "reference",
    "runs",
]
