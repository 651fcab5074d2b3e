"""One value said for many rows at once: for all of them or, where the person says so, for all that can take it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.journal import changes_in, record_many
from accounts.models import County, Department, User

from ..choices import EditionState, GuideState
from ..models import Category, Edition, Entry, Guide
from ..reading.words import fold
from ..search.indexing import rewrite
from ..search.own import ITEMS
from .holding import locked_for_writing
from .proposing import propose_guide, submit_guide

# Each row is checked as if it were typed; whoever means more of a list works on its workbook.
MOST_AT_ONCE = 500


@dataclass
class SetForMany:
    """What came of it: how many rows changed, how many said so already, and what was refused, in sentences."""

    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    refused: list[str] = field(default_factory=list)

    def refuse(self, name: str, problem: ValidationError, rows: int = 1) -> None:
        self.left_out += rows
        self.refused += [
            _("“%(name)s”: %(reason)s") % {"name": name, "reason": reason} for reason in problem.messages
        ]


@transaction.atomic
def set_in_entries(
    *,
    entries: QuerySet[Entry],
    by: User,
    category: Category | None = None,
    department: Department | None = None,
    leave_out_refused: bool = False,
) -> SetForMany:
    """Say category and department for these entries of drafts; what is None stays as it is.

    Raises `ValidationError` with a sentence for each refused row, unless they may be left out.
    """
    values = _printed("category", category) | _printed("department", department)
    done = SetForMany()
    rows = list(entries.select_related("item__county").order_by("edition", "position"))
    _refuse_too_many(rows)
    editions = Edition.objects.with_list().in_bulk({entry.edition_id for entry in rows})
    for key, group in groupby(rows, key=lambda entry: entry.edition_id):
        of_edition = list(group)
        try:
            edition = locked_for_writing(editions[key])
        except ValidationError as problem:
            done.refuse(editions[key].title, problem, len(of_edition))
            continue
        _set_in_edition(edition, of_edition, values, by, done)
    _refuse_unless_left_out(done, leave_out_refused)
    return done


def _printed(name: str, row: Category | Department | None) -> dict[str, object]:
    """A chosen category or department, and what the paper prints for it."""
    return {} if row is None else {name: row, f"{name}_name": row.name}


def _set_in_edition(
    edition: Edition, entries: list[Entry], values: Mapping[str, object], by: User, done: SetForMany
) -> None:
    kind, county = edition.list.list_kind, edition.list.county
    told_apart_by = [kind.resource.fields[name].attribute for name in kind.resource.told_apart_by]
    standing = Counter(tuple(map(fold, row)) for row in edition.entries.values_list(*told_apart_by))
    events = []
    for entry in entries:
        entry.edition = edition
        if all(getattr(entry, name) == value for name, value in values.items()):
            done.unchanged += 1
            continue
        before, former = copy(entry), _key(entry, told_apart_by)
        for name, value in values.items():
            setattr(entry, name, value)
        entry.digest = entry.compute_digest()
        key = _key(entry, told_apart_by)
        try:
            with transaction.atomic():
                _refuse_another_countys(values.get("department"), county)
                _refuse_double(key, standing - Counter([former]))
                entry.full_clean()
                changes = changes_in(entry)
                entry.save()
                if edition.state != EditionState.UNCONFIRMED and kind.on_write:
                    kind.on_write(entry=entry, before=before, by=by)
        except ValidationError as problem:
            done.refuse(entry.name, problem)
            continue
        standing += Counter([key])
        standing -= Counter([former])
        events.append((edition, {"item": entry.item.code, "name": entry.name, "changes": changes}))
    # Whoever did this has worked on the draft, and does not announce it as its second person.
    record_many("edit", events, by=by, county=county)
    done.changed += len(events)


def _key(entry: Entry, told_apart_by: list[str]) -> tuple[str, ...]:
    return tuple(fold(getattr(entry, name)) for name in told_apart_by)


def _refuse_another_countys(department: Department | None, county: County) -> None:
    if department is not None and department.county_id != county.pk:
        raise ValidationError(_("This department belongs to another county."))


def _refuse_double(key: tuple[str, ...], others: Counter) -> None:
    if others[key]:
        raise ValidationError(
            _("The edition already has an entry of this main item, name, department and responsible unit.")
        )


@transaction.atomic
def set_phone(
    *, guides: QuerySet[Guide], phone: str, by: User, on: date, leave_out_refused: bool = False
) -> SetForMany:
    """Say the phone for questions in these guides.

    An editor changes guides in place in a county that wants no second person; everywhere else a proposal is
    handed in for each. What the person is still writing is changed and goes on waiting for them.
    """
    done, events, read_by_residents = SetForMany(), [], []
    rows = list(guides.select_related("item__county").order_by("item__number", "valid_from"))
    _refuse_too_many(rows)
    for guide in rows:
        if guide.phone == phone:
            done.unchanged += 1
            continue
        name = getattr(guide, "item_name", None) or guide.item.code
        try:
            with transaction.atomic():
                _refuse_what_cannot_change(guide, by, on)
                is_in_place = guide.state == GuideState.APPROVED and _changes_in_place(guide, by)
                is_proposed = guide.state == GuideState.APPROVED and not is_in_place
                row = propose_guide(item=guide.item, by=by, valid_from=on) if is_proposed else guide
                row.phone = phone
                row.full_clean()
                changes = changes_in(row)
                row.save()
                if is_proposed:
                    submit_guide(guide=row, by=by, on=on)
        except ValidationError as problem:
            done.refuse(name, problem)
            continue
        events.append((row, {"changes": changes}))
        if is_in_place:
            read_by_residents.append(row.item)
    _refuse_unless_left_out(done, leave_out_refused)
    for county in {row.item.county for row, _details in events}:
        of_county = [event for event in events if event[0].item.county == county]
        record_many("set_phone", of_county, by=by, county=county)
    for county in {item.county for item in read_by_residents}:
        County.objects.note_publication(county)
        rewrite(county, ITEMS, codes=[item.code for item in read_by_residents if item.county == county])
    done.changed = len(events)
    return done


def _changes_in_place(guide: Guide, by: User) -> bool:
    return by.role == Role.EDITOR and not guide.item.county.needs_second_person


def _refuse_what_cannot_change(guide: Guide, by: User, on: date) -> None:
    if guide.item.county_id != by.county_id:
        raise ValidationError(_("Guides are proposed by an editor of the county or by the department."))
    if guide.state == GuideState.APPROVED:
        if guide.valid_to is not None and guide.valid_to <= on:
            raise ValidationError(_("This guide has ended; choose the one that followed it."))
    elif guide.proposed_by_id != by.pk or guide.state == GuideState.PROPOSED:
        raise ValidationError(
            _("This is a proposal that waits for its answer, or that somebody else writes.")
        )


def _refuse_too_many(rows: Sequence) -> None:
    if len(rows) > MOST_AT_ONCE:
        raise ValidationError(
            _("These are %(count)s rows; up to %(limit)s are set at once.")
            % {"count": len(rows), "limit": MOST_AT_ONCE}
        )


def _refuse_unless_left_out(done: SetForMany, leave_out_refused: bool) -> None:
    if done.refused and not leave_out_refused:
        raise ValidationError(done.refused)
