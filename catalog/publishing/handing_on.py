"""Exceptions of townships that give way: they end with them, and what was chosen holds where they are followed."""

from django.utils.translation import gettext as _

from accounts.models import Township, User
from accounts.succession import Difference, Plan
from accounts.succession.institutions import CHANGED, office_in
from accounts.succession.planning import differing, key_of

from ..models import Handling, Item
from .excepting import SAID


def differences(plan: Plan) -> list[Difference]:
    """Items that the parts handle differently; where all do alike, it stays so without a question."""
    if not plan.is_of_townships or plan.successor is None:
        return []
    found = []
    for item, rows in _by_item(plan).items():
        said: dict[str, list[Township]] = {}
        for township in plan.parties:
            said.setdefault(in_words(rows.get(township.pk)), []).append(township)
        if len(said) > 1:
            subject = item.latest_name or item.code
            found.append(differing(f"handling:{item.code}", _("Handling"), subject, said.items()))
    return found


def move(plan: Plan, *, by: User | None) -> int:
    """End the exceptions of what gives way on the day, and begin those that were chosen; how many ended."""
    if not plan.is_of_townships or not plan.successors:
        return 0
    for item, rows in _by_item(plan).items():
        chosen = _chosen(plan, item, rows)
        for successor in plan.successors:
            _hand_on(plan, item, chosen, rows.get(successor.pk), successor, by)
    ended = Handling.objects.filter(township__in=plan.predecessors).exclude(valid_to__lte=plan.on)
    for row in (rows := list(ended)):
        _end(row, plan, by)
    return len(rows)


def in_words(row: Handling | None) -> str:
    """What an exception says, in a line; without one the guide's rule holds."""
    if row is None:
        return _("as the guide says")
    limit = row.promised_limit is not None and (
        _("%(days)s days") % {"days": row.promised_limit} if row.promised_limit else _("While you wait")
    )
    parts = [row.get_rule_display(), row.office and row.office.name, row.place, row.window, row.hours]
    parts += [row.phone, limit, row.is_suspended and _("suspended"), row.note]
    return "；".join(str(part) for part in parts if part)


def _by_item(plan: Plan) -> dict[Item, dict[int, Handling]]:
    """The exceptions in force on the day, by item and township."""
    everybody = [*plan.predecessors, *plan.successors]
    rows = Handling.objects.in_force(plan.on).filter(township__in=everybody).select_related("office")
    items = {item.pk: item for item in Item.objects.with_latest_name().filter(pk__in=rows.values("item"))}
    found: dict[Item, dict[int, Handling]] = {}
    for row in rows.order_by("item__number", "township__code"):
        found.setdefault(items[row.item_id], {})[row.township_id] = row
    return found


def _chosen(plan: Plan, item: Item, rows: dict[int, Handling]) -> Handling | None:
    """Whose exception is to hold; None for the guide's own rule."""
    answer = plan.answers.get(f"handling:{item.code}")
    first = next((each for each in plan.parties if key_of(each) == answer), plan.predecessors[0])
    return rows.get(first.pk)


def _hand_on(plan, item, chosen, standing, successor, by) -> None:
    """Let the successor do from the day on as was chosen; what it does so already goes on."""
    if in_words(chosen) == in_words(standing):
        return
    if standing is not None:
        _end(standing, plan, by)
    if chosen is None:
        return
    row = Handling(item=item, township=successor, valid_from=plan.on)
    for name in SAID:
        setattr(row, name, getattr(chosen, name))
    row.office = office_in(plan, chosen.office, successor)
    row._history_user, row._change_reason = by, CHANGED
    # Without `clean`: its office moves to the township on the day and is still in the former one until then.
    row.clean_fields()
    row.validate_constraints()
    row.save()


def _end(row: Handling, plan: Plan, by: User | None) -> None:
    row._history_user, row._change_reason = by, CHANGED
    if row.valid_from >= plan.on:
        row.delete()  # it would have begun in a township that is no more; its history stays
        return
    row.valid_to = plan.on
    row.save()
