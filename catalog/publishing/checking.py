"""What a draft may lack while it is written, and must not lack when the public sees it."""

from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import Edition
from ..placeholders import Placeholder, placeholders_in

# Named in a refusal; the rest are found by whoever mends these.
NAMED = 10


def refuse_placeholders(edition: Edition) -> None:
    """Raise `ValidationError` naming what is still to be filled in."""
    found = list(islice(placeholders_in(edition), NAMED))
    if found:
        raise ValidationError([told(each) for each in found])


def told(placeholder: Placeholder) -> str:
    """One placeholder in a sentence."""
    if placeholder.entry is None:
        return _("%(field)s: “%(words)s” is still to be filled in.") % {
            "field": placeholder.label,
            "words": placeholder.words,
        }
    return _("“%(name)s”, %(field)s: “%(words)s” is still to be filled in.") % {
        "name": placeholder.entry.name,
        "field": placeholder.label,
        "words": placeholder.words,
    }
