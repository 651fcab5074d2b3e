"""Division codes laid beside what staff keep: what is new is made, what was renamed is renamed, nothing is deleted.

What the tables said the last time stands in the history of each row, under a reason of its own. So a name that staff
have changed since stays theirs for as long as the tables go on saying what they said, and one the tables have changed
is changed here, with a line in the record of events.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from .. import journal
from ..following import institutions_changed
from ..models import County, Township
from .reading import TOWNSHIPS, CountyRow, Divisions, Remark, TownshipRow

REASON = "division codes"
FOLLOWED = {County: ("name", "prefecture", "province"), Township: ("name", "kind")}
ROWS_AT_ONCE = 500

Progress = Callable[[str, int, int], None]


@dataclass
class Outcome:
    """What a load has done, and what it found that a person must look at."""

    new: int = 0
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0
    gone: list[str] = field(default_factory=list)
    left_out: list[Remark] = field(default_factory=list)


@transaction.atomic
def load_divisions(
    divisions: Divisions, *, within: tuple[str, ...] = (), progress: Progress, is_trial: bool = False
) -> Outcome:
    """Store the divisions whole or not at all; a trial says what would happen and stores nothing."""
    outcome = Outcome(left_out=list(divisions.left_out))
    touched: set[str] = set()
    _load_counties(divisions, outcome, touched, progress)
    _load_townships(divisions, outcome, touched, progress)
    outcome.gone = [*_gone(County, divisions.counties, within), *_gone(Township, divisions.townships, within)]
    for done, county in enumerate(County.objects.filter(code__in=touched).iterator(), 1):
        institutions_changed(county)
        progress("index", done, len(touched))
    journal.record(
        "divisions",
        None,
        by=None,
        county=None,
        sha256=divisions.sha256,
        new=outcome.new,
        update=len(outcome.changed),
        skip=outcome.unchanged,
    )
    if is_trial:
        transaction.set_rollback(True)
    return outcome


def _load_counties(divisions: Divisions, outcome: Outcome, touched: set[str], progress: Progress) -> None:
    known = {county.code: county for county in County.objects.iterator()}
    stated = _stated_before(County)
    for code in divisions.counties.keys() & known.keys():
        if _follow(known[code], divisions.counties[code], stated, outcome):
            touched.add(code)
    missing = [row for code, row in divisions.counties.items() if code not in known]
    made = (County(code=row.code, **_values(County, row)) for row in missing)
    _make(County, made, len(missing), "counties", progress)
    touched.update(row.code for row in missing)
    outcome.new += len(missing)


def _load_townships(divisions: Divisions, outcome: Outcome, touched: set[str], progress: Progress) -> None:
    counties = dict(County.objects.values_list("code", "pk"))
    known = {township.code: township for township in Township.objects.select_related("county").iterator()}
    borne = {(township.county_id, township.name): township.code for township in known.values()}
    stated = _stated_before(Township)
    missing = []
    # Those that are here first: a name one of them gives up is free for what is new.
    for code, row in sorted(divisions.townships.items(), key=lambda pair: pair[0] not in known):
        county_id = counties[row.county_code]
        bearer = borne.get((county_id, row.name), code)
        if bearer != code:
            outcome.left_out.append(_name_is_taken(row, bearer, divisions))
        elif code not in known:
            missing.append(row)
            borne[county_id, row.name] = code
        else:
            former = borne.pop((county_id, known[code].name))
            if _follow(known[code], row, stated, outcome):
                touched.add(row.county_code)
            borne[county_id, known[code].name] = former
    made = (
        Township(code=row.code, county_id=counties[row.county_code], **_values(Township, row))
        for row in missing
    )
    _make(Township, made, len(missing), "townships", progress)
    touched.update(row.county_code for row in missing)
    outcome.new += len(missing)


def _follow(known: Model, row: CountyRow | TownshipRow, stated: dict[int, tuple], outcome: Outcome) -> bool:
    """Bring one row up to date where the tables have changed; whether it was."""
    before = stated.get(known.pk)
    changes = {}
    for place, (name, value) in enumerate(_values(type(known), row).items()):
        ours = getattr(known, name)
        if ours == value:
            continue
        if before and before[place] == value:
            outcome.kept.append(f"{known.code} {name}: {ours} ({REASON}: {value})")
        else:
            changes[name] = value
    if not changes:
        outcome.unchanged += 1
        return False
    outcome.changed += [
        f"{known.code} {name}: {getattr(known, name)} → {value}" for name, value in changes.items()
    ]
    for name, value in changes.items():
        setattr(known, name, value)
    known.full_clean()
    told = journal.changes_in(known)
    known._change_reason = REASON
    known.save()
    county = known if isinstance(known, County) else known.county
    journal.record("changed", known, by=None, county=county, changes=told)
    return True


def _stated_before(model: type[Model]) -> dict[int, tuple]:
    """What the tables said of each row when they last wrote it; None for a field they have never written."""
    unsaid = (None,) * len(FOLLOWED[model])
    stated, standing = {}, {}
    rows = model.history.order_by("history_id")
    for key, reason, *values in rows.values_list("id", "history_change_reason", *FOLLOWED[model]).iterator():
        if reason == REASON:
            fields = zip(values, standing.get(key, unsaid), stated.get(key, unsaid), strict=True)
            stated[key] = tuple(now if now != before else said for now, before, said in fields)
        standing[key] = values
    return stated


def _values(model: type[Model], row: CountyRow | TownshipRow) -> dict[str, str]:
    return {name: getattr(row, name) for name in FOLLOWED[model]}


def _make(model: type[Model], rows: Iterator[Model], count: int, stage: str, progress: Progress) -> None:
    """Insert rows with their history, some hundred at a time."""
    done = 0
    while some := list(islice(rows, ROWS_AT_ONCE)):
        bulk_create_with_history(some, model, default_change_reason=REASON)
        done += len(some)
        progress(stage, done, count)


def _gone(model: type[Model], stated: dict, within: tuple[str, ...]) -> list[str]:
    """Rows that are here and not in the tables; those that have given way to another are no question any more."""
    rows = model.objects.order_by("code")
    if model is Township:
        rows = rows.filter(successions=None)
    return [
        f"{code} {name}"
        for code, name in rows.values_list("code", "name")
        if code not in stated and (not within or code.startswith(within))
    ]


def _name_is_taken(row: TownshipRow, bearer: str, divisions: Divisions) -> Remark:
    text = f"the county has another of this name, {bearer}"
    if bearer not in divisions.townships:
        text += ", which is no longer in the tables; rename it or record what followed it, then load again"
    return Remark(TOWNSHIPS, row.line, row.code, row.name, text)
