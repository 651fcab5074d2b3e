"""The one way into the record of events."""

from .models import County, Event, User


def record(action: str, subject, *, by: User | None, county: County | None, **details) -> Event:
    """Add one event; call it inside the transaction of the act it records."""
    return Event.objects.create(
        by=by,
        county=county,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_text=str(subject)[:500],
        details=details,
    )
