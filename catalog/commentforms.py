"""What a reader writes about a draft, and what staff answer."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayInput

from . import publishing
from .models import Comment, Edition
from .models.comment import LONGEST_COMMENT

ITEM_CODE = re.compile(r"[1-9][0-9]{0,8}")


class CommentForm(forms.Form):
    """A comment on a draft, or on the entry that the address or the form names."""

    text = forms.CharField(
        max_length=LONGEST_COMMENT, error_messages={"required": _("Please write your comment.")}
    )

    def __init__(self, data=None, *, edition: Edition, asked: str | None):
        super().__init__(data)
        named = data.get("entry", "") if data else asked or ""
        self.entry = None
        if ITEM_CODE.fullmatch(named):
            self.entry = edition.entries.select_related("item").filter(item__number=named).first()

    def give(self, period, today) -> Comment | None:
        """Store the comment; None where it was refused, with the reason in the form."""
        if not self.is_valid():
            return None
        try:
            return publishing.give_comment(
                period=period, on=today, text=self.cleaned_data["text"], entry=self.entry
            )
        except ValidationError as problem:
            self.add_error(None, problem.messages)
            return None


class OpenCommentForm(forms.Form):
    """Until when the public comments, and what the notice says."""

    last_day = forms.DateField(label=_("Last day for comments"), widget=DayInput)
    notice = forms.CharField(
        label=_("Notice"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Stands above the draft: what it is about, and how else one can comment."),
    )


class CloseCommentForm(forms.Form):
    """Why a period is closed; asked for before its day only."""

    reason = forms.CharField(
        label=_("Reason, if it is closed before its day"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SummaryForm(forms.Form):
    """What is published of the comments."""

    summary = forms.CharField(
        label=_("Summary of the comments"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Published with the edition, beside the figures. Name nobody."),
    )
