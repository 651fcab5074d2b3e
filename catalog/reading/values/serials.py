"""Running numbers: ``１２``, ``1７``, ``40 ``, ``33.``, ``（一）``, ``十二``, ``3.0``, ``1-2``, ``No.5``."""

import re
import unicodedata
from typing import Literal, NamedTuple

from catalog.reading.grid import Value
from catalog.reading.values.numerals import number

Style = Literal["figures", "han", "brackets"]

# Marked ones are explained below the list: ★5, 5*.
MARKED = re.compile("^[*★☆※▲△●#]+|[*★☆※▲△●#]+$")
WRAPPING = re.compile(r"^[(\[【〔第]?(.*?)[)\]】〕号项条]?[.、,，:：。]?$")
NUMBER_SIGN = re.compile(r"^no\.?(?=[0-9])", re.IGNORECASE)
POINT_ZERO = re.compile(r"(?<=[0-9])\.0+$")
STEPS = re.compile(r"[-—–.·/]")
MOST = 1_000_000
LONGEST = 12


class Serial(NamedTuple):
    """A running number: ``1-2`` is item 2 of main item 1, so `numbers` is (1, 2)."""

    numbers: tuple[int, ...]
    style: Style = "figures"

    @property
    def number(self) -> int:
        """The last step, which is the item's own number."""
        return self.numbers[-1]


def read_serial(value: Value) -> Serial | None:
    """The serial a cell holds, or None where it holds something else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Serial((value,)) if 0 <= value < MOST else None
    if isinstance(value, float):
        return Serial((int(value),)) if value.is_integer() and 0 <= value < MOST else _steps(repr(value))
    if isinstance(value, str):
        return _written(value)
    return None


def serial_number(value: Value) -> int | None:
    """The serial as one number, or None where the cell holds none."""
    if type(value) is int:
        return value if 0 <= value < MOST else None
    serial = read_serial(value)
    return serial.number if serial else None


def _written(text: str) -> Serial | None:
    stripped = text.strip()
    if len(stripped) > LONGEST:
        return None
    plain = MARKED.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", stripped)))
    if not plain or len(plain) > LONGEST:
        return None
    plain = NUMBER_SIGN.sub("", plain)
    inside = POINT_ZERO.sub("", WRAPPING.sub(r"\1", plain))
    if not inside:
        return None
    if inside[0].isdigit():
        return _steps(inside)
    return _steps(inside, "brackets" if plain[0] in "([【〔" else "han")


def _steps(text: str, style: Style = "figures") -> Serial | None:
    numbers = [number(step) for step in STEPS.split(text)]
    if len(numbers) > 4 or any(step is None or step >= MOST for step in numbers):
        return None
    return Serial(tuple(step for step in numbers if step is not None), style)
