"""An empty table to fill in: headings, drop-down choices, and a sheet that explains each column."""

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from .writing import add_sheet, saved

ROWS_TO_FILL = 1000


def template_for(resource) -> bytes:
    """The workbook a clerk downloads, fills in and uploads; the same headings as import and export."""
    workbook = Workbook(write_only=True)
    columns = resource.get_import_fields()
    sheet = add_sheet(workbook, resource.sheet, [column.column_name for column in columns], [])
    for place, column in enumerate(columns):
        add_choices(sheet, chr(ord("A") + place), choices_of(column))
    add_sheet(
        workbook,
        "填写说明",
        ["列", "必填", "说明", "可填内容"],
        [
            [
                column.column_name,
                "是" if column.is_required else "",
                str(column.explanation),
                "、".join(choices_of(column)) or _("any text") * (not column.explanation),
            ]
            for column in columns
        ],
        widths=(20, 8, 60, 60),
    )
    return saved(workbook)


def choices_of(column) -> list[str]:
    """The words a column takes, when it takes only some."""
    return list(getattr(column.widget, "words", {}).values())


def add_choices(sheet, letter: str, words: list[str]) -> None:
    if not words:
        return
    choice = DataValidation(type="list", formula1='"' + ",".join(words) + '"', allow_blank=True)
    choice.add(f"{letter}2:{letter}{ROWS_TO_FILL}")
    sheet.data_validations.append(choice)
