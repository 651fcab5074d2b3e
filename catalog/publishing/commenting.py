"""Public comment on a draft: opened, given, answered, closed."""

import hashlib
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.journal import record
from accounts.models import County, User

from ..choices import CommentVerdict, EditionState, StepKind
from ..hearing import store_answer
from ..models import Comment, CommentRound, Edition, Entry
from .checking import refuse_placeholders
from .holding import locked, note_act
from .revising import why_behind
from .stepping import note_step


@transaction.atomic
def open_comment(*, edition: Edition, by: User, on: date, last_day: date, notice: str = "") -> CommentRound:
    """Show a draft to the public and take comments until the end of the last day; the draft is frozen."""
    edition = locked(edition)
    if edition.state != EditionState.DRAFT:
        raise ValidationError(_("Only a draft that is being worked on can be opened for comment."))
    if last_day <= on:
        raise ValidationError({"last_day": _("Comment lasts beyond the day on which it is opened.")})
    if not edition.title.strip() or not edition.entries.exists():
        raise ValidationError(_("A draft is shown to the public with its title and its entries."))
    if why := why_behind(edition):
        raise ValidationError(_("%(why)s Carry the draft over to it first.") % {"why": why})
    refuse_placeholders(edition)
    period = CommentRound(
        edition=edition,
        opens_on=on,
        closes_on=last_day + timedelta(days=1),
        notice=notice,
        digest=digest_of_words(edition),
    )
    period.full_clean()
    period.save()
    edition.state = EditionState.OPEN_FOR_COMMENT
    edition.save()
    note_act("comment_open", edition, by=by, last_day=last_day, sha256=period.digest)
    County.objects.note_publication(edition.list.county)
    return period


@transaction.atomic
def close_comment(*, edition: Edition, by: User, on: date, reason: str = "") -> CommentRound:
    """End the period, so that the draft can be worked on again.

    Before its day that takes a reason, and the comment does not count as held; after it the step is recorded.
    """
    edition = locked(edition)
    if edition.state != EditionState.OPEN_FOR_COMMENT:
        raise ValidationError(_("This draft is not open for comment."))
    period = edition.rounds.select_for_update().get(ended_on=None)
    if on < period.closes_on and not reason.strip():
        raise ValidationError(
            {"reason": _("The period is still running. Say why it is closed before its day.")}
        )
    period.ended_on, period.reason = on, reason.strip()
    period.full_clean()
    period.save()
    count = period.comments.count()
    if not period.was_cut_short:
        note = _("%(count)s comments") % {"count": count}
        note_step(edition, StepKind.COMMENT, by=by, done_on=period.last_day, note=note)
    edition.state = EditionState.DRAFT
    edition.save()
    note_act("comment_close", edition, by=by, reason=reason, comments=count)
    County.objects.note_publication(edition.list.county)
    return period


@transaction.atomic
def give_comment(*, period: CommentRound, on: date, text: str, entry: Entry | None = None) -> Comment:
    """Take what somebody says of a draft, or of one entry of it; the receipt number leads to the answer."""
    edition = locked(period.edition)
    period = edition.rounds.get(pk=period.pk)
    if edition.state != EditionState.OPEN_FOR_COMMENT or not period.is_running(on):
        raise ValidationError(_("The comment period is over; nothing was stored."))
    comment = Comment(round=period, received_on=on, text=text.strip())
    if entry is not None:
        comment.item_id, comment.entry_name = entry.item_id, entry.name
    comment.full_clean()
    comment.save()
    return comment


@transaction.atomic
def answer_comment(*, comment: Comment, by: User, verdict: CommentVerdict, answer: str) -> Comment:
    """Say what becomes of a comment, and why; whoever has the receipt number reads it."""
    store_answer(comment, by=by, verdict=verdict, answer=answer)
    county = comment.round.edition.list.county
    record("comment_answer", comment, by=by, county=county, verdict=verdict)
    return comment


@transaction.atomic
def write_summary(*, period: CommentRound, by: User, summary: str) -> CommentRound:
    """Store what is published of the comments together with the edition."""
    edition = locked(period.edition)
    if edition.is_public:
        raise ValidationError(_("This edition is announced; the summary of its comments no longer changes."))
    period.summary = summary.strip()
    period.full_clean()
    period.save(update_fields=["summary"])
    note_act("comment_answer", edition, by=by, summary=period.summary[:200])
    return period


@transaction.atomic
def give_up(*, edition: Edition, by: User, on: date, reason: str) -> Edition:
    """End the road of a draft that the public has seen: it is not deleted, and its address says so."""
    edition = locked(edition)
    if not edition.is_open or not edition.rounds.exists():
        raise ValidationError(_("Only a draft that was open for comment is given up; others are discarded."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the draft is given up.")})
    edition.rounds.filter(ended_on=None).update(ended_on=on, reason=reason.strip()[:500])
    edition.state = EditionState.GIVEN_UP
    edition.save()
    note_act("give_up", edition, by=by, reason=reason)
    County.objects.note_publication(edition.list.county)
    return edition


def digest_of_words(edition: Edition) -> str:
    """SHA-256 over the digests of the entries in their order: what was shown can be proved later."""
    digests = edition.entries.order_by("position").values_list("digest", flat=True)
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
