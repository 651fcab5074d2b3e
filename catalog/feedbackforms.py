"""What a reader may say of a page or of a search."""

from django import forms

from .models.feedback import LONGEST_FEEDBACK


class FeedbackForm(forms.Form):
    """A few words, or none."""

    text = forms.CharField(max_length=LONGEST_FEEDBACK, required=False)
