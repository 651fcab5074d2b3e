"""Transfers: powers on paper with their townships, the four questions, putting in force, and day one."""

from collections import Counter

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.acting import ActForm
from accounts.admin.scoped import ScopedInline
from accounts.models import Township
from accounts.scope import within_reach
from catalog.choices import EditionState
from catalog.models import Edition

from .. import lifecycle
from ..catalogues.proposals import MODE_OF_KIND
from ..catalogues.taking_over import missing_in, take_over_catalogue, waiting_in
from ..forms import HandDownForm, TakeOverForm
from ..models import FourQuestions, Transfer, TransferTownship
from ..rules import Finding, Verdict, rule_called
from .acting import RegisterAdmin, act_page, do, said, was_sent
from .roles import EVERYONE, KEEPERS, NOBODY, OFFICE

FIXED = ["power", "instrument", "mode"]
SUBSTANCE = [
    "provincial_decision",
    "authority",
    "procedure",
    "department_responsibilities",
    "township_responsibilities",
    "evaluation_due",
    "remark",
]


class TransferForm(ActForm):
    """A transfer with the townships it is to go to."""

    receivers = forms.ModelMultipleChoiceField(
        Township.objects.none(),
        label=gettext_lazy("townships"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They are named on paper; each is put in force when it is ready."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["receivers"].queryset = Township.objects.filter(county=self.user.county_id)


class ReceiptInline(ScopedInline, admin.TabularInline):
    """The townships of the transfer, as they stand."""

    model = TransferTownship
    writers = NOBODY
    readers = EVERYONE
    fields = ["township", "state", "valid_from", "valid_to", "accepted_on", "is_as_found", "withdrawn_on"]
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class FourQuestionsInline(ScopedInline, admin.StackedInline):
    """Should it, need it, may it, can it go down?"""

    model = FourQuestions
    max_num = 1
    can_delete = False


@admin.register(Transfer)
class TransferAdmin(RegisterAdmin):
    """Powers handed down by a paper. State changes through actions, never in a field."""

    form = TransferForm
    readers = EVERYONE
    writers = KEEPERS
    list_display = ["power", "mode", "instrument", "department", "evaluation_due"]
    list_filter = ["mode", "power__department", "instrument"]
    list_select_related = ["power__department", "instrument"]
    search_fields = ["power__name", "instrument__number"]
    autocomplete_fields = ["power", "instrument"]
    inlines = [FourQuestionsInline, ReceiptInline]
    actions = ["put_in_force"]
    fieldsets = [
        (gettext_lazy("What goes down, by which paper"), {"fields": FIXED}),
        (gettext_lazy("How"), {"fields": SUBSTANCE}),
        (gettext_lazy("To whom"), {"fields": ["receivers"]}),
    ]

    @admin.display(description=gettext_lazy("department"), ordering="power__department")
    def department(self, transfer):
        return transfer.power.department

    def get_readonly_fields(self, request, obj=None):
        """Once a power is in force, another paper is another transfer."""
        return FIXED if obj is not None and obj.receipts.put_in_force().exists() else []

    def get_fieldsets(self, request, obj=None):
        """Who only reads sees the townships in their table."""
        fieldsets = super().get_fieldsets(request, obj)
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return fieldsets if may else fieldsets[:-1]

    def act(self, row, form, user):
        townships = form.cleaned_data.get("receivers", ())
        if row.pk is None:
            lifecycle.prepare(transfer=row, townships=townships, by=user)
            return
        lifecycle.write_transfer(transfer=row, by=user)
        lifecycle.add_townships(transfer=row, townships=townships, by=user)

    def save_formset(self, request, form, formset, change):
        """The answers to the questions; the townships in their table are not written here."""
        for row in formset.save(commit=False):
            if isinstance(row, FourQuestions):
                row.transfer = form.instance
                lifecycle.answer_questions(questions=row, by=request.user)

    def save_related(self, request, form, formsets, change):
        """After storing, say what the law still wants."""
        super().save_related(request, form, formsets, change)
        townships = list(form.instance.townships.all())
        for finding in lifecycle.examine(form.instance, townships, on=timezone.localdate()):
            messages.warning(request, str(finding))

    def get_urls(self):
        view = self.admin_site.admin_view(self.take_over_view)
        own = path("take-over/<int:pk>/", view, name="devolution_transfer_take_over")
        return [own, *super().get_urls()]

    def has_decide_permission(self, request):
        return request.user.role in OFFICE

    @admin.action(description=gettext_lazy("Put the chosen transfers in force"), permissions=["decide"])
    def put_in_force(self, request, queryset):
        """Ask for the day, and for a note to each rule that warns."""
        transfers = list(queryset.select_related("power__county", "instrument"))
        return put_in_force(self, request, transfers, rows=transfers, action="put_in_force")

    def take_over_view(self, request, pk):
        """Day one: a catalogue is taken over as found; what is missing is named before and after."""
        edition = _catalogue(request, pk)
        form = TakeOverForm(
            request.POST or None, initial={"since": edition.effective_on, "document": edition.document_number}
        )
        back = reverse("admin:catalog_edition_change", args=[edition.pk])
        if request.method == "POST" and form.is_valid():
            outcome = do(form, take_over_catalogue, edition=edition, by=request.user, **form.cleaned_data)
            if outcome is not None:
                _tell(request, outcome)
                return redirect(back)
        transfers = list(waiting_in(edition))
        return act_page(
            self,
            request,
            form,
            title=_("Take over as found"),
            intro=_("“%(title)s”: %(count)s powers wait to be shown as they are exercised already.")
            % {"title": edition, "count": len(transfers)},
            submit=_("Take over as found"),
            findings=said(missing_in(transfers)),
            back=back,
        )


def put_in_force(model_admin, request, transfers, *, rows, action, townships=None):
    """The page on which prepared powers are put in force; used for transfers and for single townships."""
    form = HandDownForm(
        request.POST if was_sent(request) else None,
        user=request.user,
        is_following=all(getattr(row, "follows_id", None) for row in rows),
    )
    found = _found(transfers, townships)
    form.add_notes([finding for finding, _count in found if finding.verdict == Verdict.WARNING])
    if was_sent(request) and form.is_valid():
        done = do(
            form,
            lifecycle.hand_down,
            transfers=transfers,
            by=request.user,
            valid_from=form.cleaned_data["valid_from"],
            townships=townships,
            notes=form.notes,
            confirmation=form.cleaned_data.get("confirmation"),
        )
        if done is not None:
            messages.success(request, _("Put in force: %(count)s.") % {"count": len(done)})
            return None
    return act_page(
        model_admin,
        request,
        form,
        title=_("Put in force"),
        submit=_("Put in force"),
        rows=rows,
        action=action,
        findings=said(found),
    )


def _found(transfers, townships) -> list[tuple[Finding, int]]:
    found: Counter[str] = Counter()
    for transfer in transfers:
        named = townships or [row.township for row in transfer.receipts.prepared().select_related("township")]
        findings = lifecycle.examine(transfer, named, on=timezone.localdate())
        found.update(finding.code for finding in findings)
    return [(Finding(rule_called(code)), count) for code, count in sorted(found.items())]


def _catalogue(request, pk) -> Edition:
    """A confirmed catalogue of powers within the person's reach, for those who may decide."""
    editions = within_reach(Edition.objects.filter(list__kind__in=MODE_OF_KIND), request.user)
    editions = editions.exclude(state=EditionState.UNCONFIRMED).select_related("list__county")
    edition = editions.filter(pk=pk).first()
    if edition is None:
        raise Http404
    if request.user.role not in OFFICE:
        raise PermissionDenied
    return edition


def _tell(request, outcome) -> None:
    messages.success(
        request, _("%(count)s powers in townships are shown in force.") % {"count": outcome.in_force}
    )
    if outcome.units:
        messages.success(request, _("Seconded units on record: %(count)s.") % {"count": outcome.units})
    for finding, count in outcome.left:
        messages.warning(
            request,
            _("Left in preparation: %(count)s. %(why)s") % {"count": count, "why": finding.message},
        )
    if outcome.missing:
        codes = "、".join(f"{finding.code} ({count})" for finding, count in outcome.missing)
        messages.warning(request, _("Not on record, to be completed: %(rules)s.") % {"rules": codes})
