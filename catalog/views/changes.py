"""Two editions of a list side by side: what has become of each item between them."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..caching import stored_by
from ..comparison import compare_editions
from ..difference import shown_difference
from ..models import Edition
from .lists import comparable, edition_before, editions_at
from .showing import show
from .tables import table_file

# Of each kind of change; the file has all of them.
MOST_SHOWN = 300
HEADINGS = ("变化", "事项编码", "主项", "事项", "栏目", "原文", "新文")


@dataclass(frozen=True)
class Pair:
    """The two editions of the question, the earlier first, or why there are none."""

    before: Edition | None = None
    after: Edition | None = None
    trouble: str = ""

    @property
    def query(self) -> str:
        return f"from={self.before.day_slug}&to={self.after.day_slug}"


@stored_by("from", "to")
def compare_list(request, county_code, list_slug):
    editions = editions_at(county_code, list_slug)
    item_list, editions = editions[0].list, comparable(editions)
    pair = pair_of(request, editions)
    return show(
        request,
        "compare_list.html",
        status=200 if pair.after else 404,
        keeping=["from", "to"],
        county=item_list.county,
        item_list=item_list,
        editions=editions,
        pair=pair,
        **(difference_of(pair) if pair.after else {}),
    )


def difference_of(pair):
    """What the page shows; what came of a split or went into it is counted there alone."""
    comparison = compare_editions(pair.before, pair.after)
    told = {"new": len(comparison.new), "gone": len(comparison.gone), "kin": len(comparison.kinships)}
    difference = shown_difference(comparison, MOST_SHOWN)
    return {"difference": difference, "counts": {**comparison.counts, **told}}


@require_safe
def compare_list_table(request, county_code, list_slug, ending):
    pair = pair_of(request, comparable(editions_at(county_code, list_slug)))
    if not pair.after:
        raise Http404
    rows = rows_of(compare_editions(pair.before, pair.after))
    title = f"变化对照（{pair.before.day_slug}—{pair.after.day_slug}）"
    return table_file(ending, title, HEADINGS, rows)


def pair_of(request, editions) -> Pair:
    """The editions asked for; without a question the latest and the one it follows."""
    asked = {name: request.GET.get(name, "") for name in ("from", "to")}
    by_day = {each.day_slug: each for each in editions}
    if len(editions) < 2:
        return Pair(trouble=_("There is only one edition of this list, so there is nothing to compare."))
    for day in asked.values():
        if day and day not in by_day:
            return Pair(trouble=_("There is no such edition of this list. Choose two of those below."))
    after = by_day.get(asked["to"], editions[0])
    before = by_day.get(asked["from"]) or edition_before(after, editions)
    if before is None:
        return Pair(trouble=_("No edition stands before this one. Choose two of those below."))
    if before == after:
        return Pair(trouble=_("These are one and the same edition. Choose two of those below."))
    if editions.index(before) < editions.index(after):
        before, after = after, before
    return Pair(before, after)


def rows_of(comparison):
    """A row for each entry that came, went or followed another, and one for each field that differs."""
    for kinship in comparison.kinships:
        entry = kinship.entry
        kind = {"split": "拆分", "merged": "合并", "replaced": "替代"}[kinship.kind]
        yield kind, entry.item.code, entry.main_name, entry.name, "", kinship.before.name, entry.name
    for change in comparison.changed:
        kind = "部门调整" if change.is_moved else "更名" if change.is_renamed else "修改"
        entry = change.entry
        for field in change.fields:
            yield (
                kind,
                entry.item.code,
                entry.main_name,
                entry.name,
                str(field.label),
                field.before,
                field.after,
            )
    for entry in comparison.new:
        yield "新增", entry.item.code, entry.main_name, entry.name, "", "", ""
    for entry in comparison.gone:
        yield "删除", entry.item.code, entry.main_name, entry.name, "", "", ""
