"""What an import read and did, as plain JSON: the same for the admin, the command line and the record."""

from collections.abc import Mapping
from types import MappingProxyType

from ..reading.grid import Message
from ..reading.layout import Table
from ..sentences import sentence
from .coverage import suggested_only
from .planning import Plan
from .taken import Intake, TakenRow

NO_NOTES: Mapping[str, str] = MappingProxyType({})


def report_of(plan: Plan) -> dict[str, object]:
    """The report of a planned or stored import.

    Every row read as an item is in `rows`, refused ones too; every other row of the sheets is in `ignored`.
    """
    rows = [
        {**_place(taken), "verdict": plan.verdict(place), "fields": taken.fields, **_findings(taken)}
        for place, taken in enumerate(plan.intake.rows)
    ]
    return {**record_of(plan), "rows": rows}


def record_of(plan: Plan) -> dict[str, object]:
    """What is kept of the report with the edition.

    What each row says stands in its entry already, so `rows` has those alone in which the kind's own checks
    found something.
    """
    intake = plan.intake
    return {
        **_heading(intake),
        "rows": [{**_place(taken), **_findings(taken)} for taken in intake.rows if taken.findings],
        "ignored": _ignored(intake),
        "declared": _declared(intake),
        "counts": plan.counts,
        "gone": [{"item": entry.code, "name": entry.name} for entry in plan.gone if entry.code],
        "candidates": _candidates(plan),
        "only": list(intake.only),
        "suggested_only": suggested_only(plan),
        "notes": dict(intake.notes),
        "messages": [told(message, intake.notes) for message in intake.messages],
    }


def _place(taken: TakenRow) -> dict[str, object]:
    return {"sheet": taken.row.sheet, "row": taken.row.number}


def _findings(taken: TakenRow) -> dict[str, list[dict[str, object]]]:
    """What the kind's own checks found in a row, in short; nothing where there are no such checks."""
    found = [
        {"code": message.code, "verdict": message.values.get("verdict", "")} for message in taken.findings
    ]
    return {"findings": found} if found else {}


def report_of_unreadable(message: Message, name: str, kind: str) -> dict[str, object]:
    """The report of a file that could not be read at all: the same shape, with nothing in it but the reason."""
    return {
        "title": None,
        "document_number": None,
        "kind": kind,
        "file": name,
        "sheets": [],
        "header_rows": [],
        "columns": {},
        "tables": [],
        "only": [],
        "suggested_only": [],
        "rows": [],
        "ignored": [],
        "declared": [],
        "counts": dict.fromkeys(("new", "changed", "unchanged", "refused", "gone"), 0),
        "gone": [],
        "candidates": [],
        "notes": {},
        "messages": [told(message)],
    }


def told(message: Message, notes: Mapping[str, str] = NO_NOTES) -> dict[str, str]:
    """A message with its sentence in the language of the reader, and the note that answers it."""
    verdict = message.values.get("verdict")
    answer = {"note": notes[message.code]} if message.code in notes else {}
    return {
        "level": message.level,
        "sheet": message.sheet,
        "cell": message.cell,
        "code": message.code,
        "text": sentence(message.code, message.values),
    } | ({"verdict": str(verdict), **answer} if verdict else {})


def _heading(intake: Intake) -> dict[str, object]:
    layout = intake.layout
    return {
        "title": layout.title or None,
        "document_number": layout.document_number or None,
        "kind": intake.kind.code,
        "file": intake.name,
        "sheets": list(layout.sheets),
        "header_rows": list(layout.header_rows),
        "columns": layout.columns,
        "tables": [_table(table) for table in layout.tables or layout.unread],
    }


def _table(table: Table) -> dict[str, object]:
    """A table's columns as they stand in the sheet: what was printed beside what was understood."""
    columns = [
        {
            "letter": column.letter,
            "heading": column.heading,
            "cell": column.cell,
            "field": column.field,
            "doubt": column.doubt,
            "is_told": column.is_told,
            "is_left_out": column.is_left_out,
            "values": list(column.values),
        }
        for column in table.columns
    ]
    return {"sheet": table.sheet, "header_rows": list(table.header_rows), "columns": columns}


def _ignored(intake: Intake) -> list[dict[str, object]]:
    ignored = [
        {"sheet": row.sheet, "row": row.number, "reason": row.reason, "text": row.text}
        for row in intake.layout.ignored
    ]
    ignored += [
        {"sheet": row.sheet, "row": row.number, "reason": "other_part", "text": row.text("name")}
        for row in intake.other_parts
    ]
    ignored += [
        {
            "sheet": taken.row.sheet,
            "row": taken.row.number,
            "reason": taken.reason,
            "text": taken.row.text("name"),
        }
        for taken in intake.left_out
    ]
    return ignored


def _declared(intake: Intake) -> list[dict[str, object]]:
    return [
        {
            "sheet": declared.sheet,
            "cell": declared.cell,
            "scope": declared.scope,
            "name": declared.name,
            "claimed": declared.claimed,
            "found": declared.found,
        }
        for declared in intake.layout.declared
    ]


def _candidates(plan: Plan) -> list[dict[str, object]]:
    """New rows that may be items of the edition before under another name; nothing was joined by it."""
    return [
        {
            **_place(plan.intake.rows[guess.row]),
            "name": plan.intake.rows[guess.row].values.get("name", ""),
            "item": plan.known[guess.known].code,
            "before": plan.known[guess.known].name,
            "reason": guess.reason,
        }
        for guess in plan.matching.guesses
    ]
