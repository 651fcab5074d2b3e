"""What is written down before anything moves: powers with their legal basis, and papers."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.histories import ROWS_A_STATEMENT, change_many, insert_many
from accounts.journal import record, record_many
from accounts.models import County, User
from catalog.models import Item

from .. import wording
from ..models import Instrument, Power, PowerBasis, PowerItem, PowerNumbering, Transfer, TransferTownship
from .holding import lock_powers
from .people import check_keeps
from .showing import show

# What comes from rows that are loaded already, or from nobody yet.
RELATIONS = ("county", "department", "category", "same_as")


def propose_nature(power: Power) -> Power:
    """Fill in what the name tells the law, where nobody has said it yet."""
    proposed = {
        "coercion": wording.coercion_kind(power.name, power.power_type),
        "restricts_liberty": wording.restricts_liberty(power.name),
        "is_heavy": wording.is_heavy(power.name),
        "includes_enforcement": wording.includes_enforcement(power.name, power.power_type),
    }
    for field, value in proposed.items():
        setattr(power, field, getattr(power, field) or value)
    return power


@transaction.atomic
def record_power(*, power: Power, by: User | None, bases: Iterable[PowerBasis] | None = None) -> Power:
    """Store a power: a new one gets its code and a proposal of its nature; bases given take the place of the old."""
    check_keeps(by, power.county, power.department)
    is_new = power.pk is None
    if is_new:
        (power.number,) = PowerNumbering.draw(power.county)
        propose_nature(power)
    power.full_clean(exclude=["name_key", "main_name_key"])
    power.save()
    if bases is not None:
        power.bases.all().delete()
        for position, basis in enumerate(bases, start=1):
            basis.pk, basis.power, basis.position = None, power, position
            basis.full_clean(exclude=["power"])
            basis.save()
    if _is_public(power):
        show(power.county, [power])
    record("power", power, by=by, county=power.county, is_new=is_new, code=power.code)
    return power


@transaction.atomic
def write_items(*, power: Power, items: Iterable[Item], by: User) -> None:
    """Say which items of the lists are done by the power; residents see it on both pages at once."""
    check_keeps(by, power.county, power.department)
    items = list(items)
    power.power_items.exclude(item__in=items).delete()
    known = set(power.power_items.values_list("item", flat=True))
    for item in items:
        if item.pk not in known:
            link = PowerItem(power=power, item=item)
            link.full_clean()
            link.save()
    if _is_public(power):
        show(power.county, [power])
    record("items", power, by=by, county=power.county, items=sorted(item.code for item in items))


@transaction.atomic
def record_new_powers(
    *, county: County, powers: Sequence[tuple[Power, Sequence[PowerBasis]]], by: User | None
) -> None:
    """Store new powers of one county with their legal bases: a whole catalogue in a few statements.

    What `record_power` asks the database of each power is asked by its constraints here.
    """
    for department in {power.department for power, _bases in powers}:
        check_keeps(by, county, department)
    numbers = PowerNumbering.draw(county, len(powers))
    for (power, _bases), power.number in zip(powers, numbers, strict=True):
        propose_nature(power)
        power.note_keys()
        power.full_clean(exclude=RELATIONS, validate_unique=False, validate_constraints=False)
    insert_many([power for power, _bases in powers], by=by)
    for power, bases in powers:
        for position, basis in enumerate(bases, start=1):
            basis.power, basis.position = power, position
    cited = [basis for _power, bases in powers for basis in bases]
    PowerBasis.objects.bulk_create(cited, batch_size=ROWS_A_STATEMENT)
    told = [(power, {"is_new": True, "code": power.code}) for power, _bases in powers]
    record_many("power", told, by=by, county=county)


@transaction.atomic
def record_instrument(*, instrument: Instrument, by: User | None) -> Instrument:
    """Store a paper. Once powers are in force under it, its days can be filled in but not changed."""
    check_keeps(by, instrument.county, instrument.department)
    instrument.full_clean()
    is_new = instrument.pk is None
    rows = TransferTownship.objects.none()
    if not is_new:
        stored = Instrument.objects.select_for_update().get(pk=instrument.pk)
        rows = TransferTownship.objects.filter(transfer__instrument=stored).put_in_force()
        if rows.exists():
            _check_days(stored, instrument)
            _fill_in_term(rows, stored, instrument)
    instrument.save()
    shown = _rows_naming(instrument)
    if shown.exists():
        show(instrument.county, Power.objects.filter(receipts__in=shown))
    record("instrument", instrument, by=by, county=instrument.county, is_new=is_new)
    return instrument


def _check_days(stored: Instrument, changed: Instrument) -> None:
    for field in ("valid_from", "valid_to"):
        before = getattr(stored, field)
        if before is not None and getattr(changed, field) != before:
            raise ValidationError(
                {field: _("Powers are in force under this paper; extend them, or take them back.")}
            )
    if changed.is_open_ended and not stored.is_open_ended:
        raise ValidationError(
            {"is_open_ended": _("Powers are in force under this paper; extend them, or take them back.")}
        )


def _fill_in_term(rows, stored: Instrument, changed: Instrument) -> None:
    """A last day that was not on record becomes the last day of what runs under the paper."""
    if stored.valid_to is not None or changed.valid_to is None:
        return
    running = rows.filter(valid_to=None)
    if running.filter(valid_from__gte=changed.valid_to).exists():
        raise ValidationError({"valid_to": _("Powers are exercised under this paper after this day.")})
    running.update(valid_to=changed.valid_to)


@transaction.atomic
def link_powers(*, keep: Power, other: Power, by: User) -> Power:
    """Say that two powers are one: what hangs on the other moves to the one that is kept; its code leads there."""
    check_keeps(by, keep.county, keep.department)
    both = Power.objects.filter(pk__in=[keep.pk, other.pk])
    lock_powers(both)
    powers = {power.pk: power for power in both}
    keep, other = powers[keep.pk], powers[other.pk]
    if keep.pk == other.pk or keep.county_id != other.county_id or keep.department_id != other.department_id:
        raise ValidationError(_("Only two powers of one department can be the same."))
    if keep.same_as_id or other.same_as_id:
        raise ValidationError(_("One of these powers has been linked to another already."))
    _check_never_at_once(keep, other)
    papers = list(keep.transfers.values_list("instrument", "mode"))
    if any(pair in papers for pair in other.transfers.values_list("instrument", "mode")):
        raise ValidationError(
            _("One paper hands both down in the same mode; discard one of the transfers first.")
        )
    PowerItem.objects.filter(power=other).exclude(item__in=keep.items.all()).update(power=keep)
    change_many(Transfer.objects.filter(power=other), by=by, power=keep)
    TransferTownship.objects.filter(power=other).update(power=keep)
    change_many(Power.objects.filter(same_as=other), by=by, same_as=keep)
    other.same_as, other._history_user = keep, by
    other.save()
    show(keep.county, [keep, other])
    record("link", other, by=by, county=keep.county, same_as=keep.code)
    return keep


def _check_never_at_once(keep: Power, other: Power) -> None:
    """One mode at a time holds for the two as it holds for one (R4)."""
    for row in TransferTownship.objects.filter(power=other).put_in_force():
        same = TransferTownship.objects.filter(power=keep, township=row.township_id)
        if row.valid_from != row.valid_to and same.overlapping(row.valid_from, row.valid_to).exists():
            raise ValidationError(
                _("Both are in force in %(township)s at the same time; take one of them back first.")
                % {"township": row.township}
            )


def _rows_naming(paper: Instrument):
    """What is or was in force and names the paper: handed down, decided, extended or taken back by it."""
    named = Q(transfer__instrument=paper) | Q(transfer__provincial_decision=paper)
    named |= Q(term_instrument=paper) | Q(withdrawal=paper) | Q(confirmation=paper)
    return TransferTownship.objects.put_in_force().filter(named)


def _is_public(power: Power) -> bool:
    return power.is_townships_own or power.receipts.put_in_force().exists()
