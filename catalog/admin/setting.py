"""An action that asks for values, says how many rows they will change, and sets them in all of these."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.admin.acting import Rehearsed

from ..publishing.setting import MOST_AT_ONCE

SHOWN = 30  # refusals named on the page


def ask_and_set(model_admin, request, rows, form_class, act, *, action, title):
    """The page of the action; None once everything is stored, which leads back to the list.

    `act(**values, leave_out_refused=…)` stores the values and returns what came of it. It is rehearsed and
    rolled back before the person is asked to say yes.
    """
    if rows.count() > MOST_AT_ONCE:
        said = _("These are %(count)s rows; up to %(limit)s are set at once.")
        messages.error(request, said % {"count": rows.count(), "limit": MOST_AT_ONCE})
        return None
    is_sent = "_look" in request.POST or "_set" in request.POST
    form = form_class(request.POST if is_sent else None, user=request.user)
    prospect = None
    if is_sent and form.is_valid():
        if "_set" in request.POST and _is_set(request, form, act):
            return None
        prospect = rehearse(act, **(form.stated | {"leave_out_refused": True}))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "form": form,
        "action": action,
        "selected": rows.values_list("pk", flat=True),
        "checkbox": ACTION_CHECKBOX_NAME,
        "count": rows.count(),
        "prospect": prospect,
        "told": _in_words(prospect, _("Will change: %(changed)s.")) if prospect else "",
        "refused": prospect.refused[:SHOWN] if prospect else [],
        "is_settable": bool(prospect and prospect.changed),
    }
    return TemplateResponse(request, "admin/catalog/set_values.html", context)


def rehearse(act, **values):
    """What would come of it; nothing of it stays."""
    outcome = None
    try:
        with transaction.atomic():
            outcome = act(**values)
            raise Rehearsed
    except Rehearsed:
        return outcome


def _is_set(request, form, act) -> bool:
    """Store the values; where a row is refused nothing is stored, and the page names it."""
    try:
        done = act(**form.stated)
    except ValidationError:
        form.add_error("leave_out_refused", _("Nothing has been stored, because rows are refused."))
        return False
    messages.success(request, _in_words(done, _("Changed: %(changed)s.")))
    return True


def _in_words(done, sentence: str) -> str:
    said = [sentence % {"changed": done.changed}]
    if done.unchanged:
        said.append(_("Say so already: %(count)s.") % {"count": done.unchanged})
    if done.left_out:
        said.append(_("Refused: %(count)s.") % {"count": done.left_out})
    return " ".join(said)
