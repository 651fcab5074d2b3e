"""Lists without a column for the department or the kind of power: a heading, a title or the sheet's name says it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.layout.headings import Headings
from catalog.reading.layout.shapes import Cell, Column, Row, Table
from catalog.reading.layout.wording import GROUP_LABEL, body_in_title
from catalog.reading.words import mend

NO_BODY = re.compile("表|清单|目录|汇总|总|附件|说明|事项|履职|收回|下放|委托|页|新建|未命名|工作簿")
# 帮办代办 and 农业农村 end like names and are none.
ENDS_A_BODY = re.compile(
    "(?:局|委员会|(?<![村居两常])委|(?<=政府)办|办公室|联合会|残联|妇联|团委|工会|红十字会|大队|支队|中心|法院|检察院|公司|医院)$"
)
KIND_OF_POWER = re.compile("行政(?:许可|处罚|强制|征收|给付|检查|确认|奖励|裁决|征用)")
ANY_POWER = re.compile("[等及和、]|权力|职权")
# 乡镇, 各镇 and 试点镇 name none.
TOWNSHIP = re.compile(
    "(?:[㐀-鿿]{2,5}[县区市旗])?"
    "(?P<township>(?!全|赋[予权]|下放|委托|授权|派驻|关于|向|由)"
    "(?!.*(?:乡镇|镇街|各|试点|[强重]点?镇|特色|中心镇|[一二三]类|小城镇|建制))"
    "[㐀-鿿]{1,9}?(?:镇|(?<!城)乡|街道|苏木))(?:人民政府|办事处)?"
)
TOWNSHIP_IN_TITLE = re.compile(
    f"{TOWNSHIP.pattern}(?=赋权|承接|下放|受委托|受托|被委托|行政|执法|权力|派驻|事项|委托)"
)
OF_RECEIVERS = re.compile("[^：:]{0,6}(?:受|承接)[^：:]{0,8}[：:]")
NUMBERING = re.compile(
    r"^[0-9一二三四五六七八九十]{1,3}[.、．\-_]|^[(（][0-9一二三四五六七八九十]{1,3}[)）]|[(（][0-9]+项?[)）]$"
)


def with_sheet_titles(rows: Sequence[Row], tables: Sequence[Table], headings: Headings) -> list[Row]:
    """Rows whose department, or kind, stands only in a heading, a title or a sheet's name take it from there."""
    taking = [column for column in headings.columns.values() if _takes(column)]
    if not taking:
        return list(rows)
    indices = {
        sheet: [table for table in tables if table.sheet == sheet] for sheet in {row.sheet for row in rows}
    }
    named: dict[tuple, dict[str, str]] = {}
    titled = []
    for row in rows:
        place = row.sheet, row.table, row.groups
        if place not in named:
            named[place] = _said_above(row, indices[row.sheet][row.table], taking, len(indices) > 1)
        if row.is_ours or not named[place]:
            titled.append(row)
            continue
        said = {name: text for name, text in named[place].items() if not row.text(name)}
        cells = {name: Cell(text, text, "", "", row.sheet) for name, text in said.items()}
        titled.append(replace(row, cells=row.cells.with_taken(cells)) if cells else row)
    return titled


def _said_above(row: Row, table: Table, taking: Sequence[Column], is_one_of_many: bool) -> dict[str, str]:
    """What stands above a row in place of columns the table lacks: its department, the kind of its powers."""
    have = {column.field for column in table.columns}
    lacking = [column for column in taking if column.field not in have]
    said = {column.field: _kind_named(column, table.title, row.sheet, is_one_of_many) for column in taking}
    groups = row.groups[::-1]
    body = next(
        filter(None, (body_name(GROUP_LABEL.sub("", one)) for one in groups if not OF_RECEIVERS.match(one))),
        "",
    )
    town = next(filter(None, (township_in(GROUP_LABEL.sub("", one)) for one in groups)), "")
    township = next(filter(None, map(township_in, (row.sheet, table.title))), "")
    is_short = is_one_of_many and not township and not any(said.values())
    titles = [name for title in (table.title, row.sheet) for name in (body_name(title), body_in_title(title))]
    titles += [short_name(row.sheet)] if is_short else []
    for column in lacking:
        told = table.said.get(column.field, "")
        if column.takes_sheet_title:
            said[column.field] = body or told or next(filter(None, titles), "")
        elif column.takes_township:
            said[column.field] = town or told or township
    return {column.field: text for column in lacking if (text := said[column.field])}


def _kind_named(column: Column, title: str, sheet: str, is_one_of_many: bool) -> str:
    """What every row of a sheet named 行政处罚 is, or of a list of 行政处罚事项; 公共服务 may name the whole list."""
    if column.recognises is None or not _names_kinds(column):
        return ""
    bare = NUMBERING.sub("", mend(sheet)).strip()
    if is_one_of_many and column.recognises(bare):
        return bare
    named = {kind for kind in KIND_OF_POWER.findall(mend(title)) if column.recognises(kind)}
    return named.pop() if len(named) == 1 and not ANY_POWER.search(title) else ""


def township_in(title: str) -> str:
    """石桥镇 of a sheet named so, or of a title that says what 石桥镇 takes on; empty where it begins otherwise."""
    name = NUMBERING.sub("", mend(title)).strip()
    match = TOWNSHIP.fullmatch(name) or TOWNSHIP_IN_TITLE.match(name)
    return match["township"] if match else ""


def _takes(column: Column) -> bool:
    return column.takes_sheet_title or column.takes_township or _names_kinds(column)


def _names_kinds(column: Column) -> bool:
    return column.recognises is not None and not column.mistaken_for


def short_name(title: str) -> str:
    """A sheet's name where every sheet is a department's: 民政, 水务."""
    name = NUMBERING.sub("", mend(title)).strip()
    return name if re.fullmatch("[㐀-鿿]{2,12}", name) and not NO_BODY.search(name) else ""


def body_name(title: str) -> str:
    """The body a sheet or table is named after, empty where it is named otherwise (Sheet1, 汇总)."""
    name = NUMBERING.sub("", mend(title)).strip()
    return name if 3 <= len(name) <= 25 and name[-1] not in "）)" and ENDS_A_BODY.search(name) else ""
