"""Single cells: what a serial, a day, a limit, a document number or a list of names says."""

from catalog.reading.values.days import Day, find_days, first_day, last_day, read_day, read_period
from catalog.reading.values.documents import (
    FoundNumber,
    document_number,
    find_document_number,
    find_document_numbers,
)
from catalog.reading.values.limits import Limit, read_limit
from catalog.reading.values.names import (
    DepartmentName,
    department_names,
    read_department,
    read_departments,
    split_count,
    split_names,
)
from catalog.reading.values.numerals import number
from catalog.reading.values.serials import Serial, read_serial, serial_number

__all__ = [
    "Day",
    "DepartmentName",
    "FoundNumber",
    "Limit",
    "Serial",
    "department_names",
    "document_number",
    "find_days",
    "find_document_number",
    "find_document_numbers",
    "first_day",
    "last_day",
    "number",
    "read_day",
    "read_department",
    "read_departments",
    "read_limit",
    "read_period",
    "read_serial",
    "serial_number",
    "split_count",
    "split_names",
]
