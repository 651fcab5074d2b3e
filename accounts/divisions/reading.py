"""The published tables of division codes: four CSV files, of which every row is taken or named with its reason.

`provinces.csv` and `cities.csv` say what a county belongs to, `areas.csv` has the counties, `streets.csv` what stands
at township level. What a row of the last is follows from the last three digits of its code (GB/T 10114); only where
they leave a choice does the end of the name decide.
"""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..choices import TownshipKind

COUNTIES, TOWNSHIPS = "areas.csv", "streets.csv"
COLUMNS = {
    "provinces.csv": ("code", "name"),
    "cities.csv": ("code", "name"),
    COUNTIES: ("code", "name", "cityCode", "provinceCode"),
    TOWNSHIPS: ("code", "name", "areaCode"),
}
# A nation has some forty thousand townships; a file far beyond that is not what it is said to be.
MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 200_000
LONGEST_NAME = 50
# Rows between province and county that name no prefecture.
NO_PREFECTURE = ("市辖区", "县")
NO_PREFECTURE_ENDS = "直辖县级行政区划"
# Villages without a township above them are summed up in such a row; no body stands behind it.
NO_BODY_ENDS = "直辖村级区划"
ETHNIC_ENDS, SUMU_ENDS = "族乡", "苏木"
GOVERNMENT_ENDS = ("街道", "镇", "乡", "苏木")


class Untaken(Exception):
    """The tables cannot be read at all; a sentence with the file."""


@dataclass(frozen=True)
class CountyRow:
    """One county as the tables state it."""

    line: int
    code: str
    name: str
    prefecture: str
    province: str


@dataclass(frozen=True)
class TownshipRow:
    """One body at township level as the tables state it."""

    line: int
    code: str
    name: str
    kind: TownshipKind

    @property
    def county_code(self) -> str:
        return self.code[:6]


@dataclass(frozen=True)
class Remark:
    """Something about one row, in a sentence: why it was left out, or what is odd about it."""

    file: str
    line: int
    code: str
    name: str
    text: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.code} {self.name}: {self.text}"


@dataclass
class Divisions:
    """What the tables hold; nothing in them is dropped without a remark."""

    counties: dict[str, CountyRow] = field(default_factory=dict)
    townships: dict[str, TownshipRow] = field(default_factory=dict)
    left_out: list[Remark] = field(default_factory=list)
    doubtful: list[Remark] = field(default_factory=list)
    outside: int = 0
    sha256: str = ""


def read_divisions(folder: Path, within: tuple[str, ...] = ()) -> Divisions:
    """Read the four tables; `within` keeps the codes that begin so and counts the others.

    `Untaken` when a file is missing, is no such table, or is far too large.
    """
    divisions = Divisions()
    digest = hashlib.sha256()
    for name in COLUMNS:
        digest.update(_content(folder / name))
    divisions.sha256 = digest.hexdigest()
    above = {
        code: name for file in ("provinces.csv", "cities.csv") for _line, (code, name) in _rows(folder / file)
    }
    _take_counties(divisions, folder, above, within)
    _take_townships(divisions, folder, within)
    return divisions


def kind_of(code: str, name: str) -> TownshipKind | None:
    """What a body at township level is; None where the code is that of no such body."""
    allowed = TownshipKind.allowed_for(code)
    if len(allowed) < 2:
        return next(iter(allowed), None)
    if name.endswith(SUMU_ENDS):
        return TownshipKind.SUMU
    return TownshipKind.ETHNIC_TOWNSHIP if name.endswith(ETHNIC_ENDS) else TownshipKind.TOWNSHIP


def _take_counties(
    divisions: Divisions, folder: Path, above: dict[str, str], within: tuple[str, ...]
) -> None:
    for line, (code, name, city, province) in _rows(folder / COUNTIES):
        if within and not code.startswith(within):
            divisions.outside += 1
            continue
        reason = _fault(code, name, 6, divisions.counties)
        if not reason and not (code.startswith(city) and code.startswith(province) and province in above):
            reason = "its province or city is another one than its code says, or is not in the tables"
        if reason:
            divisions.left_out.append(Remark(COUNTIES, line, code, name, reason))
            continue
        prefecture = above.get(city, "")
        if prefecture in NO_PREFECTURE or prefecture.endswith(NO_PREFECTURE_ENDS):
            prefecture = ""
        divisions.counties[code] = CountyRow(line, code, name, prefecture, above[province])


def _take_townships(divisions: Divisions, folder: Path, within: tuple[str, ...]) -> None:
    named: dict[tuple[str, str], str] = {}
    for line, (code, name, area) in _rows(folder / TOWNSHIPS):
        if within and not code.startswith(within):
            divisions.outside += 1
            continue
        reason = _fault(code, name, 9, divisions.townships)
        kind = None if reason else kind_of(code, name)
        if not reason:
            reason = _township_fault(divisions, code, name, area, kind, named)
        if reason:
            divisions.left_out.append(Remark(TOWNSHIPS, line, code, name, reason))
            continue
        if kind == TownshipKind.QUASI_UNIT and name.endswith(GOVERNMENT_ENDS):
            text = "is named like a government and has the code of a quasi-unit; taken by its code"
            divisions.doubtful.append(Remark(TOWNSHIPS, line, code, name, text))
        named[code[:6], name] = code
        divisions.townships[code] = TownshipRow(line, code, name, kind)


def _fault(code: str, name: str, digits: int, taken: dict) -> str:
    """What is wrong with a row whatever it is of; empty when nothing is."""
    if len(code) != digits or not (code.isascii() and code.isdecimal()):
        return f"the code has not {digits} digits"
    if not name:
        return "the name is empty"
    if len(name) > LONGEST_NAME:
        return f"the name is longer than {LONGEST_NAME} characters"
    if code in taken:
        return f"the code stands in line {taken[code].line} already"
    return ""


def _township_fault(divisions, code, name, area, kind, named) -> str:
    if area != code[:6]:
        return f"the code does not begin with that of its county, {area}"
    if area not in divisions.counties:
        return f"there is no county {area} in {COUNTIES}"
    if kind is None:
        return f"no kind of township has codes that end in {code[6:]}"
    if name.endswith(NO_BODY_ENDS):
        return "stands for villages without a township; there is no body behind it"
    if (area, name) in named:
        return f"the county has another of this name, {named[area, name]}"
    return ""


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Untaken(
                f"{path.name} is larger than {MOST_BYTES // 2**20} MB; that is no table of divisions."
            )
        return path.read_bytes()
    except OSError as error:
        raise Untaken(f"{path.name} cannot be read: {error.strerror}.") from error


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of one table with the columns we read, blanks around them gone; lines without any text are none."""
    wanted = COLUMNS[path.name]
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            heading = [name.strip() for name in next(reader, [])]
            if missing := [name for name in wanted if name not in heading]:
                raise Untaken(f"{path.name} has no column {', '.join(missing)}.")
            places = [heading.index(name) for name in wanted]
            for count, row in enumerate(reader):
                if count >= MOST_ROWS:
                    raise Untaken(
                        f"{path.name} has more than {MOST_ROWS} rows; that is no table of divisions."
                    )
                if any(row):
                    cells = [row[place].strip() if place < len(row) else "" for place in places]
                    yield reader.line_num, cells
    except (UnicodeDecodeError, csv.Error) as error:
        raise Untaken(f"{path.name} is no CSV table in UTF-8: {error}.") from error
