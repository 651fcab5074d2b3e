"""What a clerk says to the warnings of an import before confirming it."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User

from .choices import EditionState
from .models import Edition


@transaction.atomic
def answer(*, edition: Edition, notes: Mapping[str, str], by: User) -> Edition:
    """Keep what the clerk says to the warnings of the kind's checks: one note for each rule, for all its rows."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state != EditionState.UNCONFIRMED or edition.created_by_id != by.pk:
        raise ValidationError(
            _("Only the person who uploaded the workbook decides, and only before confirming.")
        )
    known = {message["code"] for message in warnings_to_answer(edition)}
    notes = {code: text.strip() for code, text in notes.items() if code in known and text.strip()}
    messages = [
        {key: value for key, value in message.items() if key != "note"}
        | ({"note": notes[message["code"]]} if message["code"] in notes else {})
        for message in edition.report["messages"]
    ]
    edition.report = {**edition.report, "notes": notes, "messages": messages}
    edition.save(update_fields=["report"])
    return edition


def warnings_to_answer(edition: Edition) -> list[dict[str, str]]:
    """The warnings of the kind's checks in an import, the first of each rule."""
    first: dict[str, dict[str, str]] = {}
    for message in (edition.report or {}).get("messages", []):
        if message.get("verdict") == "warning":
            first.setdefault(message["code"], message)
    return list(first.values())
