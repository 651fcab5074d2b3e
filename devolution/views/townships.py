"""Two townships of a county compared: as a page, and as a table."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Min
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import County, Township
from catalog.caching import stored_unless_asked
from catalog.days import AskedDay, asked_day
from catalog.models import Edition
from catalog.paging import page_of
from catalog.views.days import show_trouble
from catalog.views.places import governments_on
from catalog.views.showing import show
from catalog.views.tables import table_file

from ..models import TransferTownship
from ..sidebyside import side_by_side

QUESTIONS = ("first", "second", "all", "on")
ROWS = 100


@dataclass(frozen=True)
class Pair:
    """The two townships of the question, or in a sentence why there are none."""

    townships: tuple[Township, ...] = ()
    trouble: str = ""
    is_wrong: bool = False

    @property
    def query(self) -> str:
        first, second = self.townships
        return f"first={first.code}&second={second.code}"


@stored_unless_asked(*QUESTIONS)
def compare_townships(request, county_code):
    county = get_object_or_404(County, code=county_code)
    day = day_of(request, county)
    if day.trouble:
        return show_trouble(request, day, county=county)
    standing = governments_on(county, day.day)
    pair = pair_of(request, standing)
    rows = side_by_side(pair.townships, day) if pair.townships else []
    shown = rows if request.GET.get("all") else [row for row in rows if row.differs]
    return show(
        request,
        "compare_townships.html",
        status=404 if pair.is_wrong else 200,
        keeping=QUESTIONS,
        county=county,
        day=day,
        standing=standing,
        pair=pair,
        asked={name: request.GET.get(name, "") for name in QUESTIONS},
        alike=sum(not row.differs for row in rows),
        page=page_of(request, shown, size=ROWS),
    )


@require_safe
def compare_townships_table(request, county_code, ending):
    county = get_object_or_404(County, code=county_code)
    day = day_of(request, county)
    pair = pair_of(request, governments_on(county, day.day))
    if day.trouble or not pair.townships:
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        rows = [cells_of(row) for row in side_by_side(pair.townships, day)]
    names = [township.name for township in pair.townships]
    title = f"{names[0]}与{names[1]}对照（{day.day.isoformat()}）"
    return table_file(ending, title, headings_for(names), rows)


def day_of(request, county) -> AskedDay:
    """The day asked for, within what the county has published and handed down."""
    editions = Edition.objects.public(timezone.localdate()).filter(list__county=county)
    receipts = TransferTownship.objects.put_in_force().of_county(county)

    def first():
        handed_down = receipts.aggregate(first=Min("valid_from"))["first"]
        return min(filter(None, [editions.first_day(), handed_down]), default=None)

    return asked_day(request, first)


def pair_of(request, standing) -> Pair:
    codes = [request.GET.get(name, "").strip() for name in ("first", "second")]
    by_code = {township.code: township for township in standing}
    if any(code and code not in by_code for code in codes):
        return Pair(trouble=_("One of these is no township of this county on this day."), is_wrong=True)
    if not all(codes):
        return Pair(trouble=_("Choose two townships."))
    if codes[0] == codes[1]:
        return Pair(trouble=_("This is one and the same township. Choose another beside it."))
    return Pair(tuple(by_code[code] for code in codes))


def headings_for(names):
    """As the file prints them, in any interface language."""
    told = [f"{name}：{column}" for name in names for column in ("办理情况", "地点", "时限", "权力方式")]
    return ("类别", "编码", "名称", "是否不同", *told)


def cells_of(row):
    told = []
    for side in row.sides:
        done = (side.rule or "办理") if side.is_done else "不办理"
        told += [done, side.where, side.limit, side.modes]
    return (
        "下放事权" if row.is_power else "服务事项",
        row.code,
        row.name,
        "是" if row.differs else "否",
        *told,
    )
