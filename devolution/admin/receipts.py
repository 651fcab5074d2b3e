"""Powers in townships: what stands where, and the acts on many of them at once."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.scoped import ScopedAdmin

from .. import lifecycle
from ..forms import AcceptForm, AssessForm, ExtendForm, WithdrawForm
from ..models import TransferTownship
from .acting import act_page, do, was_sent
from .filters import DueFilter, StandingFilter
from .roles import EVERYONE, KEEPERS, NOBODY, OFFICE, SPEAKERS
from .transfers import put_in_force


@admin.register(TransferTownship)
class TransferTownshipAdmin(ScopedAdmin):
    """One power in one township; written by actions only."""

    readers = EVERYONE
    writers = NOBODY
    list_display = ["power", "township", "mode", "standing", "valid_from", "last_day", "paper"]
    list_filter = [StandingFilter, DueFilter, "mode", "township", "power__department"]
    list_select_related = ["power", "township", "transfer__instrument"]
    search_fields = ["power__name", "township__name", "transfer__instrument__number"]
    actions = ["put_in_force", "accept", "assess", "extend", "withdraw", "discard"]

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, row):
        return row.standing(timezone.localdate()).label

    @admin.display(description=gettext_lazy("last day"), ordering="valid_to")
    def last_day(self, row):
        return row.last_day

    @admin.display(description=gettext_lazy("instrument"))
    def paper(self, row):
        return row.transfer.instrument

    def has_decide_permission(self, request):
        return request.user.role in OFFICE

    def has_keep_permission(self, request):
        return request.user.role in KEEPERS

    def has_speak_permission(self, request):
        return request.user.role in SPEAKERS

    @admin.action(description=gettext_lazy("Put the chosen powers in force"), permissions=["decide"])
    def put_in_force(self, request, queryset):
        rows = list(queryset.prepared().select_related("transfer__power__county", "township"))
        townships = list({row.township for row in rows})
        transfers = list({row.transfer for row in rows})
        chosen = {(row.transfer_id, row.township_id) for row in rows}
        prepared = TransferTownship.objects.prepared().filter(transfer__in=transfers, township__in=townships)
        if not rows or set(prepared.values_list("transfer", "township")) != chosen:
            sentence = _("Choose prepared powers, and the same townships for each of them.")
            messages.error(request, sentence)
            return None
        return put_in_force(self, request, transfers, rows=rows, action="put_in_force", townships=townships)

    @admin.action(description=gettext_lazy("Take the chosen powers back"), permissions=["decide"])
    def withdraw(self, request, queryset):
        rows = list(queryset)
        form = WithdrawForm(request.POST if was_sent(request) else None, user=request.user)
        return self._act(
            request,
            form,
            rows,
            lambda: lifecycle.withdraw(rows=rows, by=request.user, **form.cleaned_data),
            action="withdraw",
            title=_("Take powers back"),
            submit=_("Take them back"),
        )

    @admin.action(description=gettext_lazy("Extend the chosen powers"), permissions=["decide"])
    def extend(self, request, queryset):
        rows = list(queryset)
        form = ExtendForm(request.POST if was_sent(request) else None, user=request.user)
        return self._act(
            request,
            form,
            rows,
            lambda: lifecycle.extend(rows=rows, by=request.user, **form.cleaned_data),
            action="extend",
            title=_("Extend powers"),
            submit=_("Extend"),
        )

    @admin.action(description=gettext_lazy("Record that the township accepts"), permissions=["speak"])
    def accept(self, request, queryset):
        rows = list(queryset.select_related("township", "transfer__power__county"))
        form = AcceptForm(request.POST if was_sent(request) else None)
        return self._act(
            request,
            form,
            rows,
            lambda: [lifecycle.accept(row=row, by=request.user, **form.cleaned_data) for row in rows],
            action="accept",
            title=_("Record acceptance"),
            submit=_("Accept"),
        )

    @admin.action(description=gettext_lazy("Assess the township for them"), permissions=["decide"])
    def assess(self, request, queryset):
        rows = list(queryset.prepared().select_related("township__county"))
        form = AssessForm(request.POST if was_sent(request) else None)
        return self._act(
            request,
            form,
            rows,
            lambda: self._assess(rows, form, request.user),
            action="assess",
            title=_("Assess the township"),
            submit=_("Record the assessment"),
        )

    @admin.action(description=gettext_lazy("Discard what was only prepared"), permissions=["keep"])
    def discard(self, request, queryset):
        count = 0
        for row in queryset.prepared().select_related("transfer__power__department", "township"):
            try:
                lifecycle.discard(transfer=row.transfer, by=request.user, townships=[row.township])
                count += 1
            except ValidationError as problem:
                messages.error(request, " ".join(problem.messages))
        messages.success(request, _("Discarded: %(count)s.") % {"count": count})

    def _assess(self, rows, form, user):
        townships = {row.township for row in rows}
        if len(townships) != 1:
            raise ValidationError(_("Choose prepared powers of one township."))
        form.instance.township = townships.pop()
        return lifecycle.assess(assessment=form.instance, by=user, rows=rows)

    def _act(self, request, form, rows, act, *, action, title, submit):
        """Show the form of an act, or do it and go back to the list."""
        if was_sent(request) and form.is_valid() and do(form, act) is not None:
            messages.success(request, _("Done: %(count)s.") % {"count": len(rows)})
            return None
        return act_page(self, request, form, title=title, submit=submit, rows=rows, action=action)
