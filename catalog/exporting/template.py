"""A blank list to fill in: the kind's headings, drop-down lists, formats, and one row that shows how.

In Chinese in every interface language, like the lists themselves. The example row begins with 示例 in place of
a serial, by which the layout knows it and leaves it out.
"""

from typing import BinaryIO

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.models import County, Department, Office

from ..choices import POWER_TYPE_NAMES
from ..kinds import ListKind
from ..models import Category
from ..reading.layout.ours import EXAMPLE
from ..resources.columns import ListField
from ..resources.widgets import (
    BasisWidget,
    CategoryWidget,
    DayWidget,
    DepartmentWidget,
    LimitWidget,
    NamesWidget,
    PowerTypeWidget,
    SerialWidget,
    UnitWidget,
)
from .styles import Wardrobe
from .table import CODE, PrintedColumn
from .workbook import SHEET, saved, width_of

CHOICES = "选项"
ROWS_TO_FILL = 2000
TITLE, HEADER, FIRST = 1, 2, 3

# What the example row says, by field; what is not named here follows from the kind of column.
EXAMPLES = {
    "seq": EXAMPLE,
    "name": "最低生活保障申请受理",
    "main_name": "最低生活保障",
    "power_type": "行政给付",
    "service_target": "具有本县户籍的困难家庭",
    "requirements": "材料齐全的当场受理",
    "legal_basis": "《社会救助暂行办法》第十一条",
    "receiving_body": "各乡镇人民政府",
    "phone": "0000-12345",
}
# From the special to the general: the first that fits explains the column.
HOW_TO_FILL: list[tuple[type, str]] = [
    (PowerTypeWidget, "从下拉列表中选择"),
    (CategoryWidget, "从下拉列表中选择，也可按本县清单的用语填写"),
    (DepartmentWidget, "从下拉列表中选择；几个部门用“、”隔开"),
    (UnitWidget, "从下拉列表中选择；须是本县乡镇的内设机构或县级部门"),
    (NamesWidget, "几个名称用“、”隔开"),
    (BasisWidget, "写明法律法规名称和条款，几部依据分行填写"),
    (LimitWidget, "写明数字和单位，例如“20个工作日”；当场办理的写“当场办结”"),
    (DayWidget, "例如“2025-07-01”；不是具体日期的照实填写，例如“长期”"),
    (SerialWidget, "整数"),
]
HOW_TO_FILL_FIELD = {
    CODE: "新增事项留空，由平台编号；已有事项不要改动",
    "seq": "整数；以“示例”开头的一行不会导入，可以留着，也可以删除",
}


def template_for(kind: ListKind, county: County) -> BinaryIO:
    """The workbook a county fills in for a new list of this kind."""
    columns = [PrintedColumn(name, field.column_name, field) for name, field in kind.resource.fields.items()]
    columns = [*(column for column in columns if column.name != CODE), *_code(columns)]
    choices = _choices(columns, county)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = f"A{FIRST}"
    _format_columns(sheet, columns)
    _write_form(sheet, columns, _title(kind, county), [_example(column, choices) for column in columns])
    _offer(sheet, columns, choices)
    _write_choices(book.create_sheet(CHOICES), choices)
    return saved(book)


def _code(columns: list[PrintedColumn]) -> list[PrintedColumn]:
    return [column for column in columns if column.name == CODE]


def _title(kind: ListKind, county: County) -> str:
    with override("zh-hans"):
        return f"{county.name}{kind.title}清单"


def _choices(columns: list[PrintedColumn], county: County) -> dict[str, list[str]]:
    """The words each column offers, where it offers some."""
    departments = list(Department.objects.filter(county=county).values_list("name", flat=True))
    offices = Office.objects.filter(township__county=county).order_by("name")
    units = [*offices.values_list("name", flat=True).distinct(), *departments]
    offered: list[tuple[type, list[str]]] = [
        (PowerTypeWidget, list(POWER_TYPE_NAMES.values())),
        (CategoryWidget, list(Category.objects.values_list("name", flat=True))),
        (DepartmentWidget, departments),
        (UnitWidget, units),
    ]
    found = {}
    for column in columns:
        words = next((words for widget, words in offered if isinstance(column.field.widget, widget)), [])
        if words:
            found[column.name] = words
    return found


def _example(column: PrintedColumn, choices: dict[str, list[str]]) -> str:
    if column.name in EXAMPLES:
        return EXAMPLES[column.name]
    if column.name in choices:
        return choices[column.name][0]
    if isinstance(column.field.widget, LimitWidget):
        return "20个工作日"
    return "2025-07-01" if isinstance(column.field.widget, DayWidget) else ""


def _format_columns(sheet, columns: list[PrintedColumn]) -> None:
    """Texts are texts, so that 0340 keeps its zero and 3-1 does not become the first of March."""
    for place, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = width_of(column)
        dimension.number_format = _number_format(column.field)


def _number_format(field: ListField) -> str:
    if isinstance(field.widget, SerialWidget):
        return "0"
    return "yyyy-mm-dd" if isinstance(field.widget, DayWidget) else "@"


def _write_form(sheet, columns: list[PrintedColumn], title: str, example: list[str]) -> None:
    wardrobe = Wardrobe(sheet)
    sheet.append(wardrobe.line(title, "title", len(columns)))
    sheet.merged_cells.add(f"A{TITLE}:{get_column_letter(len(columns))}{TITLE}")
    sheet.append([wardrobe.cell(column.heading, "heading") for column in columns])
    sheet.append([wardrobe.cell(value, "example") for value in example])


def _offer(sheet, columns: list[PrintedColumn], choices: dict[str, list[str]]) -> None:
    """For each column a word on how to fill it in, and where it has words to choose from, a drop-down list.

    Only power types take nothing else.
    """
    offering = list(choices)
    for place, column in enumerate(columns, start=1):
        rule = DataValidation(promptTitle=column.heading[:32], prompt=_how_to_fill(column))
        rule.showInputMessage = True
        if column.name in choices:
            letter = get_column_letter(offering.index(column.name) + 1)
            rule.type = "list"
            rule.formula1 = f"'{CHOICES}'!${letter}$1:${letter}${len(choices[column.name])}"
            rule.allow_blank = True
            rule.showErrorMessage = isinstance(column.field.widget, PowerTypeWidget)
        letter = get_column_letter(place)
        rule.add(f"{letter}{FIRST}:{letter}{ROWS_TO_FILL}")
        sheet.data_validations.append(rule)


def _how_to_fill(column: PrintedColumn) -> str:
    by_widget = (text for widget, text in HOW_TO_FILL if isinstance(column.field.widget, widget))
    text = HOW_TO_FILL_FIELD.get(column.name) or next(by_widget, "文字")
    return f"必填。{text}" if column.field.layout.get("is_required") else text


def _write_choices(sheet, choices: dict[str, list[str]]) -> None:
    wardrobe = Wardrobe(sheet)
    for place in range(max(map(len, choices.values()), default=0)):
        words = [words[place] if place < len(words) else "" for words in choices.values()]
        sheet.append([wardrobe.cell(word) for word in words])
    sheet.sheet_state = "hidden"
