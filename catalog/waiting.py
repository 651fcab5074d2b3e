"""What of the lists waits for whom: the lines that the desk counts and the side filters show."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.choices import Role
from accounts.models import Event, Office

from .acts import NO_WORK_ON_A_DRAFT
from .choices import EditionState, GuideState
from .kinds import PUBLIC_SERVICES
from .localisation import changes_above, localised
from .models import Edition, Entry, Guide, Handling, Holiday
from .models.edition import OPEN_STATES

# How long before a period closes, in days, and before a paper is due, in working days, the desk speaks of it.
CLOSING_SOON = timedelta(days=3)
DUE_SOON = 5
VERIFIED_FOR = timedelta(days=365)
READY = (EditionState.DRAFT, EditionState.DECIDED)


def drafts_for(user, editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """An editor's own drafts; an approver's are those of others."""
    drafts = editions.filter(state__in=READY)
    if user.role == Role.EDITOR:
        return drafts.filter(created_by=user)
    if user.role != Role.APPROVER:
        return editions.none()
    acts = Event.objects.filter(by=user, subject_type=Edition._meta.label_lower)
    worked_on = acts.exclude(action__in=NO_WORK_ON_A_DRAFT)
    return drafts.exclude(created_by=user).exclude(pk__in=worked_on.values("subject_id"))


def closing(today: date, editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Drafts whose comment period is about to end, or is over and not closed."""
    return editions.filter(
        state=EditionState.OPEN_FOR_COMMENT,
        rounds__ended_on__isnull=True,
        rounds__closes_on__lte=today + CLOSING_SOON,
    )


def to_publish(today: date, editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Drafts whose day of publication by law is near or past (政府信息公开条例 26)."""
    made = editions.filter(state__in=OPEN_STATES, made_on__isnull=False).order_by("made_on")
    days = dict(made.values_list("pk", "made_on"))
    calendar = Holiday.objects.calendar(min(days.values())) if days else None
    horizon = calendar.last_of(DUE_SOON, today) if calendar else today
    due = [key for key, day in days.items() if Edition(made_on=day).publication_due(calendar) <= horizon]
    return editions.filter(pk__in=due)


def proposals_for(user, guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """Proposals that this person may answer."""
    proposed = guides.filter(state=GuideState.PROPOSED)
    if user.role == Role.DEPARTMENT:
        proposed = proposed.filter(proposed_by__department=user.department_id)
    elif user.role not in (Role.EDITOR, Role.APPROVER):
        return guides.none()
    return proposed.exclude(proposed_by=user, item__county__needs_second_person=True)


def refused_of(user, guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """The person's own proposals that came back with a reason."""
    return guides.filter(state=GuideState.REFUSED, proposed_by=user)


def unverified(user, today: date, guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """Guides in force that nobody has confirmed for a year; a department's are those of its own items."""
    old = guides.in_force(today).unverified_since(today - VERIFIED_FOR)
    if user.role == Role.DEPARTMENT:
        own = Entry.objects.in_force(today).filter(department=user.department_id)
        return old.filter(item__in=own.values("item"))
    return old if user.role == Role.EDITOR else guides.none()


def without_office(user, today: date, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Services in force for which no office bears the printed name, and no township has named another.

    A township is asked about its own offices, an editor about those of the whole county.
    """
    offices = Office.objects.filter(name=OuterRef("responsible_unit"))
    named = Handling.objects.in_force(today).filter(item=OuterRef("item"), office__isnull=False)
    services = Edition.objects.in_force(today).of_kind(PUBLIC_SERVICES)
    if user.role == Role.TOWNSHIP:
        offices, named = offices.filter(township=user.township_id), named.filter(township=user.township_id)
        services = services.counting_for(user.township, today)
    elif user.role != Role.EDITOR:
        return entries.none()
    offices = offices.filter(township__county=OuterRef("edition__list__county"))
    return entries.that_residents_apply_for().filter(
        ~Q(Exists(offices)) & ~Q(Exists(named)), edition__in=list(services.values_list("pk", flat=True))
    )


def changed_above(today: date, handlings: QuerySet[Handling]) -> QuerySet[Handling]:
    """Exceptions above which guide or list have changed since somebody there last looked."""
    rows = localised(handlings, today).select_related("township", "office")
    return handlings.filter(pk__in=changes_above(rows, today))
