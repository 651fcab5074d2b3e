"""The power and responsibility list of a township, as a page and as a workbook."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from accounts.spreadsheets.writing import add_sheet, saved
from catalog.caching import stored_unless_asked
from catalog.paging import page_of
from catalog.views.days import show_trouble
from catalog.views.places import successions_of, township_at
from catalog.views.showing import show

from ..powerlist import HEADINGS, TITLE, WIDTHS, power_list_of
from .days import day_of

LINES = 12  # each with its legal basis and duties in full
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@stored_unless_asked("on")
def power_list(request, township_code):
    township = township_at(township_code)
    day = day_of(request, township.county)
    if day.trouble:
        return show_trouble(request, day, county=township.county, township=township)
    made = power_list_of(township, day.day, day.published_by)
    return show(
        request,
        "power_list.html",
        keeping=["on"],
        county=township.county,
        township=township,
        successions=successions_of(township, day.day),
        day=day,
        made=made,
        headings=HEADINGS,
        page=page_of(request, made.lines, size=LINES),
    )


@require_safe
def power_list_workbook(request, township_code):
    township = township_at(township_code)
    day = day_of(request, township.county)
    if day.trouble:
        return show_trouble(request, day, county=township.county, township=township)
    made = power_list_of(township, day.day, day.published_by)
    workbook = Workbook(write_only=True)
    add_sheet(workbook, TITLE, HEADINGS, [line.cells for line in made.lines], WIDTHS)
    add_sheet(workbook, "说明", ("项目", "内容"), notes_on(township, day, made), (16, 80))
    name = f"{township.name}{TITLE}（{day.day.isoformat()}）.xlsx"
    response = HttpResponse(saved(workbook), content_type=WORKBOOK)
    response["Content-Disposition"] = content_disposition_header(True, name)
    patch_cache_control(response, public=True, no_cache=True)
    return response


def notes_on(township, day, made):
    """What a reader of the file must know, in the words of the paper."""
    own = f"《{made.edition.title}》（{made.edition.document_number}）" if made.edition else ""
    return [
        ("县（市、区）", township.county.name),
        ("乡镇（街道）", township.name),
        ("日期", day.day.isoformat()),
        ("生成日期", timezone.localdate().isoformat()),
        (
            "法定职权",
            f"{made.own}项{own}" if made.own else "本站未登记法定职权，本表仅列下放、委托、派驻的事项。",
        ),
        ("上级交由行使", f"{len(made.lines) - made.own}项"),
    ]
