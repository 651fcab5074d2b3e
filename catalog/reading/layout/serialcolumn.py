"""The running numbers of one table: which rows have one, and what kind of number counts the items."""

from collections import Counter
from collections.abc import Sequence

from catalog.reading.layout.view import View
from catalog.reading.values import Serial, read_serial


class SerialColumn:
    """The serials of a table's rows, by row, and what they are like."""

    def __init__(self, view: View, column: int | None, rows: Sequence[int]):
        self.of: dict[int, Serial] = {}
        styles: Counter[str] = Counter()
        fullness: Counter[int] = Counter()
        fullest = {"han": 0, "figures": 0}
        for row, value in (
            zip(rows, view.values_down(column, rows), strict=True) if column is not None else ()
        ):
            serial = read_serial(value)
            if serial:
                self.of[row] = serial
                styles[serial.style] += 1
                style = "figures" if serial.style == "figures" else "han"
                filled = view.filled(row)
                fullest[style] = max(fullest[style], filled)
                fullness[filled] += 1
        self.are_used = bool(self.of)
        self.figures_rule = styles["figures"] > styles["han"] + styles["brackets"]
        # Where 一, 二 never stand beside more than a name and 1, 2 do, they number groups.
        self.han_are_headings = 0 < fullest["han"] <= 2 < fullest["figures"]
        self.usual_fullness = fullness.most_common(1)[0][0] if fullness else 0
