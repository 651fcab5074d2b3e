"""Main items over sub items in one column of names: told by steps of serials, or by names that are set in."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.rowcells import RowCells
from catalog.reading.layout.shapes import Cell
from catalog.reading.layout.sorting import Verdict
from catalog.reading.layout.view import LEADING_DASH, View
from catalog.reading.values import read_serial, split_count

# （1）, ① under 1: a step below whatever main item stands above.
NESTED, ANY = re.compile("[(（]|[①-⑳⑴-⒇]"), -1
FEWEST_SET_IN = 2


class Steps:
    """Which rows of a table without a column for main items are main items, and which stand under them."""

    def __init__(
        self,
        view: View,
        header: Header,
        headings: Headings,
        roles: Mapping[str, int | None],
        fields: Mapping[str, str | None],
    ):
        self.view, self.header, self.headings = view, header, headings
        self.roles, self.fields = roles, fields
        self._parents: dict[int, int] = {}
        self._set_in: frozenset[int] = frozenset()

    def told_apart(self, verdicts: list[Verdict], items: list[int]) -> list[Verdict]:
        """1 over 1.1 and 1.2, or over （1） and （2）, or over names that are set in, is a main item.

        `items` are the places of items among the verdicts. A main item that says as much as its sub items is
        one of the list's items too, and in doubt.
        """
        serial, name = self.roles["serial"], self.roles["name"]
        if name is None or self.fields["main_name"] is None:
            return verdicts
        rows = [verdicts[place].row for place in items]
        self._set_in = self._rows_set_in(rows)
        if self._set_in:
            return self._told_by_setting(verdicts, items)
        if serial is None or all(type(value) is int for value in self.view.values_down(serial, rows)):
            # Whole numbers have one step each.
            return verdicts
        return self._told_by_steps(verdicts, items)

    def complete(self, row: int, cells: RowCells) -> None:
        """A sub item takes the name and number of the main item over it, and leaves its dash."""
        name = self.fields["name"]
        if row in self._set_in and name:
            text = LEADING_DASH.sub("", cells[name].text)
            cells[name] = replace(cells[name], text=text, value=text)
        if row not in self._parents:
            return
        parent = self._parents[row]
        for role, column in (("main_name", self.roles["name"]), ("main_serial", self.roles["serial"])):
            field = self.fields[role]
            if field and column is not None:
                printed = self.view.text(parent, column)
                text, _ = split_count(printed)
                here, there = self.view.address(row, column), self.view.address(parent, column)
                cells[field] = Cell(text, text, printed, here, there if text else None)

    def _told_by_steps(self, verdicts: list[Verdict], items: list[int]) -> list[Verdict]:
        told = list(verdicts)
        steps = {place: self._steps(verdicts[place].row) for place in items}
        main: tuple[int, int] | None = None
        for place, following in pairwise([*items, None]):
            step, below = steps[place], steps.get(following, ())
            row = verdicts[place].row
            if len(step) == 1:
                main = None
                is_over = len(below) == 2 and below[0] in (step[0], ANY) and below[1] == 1
                if following is not None and is_over and self.view.text(row, self.roles["name"]):
                    told[place] = self._as_main(row, verdicts[following].row)
                    main = row, step[0]
            elif len(step) == 2 and main and step[0] in (main[1], ANY):
                self._parents[row] = main[0]
        return told

    def _told_by_setting(self, verdicts: list[Verdict], items: list[int]) -> list[Verdict]:
        told = list(verdicts)
        main: int | None = None
        for place, following in pairwise([*items, None]):
            row = verdicts[place].row
            if row in self._set_in:
                told[place] = Verdict(row)
                if main is not None:
                    self._parents[row] = main
                continue
            below = verdicts[following].row if following is not None else None
            main = row if below in self._set_in else None
            if main is not None and below is not None:
                told[place] = self._as_main(row, below)
        return told

    def _rows_set_in(self, rows: list[int]) -> frozenset[int]:
        """The rows whose names are set in under others, by blanks or a dash, and have no number of their own."""
        name, serial = self.roles["name"], self.roles["serial"]
        found = frozenset(row for row in rows if self.view.is_set_in(row, name))
        if len(found) < FEWEST_SET_IN or len(found) == len(rows) or rows[0] in found:
            return frozenset()
        if serial is None:
            return (
                found if all(LEADING_DASH.match(self.view.text(row, name)) for row in found) else frozenset()
            )
        is_told = all((row in found) == (not self.view.text(row, serial)) for row in rows)
        return found if is_told else frozenset()

    def _as_main(self, row: int, below: int) -> Verdict:
        """A main item alone, or one that is also an item: it fills whatever the first sub item fills itself."""
        column = self.view.own(row)[0][0]
        apart = {self.roles["name"], self.roles["serial"]}
        own = {column for column, _ in self.view.own(row)}
        said = {
            column for column, _ in self.view.own(below) if column not in apart and self._is_of_one(column)
        }
        if said and said <= own:
            return Verdict(row, column=column, is_doubtful=True)
        return Verdict(row, "main_item", column)

    def _is_of_one(self, column: int) -> bool:
        """Whether a cell of the column speaks of its own row alone, and never of those below."""
        name = self.header.field_at(column)
        return name is None or not self.headings.columns[name].fills_down

    def _steps(self, row: int) -> tuple[int, ...]:
        value = self.view.value(row, self.roles["serial"])
        serial = read_serial(value)
        if serial is None:
            return ()
        is_nested = isinstance(value, str) and NESTED.match(value.strip())
        return (ANY, *serial.numbers) if is_nested and len(serial.numbers) == 1 else serial.numbers
