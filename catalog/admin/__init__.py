"""The staff's screens of the catalogue: they declare and delegate; what happens stands in `publishing`."""

from . import editions, entries, guides, lists, procedures, reference, runs

__all__ = ["editions", "entries", "guides", "lists", "procedures", "reference", "runs"]
