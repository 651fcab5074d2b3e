"""Cells that hold several things at once: labelled lines, and a term with its first and last day."""

import re
from collections.abc import Iterable
from dataclasses import replace

from catalog.reading.layout.rowcells import RowCells
from catalog.reading.layout.shapes import Column
from catalog.reading.values import read_period
from catalog.reading.values.names import ENDS_A_NAME
from catalog.reading.words import mend_lines

# To be filled with the labels looked for: "承接部门：", "【承接部门】", "1.承接部门:".
LABEL = (
    r"(?P<label>(?:^|(?<=[\n；;。，,\s]))[【\[（(]?(?:[0-9一二]{{1,2}}[.、．])?\s*(?:{0})\s*[】\])）]?\s*[:：\n]"
    r"|【(?:{0})】)"
)


def take_apart(cells: RowCells, columns: Iterable[Column]) -> None:
    """Give every field its share of such cells; what has a cell of its own keeps it."""
    for column in columns:
        cell = cells.get(column.field)
        if not cell or not cell.text:
            continue
        if column.labelled:
            for name, text in _split_labels(cell.printed or cell.text, column.labelled).items():
                if not cells.text(name):
                    cells[name] = replace(cell, text=text, value=text)
        if column.period:
            for name, day in zip(column.period, read_period(cell.value), strict=True):
                if not cells.text(name):
                    cells[name] = replace(cell, text=day.printed, value=day.day or day.printed)


def _split_labels(text: str, labelled: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    """``承接部门：县民政局 工作方式：定期巡查`` by field; without labels a leading name is the first."""
    plain = mend_lines(text)
    places: list[tuple[int, int, str]] = []
    for name, labels in labelled:
        wanted = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
        found = re.search(LABEL.format(wanted), plain)
        if found:
            places.append((found.start("label"), found.end(), name))
    places.sort()
    if not places:
        return _split_name(plain, [name for name, _ in labelled])
    ends = [start for start, _, _ in places[1:]] + [len(plain)]
    return {
        name: plain[begin:end].strip("；;，, \n")
        if end == len(plain)
        else plain[begin:end].strip("；;，,。 \n")
        for (_, begin, name), end in zip(places, ends, strict=True)
    }


def _split_name(plain: str, names: list[str]) -> dict[str, str]:
    """``县应急管理局：定期检查``, or the name on a line of its own."""
    parts = re.split("[：:\n]", plain, maxsplit=1)
    name = parts[0].strip()
    if len(names) == 2 and len(parts) == 2 and len(name) <= 40 and ENDS_A_NAME.search(name):
        return {names[0]: name, names[1]: parts[1].strip()}
    return {}
