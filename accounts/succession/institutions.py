"""What `accounts` itself keeps of townships and departments: names, contacts, villages and offices."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Department, Move, Office, Township, User, Village
from .planning import Difference, Option, Plan, differing, key_of

LABEL = gettext_lazy("Villages and offices")
CONTACTS = {
    Township: ("centre_name", "centre_address", "centre_hours", "centre_phone"),
    Department: ("line", "phone", "complaint_phone", "review_organ", "court"),
}
# What is said in one breath with a contact and goes where it goes.
COMPANIONS = {
    "centre_hours": ("centre_closed_days", "centre_market_days"),
    "centre_address": ("longitude", "latitude"),
}
ONE, TWO, STAYS = "one", "two", "stays"
CHANGED = "机构调整"  # why a row changed, in its history; stored as it is, so in the language of the county


def differences(plan: Plan) -> list[Difference]:
    """Contacts that are not alike, places that bear one name, and in a split where each of them goes."""
    _check_name_is_free(plan)
    found = _of_contacts(plan)
    if plan.is_of_townships and plan.successors:
        found += _of_places(plan, _("Offices"), "office", _offices(plan))
        found += _of_places(plan, _("Villages"), "village", _villages(plan))
    if len(plan.successors) > 1 and not plan.is_of_townships:
        found += [
            Difference(
                _key("unit", unit), _("Seconded units"), f"{unit}（{unit.township}）", plan.each_successor
            )
            for unit in _units(plan)
        ]
    return found


def move(plan: Plan, *, by: User | None) -> int:
    """Say of every village and office where it belongs from the day on."""
    if plan.reorganisation.pk is None or not plan.is_of_townships or not plan.successors:
        return 0
    moves = [*_moves(plan, "office", _offices(plan)), *_moves(plan, "village", _villages(plan))]
    for each in moves:
        each.full_clean()
        each.save()
    return len(moves)


def carry_out(plan: Plan, *, by: User | None) -> None:
    """Write the new name, the contacts that were chosen, and the moves into their rows."""
    reorganisation = plan.reorganisation
    if reorganisation.new_name:
        body = plan.predecessors[0]
        body.name = reorganisation.new_name
        if isinstance(body, Department):
            # Lists printed before go on being understood.
            body.short_names = _joined(body.short_names, reorganisation.former_name)
        _save(body, by)
    if plan.successor:
        _take_contacts(plan, by)
    for each in reorganisation.moves.select_related("village", "office", "to"):
        row = each.village or each.office
        row.township, row.name = each.to, each.new_name or row.name
        _save(row, by)
    if not plan.is_of_townships and plan.successors:
        _take_units(plan, by)


def _check_name_is_free(plan: Plan) -> None:
    name, body = plan.reorganisation.new_name, plan.predecessors[0]
    if name and type(body).objects.filter(county=plan.county, name=name).exists():
        raise ValidationError({"new_name": _("The county already has one of this name.")})


def _of_contacts(plan: Plan) -> list[Difference]:
    """A field in which two parts say different things; where only one says anything, it is taken over."""
    if plan.successor is None:
        return []
    found = []
    for name in CONTACTS[type(plan.successor)]:
        said = _said(plan, name)
        if len(said) > 1:
            field = plan.successor._meta.get_field(name)
            words = dict(field.flatchoices)
            in_words = [(words.get(value, value), who) for value, who in said.items()]
            found.append(
                differing(f"contact:{name}", _("Contacts and hours"), str(field.verbose_name), in_words)
            )
    return found


def _said(plan: Plan, name: str) -> dict[str, list]:
    """What the parts say in one field, and who of them says so."""
    said: dict[str, list] = {}
    for body in [*plan.predecessors, plan.successor]:
        if value := getattr(body, name):
            said.setdefault(value, []).append(body)
    return said


def _take_contacts(plan: Plan, by: User | None) -> None:
    successor = plan.successor
    for name in CONTACTS[type(successor)]:
        chosen = plan.answers.get(f"contact:{name}")
        body = next((each for each in [*plan.predecessors, successor] if key_of(each) == chosen), None)
        if body is None and len(said := _said(plan, name)) == 1:
            (bodies,) = said.values()
            body = max(reversed(bodies), key=lambda each: _says_more(each, name))
        for each in (name, *COMPANIONS.get(name, ())) if body else ():
            setattr(successor, each, getattr(body, each))
    _save(successor, by)


def _says_more(body: Township | Department, name: str) -> int:
    """How much it says in the same breath as this contact."""
    return sum(bool(getattr(body, each)) for each in COMPANIONS.get(name, ()))


def _offices(plan: Plan) -> list[Office]:
    return list(Office.objects.filter(township__in=plan.predecessors).select_related("township"))


def _units(plan: Plan) -> list[Office]:
    """What the departments have seconded to townships."""
    return list(
        Office.objects.filter(sending_department__in=plan.predecessors)
        .select_related("township")
        .order_by("pk")
    )


def _villages(plan: Plan) -> list[Village]:
    return list(Village.objects.filter(township__in=plan.predecessors).select_related("township"))


def _namesakes(plan: Plan, kind: str, rows) -> set[int]:
    """Those of the rows whose name another part's has taken in the township that follows."""
    model = Office if kind == "office" else Village
    taken = set(model.objects.filter(township__in=plan.successors).values_list("name", flat=True))
    found = set()
    for row in rows:
        if row.name in taken:
            found.add(row.pk)
        taken.add(row.name)
    return found


def _of_places(plan: Plan, group: str, kind: str, rows) -> list[Difference]:
    if plan.successor is None:
        choices = plan.each_successor
        if kind == "office":
            choices += (Option(STAYS, _("dissolved")),)
        return [Difference(_key(kind, row), group, str(row), choices) for row in rows]
    twins = _namesakes(plan, kind, rows)
    found = []
    for row in rows:
        if row.pk in twins:
            options = [Option(TWO, _("goes on as “%(name)s”") % {"name": _second_name(row)})]
            if kind == "office":
                options.insert(0, Option(ONE, _("becomes one with the other of this name")))
            found.append(Difference(_key(kind, row), group, f"{row}（{row.township}）", tuple(options)))
    return found


def _moves(plan: Plan, kind: str, rows):
    twins = _namesakes(plan, kind, rows) if plan.successor else set()
    for row in rows:
        to = plan.follower(_key(kind, row))
        if to is None or plan.answers.get(_key(kind, row)) in (ONE, STAYS):
            continue
        new_name = _second_name(row) if row.pk in twins else ""
        yield Move(
            reorganisation=plan.reorganisation, former=row.township, to=to, new_name=new_name, **{kind: row}
        )


def office_in(plan: Plan, office: Office | None, successor: Township) -> Office | None:
    """The office that does in the township that follows what this one did; None where none does."""
    if office is None:
        return None
    if Move.objects.filter(reorganisation=plan.reorganisation, office=office, to=successor).exists():
        return office
    if plan.answers.get(_key("office", office)) != ONE:
        return None
    other = Office.objects.filter(township=successor, name=office.name).first()
    moving = Move.objects.filter(
        reorganisation=plan.reorganisation, to=successor, office__name=office.name, new_name=""
    )
    return other or next((each.office for each in moving.select_related("office")), None)


def _take_units(plan: Plan, by: User | None) -> None:
    """Units that a department has seconded are sent by the one that follows it."""
    for office in _units(plan):
        office.sending_department = plan.follower(_key("unit", office)) or plan.successors[0]
        _save(office, by)


def _key(kind: str, row) -> str:
    return f"{kind}:{row.pk}"


def _second_name(row) -> str:
    return f"{row.name}（{row.township.name}）"[:50]


def _joined(names: str, name: str) -> str:
    return "、".join(dict.fromkeys(filter(None, [*names.split("、"), name])))


def _save(row, by: User | None) -> None:
    row._history_user, row._change_reason = by, CHANGED
    row.full_clean()
    row.save()
