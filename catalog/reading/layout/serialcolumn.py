"""The running numbers of one table: which rows have one, and what kind of number counts the items."""

from collections import Counter
from collections.abc import Sequence

from catalog.reading.layout.view import View
from catalog.reading.values import Serial, read_serial


class SerialColumn:
    """The serials of a table's rows, by row, and what they are like."""

    def __init__(self, view: View, column: int | None, rows: Sequence[int]):
        rows = rows if column is not None else ()
        values = view.values_down(column or 0, rows)
        self.of: dict[int, Serial] = {
            row: serial
            for row, value in zip(rows, values, strict=True)
            if (serial := read_serial(value)) is not None
        }
        filled = {row: view.filled(row) for row in self.of}
        in_figures = [filled[row] for row, serial in self.of.items() if serial.style == "figures"]
        in_words = [filled[row] for row, serial in self.of.items() if serial.style != "figures"]
        self.are_used = bool(self.of)
        self.figures_rule = len(in_figures) > len(in_words)
        # Where 一, 二 never stand beside more than a name and 1, 2 do, they number groups.
        self.han_are_headings = 0 < max(in_words, default=0) <= 2 < max(in_figures, default=0)
        fullness = Counter(filled.values())
        self.usual_fullness = fullness.most_common(1)[0][0] if fullness else 0
