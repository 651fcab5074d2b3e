"""What an import holds while nothing is stored yet: rows as the kind understood them, and what was noticed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from accounts.models import County, Department

from ..countywords import CountyWords
from ..kinds import ListKind
from ..models.entry import PRINTED_FIELDS
from ..reading.grid import Level, Message
from ..reading.layout import Layout, Row


@dataclass(slots=True)
class TakenRow:
    """One row of the file as the kind's resource understood it.

    `fields` is what a report shows, `values` what an entry stores of the core columns, `details` the rest.
    """

    row: Row
    fields: dict[str, object] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    details: dict[str, object] = field(default_factory=dict)
    refusals: list[Message] = field(default_factory=list)
    findings: list[Message] = field(default_factory=list)  # what the kind's own checks say of it
    reason: str = ""  # why it is left out, where it is

    @property
    def is_refused(self) -> bool:
        """Whether something in the row cannot be taken."""
        return bool(self.refusals)

    @property
    def printed(self) -> list[object]:
        """What an entry of this row prints, in the order of `PRINTED_FIELDS`."""
        return [*(self.values.get(name, "") for name in PRINTED_FIELDS[:-1]), self.details]

    @property
    def legal_bases(self) -> Sequence[Mapping[str, object]]:
        """The citations of the row's legal basis."""
        return self.fields.get("legal_bases", ())

    def department(self, words: CountyWords) -> Department | None:
        """The first department the row names, else the one that is its responsible unit."""
        named = self.fields.get("department") or ""
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
        taken.findings.append(message)
        if level == "error":
            taken.refusals.append(message)

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
