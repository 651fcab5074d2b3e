"""What readers say is wrong or missing: taken in without asking who they are, answered by staff."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.journal import record
from accounts.models import County, Township, User

from .choices import FeedbackKind, FeedbackVerdict
from .models import Comment, Entry, Feedback
from .search import missing


@transaction.atomic
def report_error(*, entry: Entry, township: Township | None, text: str, on: date) -> Feedback:
    """Take in that something on the page of an item is wrong; its department and township will see it."""
    about = {
        "county": entry.item.county,
        "township": township,
        "department": entry.department,
        "kind": FeedbackKind.ERROR,
        "item": entry.item,
        "entry_name": entry.name,
    }
    return _take_in(about, text, on)


@transaction.atomic
def report_missing(
    *, county: County | None, township: Township | None, words: str, text: str, on: date
) -> Feedback | None:
    """Take in that a search should have found something.

    None where nothing is kept: without a county nobody's staff would see it, and words that may be somebody's
    number are left out.
    """
    missing.note(words, on=on, county=county, township=township, is_told=True)
    words = missing.kept(words)
    if county is None or not (words or text.strip()):
        return None
    about = {"county": county, "township": township, "kind": FeedbackKind.MISSING, "words": words}
    return _take_in(about, text, on)


@transaction.atomic
def answer_feedback(*, feedback: Feedback, by: User, verdict: FeedbackVerdict, answer: str) -> Feedback:
    """Say what becomes of a report, and why; whoever has the receipt number reads it."""
    store_answer(feedback, by=by, verdict=verdict, answer=answer)
    record("feedback_answer", feedback, by=by, county=feedback.county, verdict=verdict)
    return feedback


@transaction.atomic
def purge_reports(*, before: datetime) -> int:
    """Remove what was answered before a moment; what still waits for an answer stays. Returns how many."""
    count, _of_each = Feedback.objects.answered_before(before).delete()
    record("purge_reports", None, by=None, county=None, before=before, count=count)
    return count


def store_answer(said: Comment | Feedback, *, by: User, verdict: str, answer: str) -> None:
    """Write what becomes of something that was said, and why, in the caller's transaction."""
    said.verdict, said.answer = verdict, answer.strip()
    said.answered_at, said.answered_by = timezone.now(), by
    said.full_clean()
    said.save()


def _take_in(about: dict, text: str, on: date) -> Feedback:
    """A row of its own, or one more on the open row that says no more than this one."""
    text = text.strip()
    same = Feedback.objects.filter(**about, text="", verdict="").first() if not text else None
    if same is not None:
        Feedback.objects.filter(pk=same.pk).update(times=F("times") + 1)
        return same
    feedback = Feedback(**about, text=text, received_on=on)
    feedback.full_clean()
    feedback.save()
    return feedback
