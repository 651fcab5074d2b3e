"""Telling the staff that something is wrong, and reading what became of it by a receipt number."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import County
from accounts.pacing import Pace

from ..addresses import RECEIPT
from ..days import AskedDay
from ..display import question_of
from ..feedbackforms import FeedbackForm
from ..hearing import report_error
from ..models import Comment, Feedback
from ..models.feedback import LONGEST_FEEDBACK
from .errors import too_many
from .items import entries_on
from .places import township_at
from .showing import show, unlisted

REPORTS = Pace("reports", most=60, seconds=3600)


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, county_code, item_code):
    """Say what is wrong on the page of an item."""
    return hear(request, county_code, item_code, None)


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def township_report(request, township_code, item_code):
    """Say what is wrong on the page of an item in a township."""
    township = township_at(township_code)
    return hear(request, township.county.code, item_code, township)


@unlisted
@require_safe
def receipts(request, county_code):
    """Find what became of a report or a comment by its receipt number."""
    county = get_object_or_404(County, code=county_code)
    typed = question_of(request).get("number", "")[:40]
    number = "".join(typed.split()).upper()
    is_known = RECEIPT.fullmatch(number) and any(
        found.exists() for found in receipts_called(number, county_code)
    )
    if is_known:
        return redirect("receipt", county_code, number)
    return show(request, "receipts.html", county=county, typed=typed)


@unlisted
@require_safe
def receipt(request, county_code, receipt):
    """A comment or a report with its answer, for whoever has its number."""
    comments, reports = receipts_called(receipt, county_code)
    comment = comments.select_related("round__edition__list__county").first()
    if comment is None:
        feedback = get_object_or_404(reports.select_related("county", "township", "item"))
        return show(request, "feedback_receipt.html", county=feedback.county, feedback=feedback)
    edition = comment.round.edition
    return show(
        request,
        "receipt.html",
        county=edition.list.county,
        edition=edition,
        period=comment.round,
        comment=comment,
    )


def hear(request, county_code, item_code, township):
    """The form, or the receipt of what was sent; of an item that is on no list in force there is no page."""
    today = timezone.localdate()
    current = entries_on(county_code, item_code, AskedDay(today, today))
    if not current:
        raise Http404
    entry = current[0]
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if seconds := REPORTS.wait(request):
            return too_many(request, seconds)
        if form.is_valid():
            said = form.cleaned_data["text"]
            taken = report_error(entry=entry, township=township, text=said, on=today)
            return redirect("receipt", county_code, taken.receipt)
    return show(
        request,
        "report.html",
        county=entry.item.county,
        township=township,
        item=entry.item,
        entry=entry,
        form=form,
        longest=LONGEST_FEEDBACK,
    )


def receipts_called(number, county_code):
    """The comments and the reports of a county that bear a receipt number; at most one of them does."""
    comments = Comment.objects.filter(receipt=number, round__edition__list__county__code=county_code)
    return comments, Feedback.objects.filter(receipt=number, county__code=county_code)
