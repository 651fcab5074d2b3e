"""Drafts before they are announced: open for comment under an address of their own, or behind a signed link."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from accounts.pacing import Pace

from ..commentforms import CommentForm
from ..models import CommentRound, Entry
from ..models.comment import LONGEST_COMMENT
from ..paging import page_of
from ..previewing import Expired, draft_behind
from .errors import too_many
from .lists import entries_of
from .showing import show, unlisted

COMMENTS = Pace("comments", most=60, seconds=3600)


@unlisted
@require_safe
def draft(request, county_code, token):
    """What is open for comment; once it is announced, the edition it has become."""
    today = timezone.localdate()
    period = period_at(county_code, token)
    edition = period.edition
    if edition.is_public:
        return redirect(edition)
    if period.ended_on is not None:
        return closed(request, period)
    return show(
        request,
        "draft.html",
        **shown_draft(edition),
        **shown_period(period, today),
        steps=[],
        rounds=[],
        page=page_of(request, entries_of(edition)),
        entry_address=lambda entry: reverse("draft_entry", args=[county_code, token, entry.item__number]),
    )


@unlisted
@require_safe
def draft_entry(request, county_code, token, item_code):
    """One entry of what is open for comment."""
    today = timezone.localdate()
    period = period_at(county_code, token)
    if period.edition.is_public or period.ended_on is not None:
        return redirect("draft", county_code, token)
    return show(
        request,
        "draft_entry.html",
        **shown_draft(period.edition),
        **shown_period(period, today),
        **shown_entry(period.edition, item_code),
        draft_address=period.get_absolute_url(),
    )


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request, county_code, token):
    """Take a comment; whoever sends too many is asked to wait."""
    today = timezone.localdate()
    period = period_at(county_code, token)
    if not period.is_running(today):
        return redirect("draft", county_code, token)
    form = CommentForm(request.POST or None, edition=period.edition, asked=request.GET.get("entry"))
    if request.method == "POST":
        if seconds := COMMENTS.wait(request):
            return too_many(request, seconds)
        given = form.give(period, today)
        if given is not None:
            return redirect("receipt", county_code, given.receipt)
    return show(
        request,
        "comment.html",
        **shown_draft(period.edition),
        period=period,
        form=form,
        entry=form.entry,
        longest=LONGEST_COMMENT,
    )


@unlisted
@require_safe
def preview(request, token):
    """A draft as the page it would be, for whoever was sent the link."""
    edition, until = behind(token)
    if edition.is_public:
        return redirect(edition)
    return show(
        request,
        "draft.html",
        **shown_draft(edition),
        preview_until=date_format(until, "DATETIME_FORMAT"),
        period=None,
        steps=list(edition.steps.all()),
        rounds=list(edition.rounds.with_counts()),
        page=page_of(request, entries_of(edition)),
        entry_address=lambda entry: reverse("preview_entry", args=[token, entry.item__number]),
    )


@unlisted
@require_safe
def preview_entry(request, token, item_code):
    """One entry of such a draft."""
    edition, until = behind(token)
    if edition.is_public:
        return redirect(edition)
    return show(
        request,
        "draft_entry.html",
        **shown_draft(edition),
        **shown_entry(edition, item_code),
        preview_until=date_format(until, "DATETIME_FORMAT"),
        draft_address=reverse("preview", args=[token]),
    )


def period_at(county_code, token):
    """The comment period an address names; drafts nobody was invited to have none."""
    periods = CommentRound.objects.with_counts().select_related(
        "edition__list__county", "edition__list__township", "edition__list__township_class"
    )
    return get_object_or_404(periods, token=token, edition__list__county__code=county_code)


def closed(request, period):
    """A period that is over: its figures and summary, and the way to the period after it."""
    following = period.edition.rounds.filter(ended_on=None).first()
    return show(
        request,
        "draft_closed.html",
        **shown_draft(period.edition),
        **shown_period(period, None),
        rounds=[period],
        following=following,
    )


def behind(token):
    try:
        return draft_behind(token)
    except Expired as problem:
        raise Http404 from problem


def shown_draft(edition):
    return {"county": edition.list.county, "item_list": edition.list, "edition": edition}


def shown_period(period, today):
    is_running = today is not None and period.is_running(today)
    return {"period": period, "is_running": is_running, "preview_until": None}


def shown_entry(edition, item_code):
    entries = Entry.objects.filter(edition=edition).for_reading()
    return {"entry": get_object_or_404(entries, item__number=item_code), "item_is_in_force": False}
