"""Small tables in and out: bytes to rows within bounds, rows to files in which nothing is alive."""

from .reading import Unreadable, read_tables
from .writing import as_csv, as_workbook, inert

__all__ = ["Unreadable", "as_csv", "as_workbook", "inert", "read_tables"]
