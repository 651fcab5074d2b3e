"""What an import holds while nothing is stored yet: rows as the kind understood them, and what was noticed."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from accounts.models import County, Department

from ..countywords import CountyWords
from ..kinds import ListKind
from ..models.entry import TEXTS, digest_of
from ..reading.grid import Level, Message
from ..reading.layout import Layout, Row
from .cells import Readings, Understood

BLANKS = ("",) * len(TEXTS)


@dataclass(slots=True)
class TakenRow:
    """One row of the file as the kind's resource understood it.

    `cells` is what its columns say, `values` what an entry stores of the core columns, `details` the rest.
    """

    row: Row
    readings: Readings
    cells: tuple[Understood, ...] = ()
    values: dict[str, object] = field(default_factory=dict)
    details: dict[str, object] = field(default_factory=dict)
    refusals: tuple[Message, ...] = ()
    findings: tuple[Message, ...] = ()  # what the kind's own checks say of it
    department_told: object = ""  # by another column than that of departments
    reason: str = ""  # why it is left out, where it is
    _digest: str = field(default="", init=False)

    @property
    def is_refused(self) -> bool:
        """Whether something in the row cannot be taken."""
        return bool(self.refusals)

    @property
    def fields(self) -> dict[str, object]:
        """What a report shows of the row."""
        fields: dict[str, object] = {}
        for reading, understood in zip(self.readings.columns, self.cells, strict=True):
            fields[reading.name] = understood.shown
            fields.update(understood.companions)
        return fields | ({"department": self.department_told} if self.department_told else {})

    @property
    def printed(self) -> list[object]:
        """What an entry of this row prints, in the order of `PRINTED_FIELDS`."""
        return [*self.texts, self.details]

    @property
    def digest(self) -> str:
        """Of what an entry of this row prints; a first import asks for it only while the database is storing."""
        self._digest = self._digest or digest_of(self.printed)
        return self._digest

    @property
    def texts(self) -> Iterable[object]:
        """What an entry of this row prints in fields of its own, in the order of `PRINTED_FIELDS`."""
        return map(self.values.get, TEXTS, BLANKS)

    @property
    def legal_bases(self) -> Sequence[Mapping[str, object]]:
        """The citations of the row's legal basis."""
        understood = self.understood("legal_basis")
        return understood.companions.get("legal_bases", ()) if understood else ()

    def understood(self, name: str) -> Understood | None:
        """What the column of a field says, None where the row has no such column."""
        place = self.readings.places.get(name)
        return None if place is None else self.cells[place]

    def shown(self, name: str) -> object:
        """What a report shows of one field, empty where the row has no such column."""
        if name == "department" and self.department_told:
            return self.department_told
        understood = self.understood(name)
        return understood.shown if understood else ""

    def department(self, words: CountyWords) -> Department | None:
        """The first department the row names, else the one that is its responsible unit."""
        named = self.shown("department") or ""
        first = named[0] if isinstance(named, list) else named
        return words.department(str(first)) or words.department(str(self.values.get("responsible_unit", "")))


@dataclass
class Intake:
    """A file as read for one county and kind; nothing is stored yet."""

    kind: ListKind
    county: County
    name: str
    content: bytes
    layout: Layout
    words: CountyWords
    rows: list[TakenRow] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    left_out: list[TakenRow] = field(default_factory=list)
    other_parts: list[Row] = field(default_factory=list)
    only: tuple[str, ...] = ()
    stated: Mapping[str, object] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    _said: dict[tuple, Message] = field(default_factory=dict)

    def say(self, level: Level, code: str, sheet: str, cell: str, **values: object) -> Message:
        """Add a message; what a merged cell or a group row says of many rows is said once."""
        key = (level, code, sheet, cell, *sorted(values.items()))
        if key not in self._said:
            self._said[key] = Message(level, code, sheet, cell, values)
            self.messages.append(self._said[key])
        return self._said[key]

    def find(self, taken: TakenRow, level: Level, code: str, column: str, **values: object) -> None:
        """Add what the kind's checks found in a row, at the column's own cell or else at the name's.

        An error refuses the row.
        """
        name = column if column in taken.row.cells else "name"
        message = self.say(level, code, taken.row.sheet, taken.row.address(name), **values)
        taken.findings += (message,)
        if level == "error":
            taken.refusals += (message,)

    @property
    def sha256(self) -> str:
        """The file's digest, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def refused(self) -> list[TakenRow]:
        return [row for row in self.rows if row.is_refused]

    @property
    def has_errors(self) -> bool:
        """Something stands in the way of storing the list."""
        return any(message.level == "error" for message in self.messages)

    def leave_out_refused(self) -> None:
        """Go on without the refused rows: their errors become warnings, and they are reported as left out."""
        reasons = {id(message) for taken in self.refused for message in taken.refusals}
        self.left_out += [replace(taken, reason="refused") for taken in self.refused]
        self.rows = [taken for taken in self.rows if not taken.is_refused]
        self.messages = [
            replace(message, level="warning") if id(message) in reasons else message
            for message in self.messages
        ]
        if not self.rows:
            self.messages.append(Message("error", "no_rows"))

    @property
    def record(self) -> dict[str, object]:
        """What the sheet says of the edition itself: title, document number, days."""
        found = {
            "title": self.layout.title,
            "document_number": self.layout.document_number,
            "made_on": self.layout.day("made"),
            "published_on": self.layout.day("published"),
            "effective_on": self.layout.day("effective"),
        }
        return {name: value for name, value in found.items() if value} | dict(self.stated)
